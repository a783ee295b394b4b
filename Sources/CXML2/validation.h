// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Between the two files of this target.

#pragma once

#include <stdbool.h>

// Finds the functions of validation in the library that was loaded.
void cxml2_load_validation(void *handle);

// Loads the library when this was not done; false when it is not there.
bool cxml2_ready(void);

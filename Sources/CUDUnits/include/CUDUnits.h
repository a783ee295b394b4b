// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// A narrow door to libudunits2: one look-up. The library and its database are loaded when a unit is met that our
// own table does not have, so that an ordinary run does not pay for them.

#pragma once

#include <stddef.h>

// Writes the definition of a unit in base units ("0.3048 m"), found by its name or its symbol, no prefix read.
// Returns the number of bytes written, 0 when the unit is not known or the library is not installed.
size_t cudunits_definition(const char *_Nonnull unit, char *_Nonnull buffer, size_t size);

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCBF.h"

#include <cbflib/cbf.h>

const char *imprimatur_cbf_version(void) { return CBF_API_VERSION; }

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

/// The version of the API of libcbf that is compiled against, such as "CBFlib v0.9.7".
const char *imprimatur_cbf_version(void);

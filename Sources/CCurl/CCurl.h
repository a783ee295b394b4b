// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <curl/curl.h>

/// The features of the libcurl that is linked. CURLVERSION_NOW is a macro over an enumerator, which Swift cannot import.
static inline int imprimatur_curl_features(void) { return curl_version_info(CURLVERSION_NOW)->features; }

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CCrypto

/// The words of libcrypto on its version, such as "OpenSSL 3.0.15 3 Sep 2024".
///
/// - Source: OpenSSL_version.
public var libraryVersion: String { OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "unknown" }

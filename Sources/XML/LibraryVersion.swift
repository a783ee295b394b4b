// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CXML2

/// The version of libxml2, such as "20914"; nil when it is not on this machine. Loads it.
///
/// - Source: xmlParserVersion.
public var libraryVersion: String? { cxml2_version().map { String(cString: $0) } }

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CArchive

/// The version of libarchive, such as 3006002; nil when it is not on this machine. Loads it.
///
/// - Source: archive_version_number.
public var libraryVersion: Int? { carchive_version() == 0 ? nil : Int(carchive_version()) }

/// The version of zlib that is linked.
///
/// - Source: zlibVersion.
public var zlibVersion: String { carchive_zlib_version().map { String(cString: $0) } ?? "unknown" }

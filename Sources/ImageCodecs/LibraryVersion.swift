// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs
internal import CDeflate

/// The version of libdeflate that was compiled in.
public var deflateVersion: String { LIBDEFLATE_VERSION_STRING }

/// The version of liblz4 that is linked.
///
/// - Source: LZ4_versionString.
public var lz4Version: String { imprimatur_lz4_version().map { String(cString: $0) } ?? "unknown" }

/// The version of libzstd that is linked.
///
/// - Source: ZSTD_versionString.
public var zstdVersion: String { imprimatur_zstd_version().map { String(cString: $0) } ?? "unknown" }

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names of HDF5 filters by their numbers.
///
/// - Source: HDF5 Library, predefined filters 1 to 6; The HDF Group, registered filter plugins.
public enum FilterNames {
    /// Filters that libhdf5 brings.
    public static let predefined: [Int: String] = [
        FilterNumber.deflate: "deflate", FilterNumber.shuffle: "shuffle", FilterNumber.fletcher32: "fletcher32",
        FilterNumber.szip: "szip", FilterNumber.nbit: "nbit", FilterNumber.scaleOffset: "scaleoffset",
    ]

    /// Filters that others registered.
    public static let registered: [Int: String] = [
        305: "lzo", 307: "bzip2", FilterNumber.lzf: "lzf", 32001: "blosc", 32002: "mafisc", 32003: "snappy",
        FilterNumber.lz4: "lz4", 32005: "apax", 32006: "cbf", 32007: "jpeg-xr", FilterNumber.bitshuffle: "bitshuffle",
        32009: "spdp", 32010: "lpc-rice", 32011: "ccsds-123", 32012: "jpeg-ls", 32013: "zfp", 32014: "fpzip",
        FilterNumber.zstd: "zstd", 32016: "b3d", 32017: "sz", 32018: "fcidecomp", 32019: "jpeg", 32020: "vbz",
        32021: "fapec",
        32022: "bitgroom", 32023: "granular bitround", 32024: "sz3", 32025: "delta-rice", 32026: "blosc2",
        32027: "flac", 32028: "sperr",
    ]

    /// The name of a filter that does not state one.
    public static func name(_ number: Int) -> String { predefined[number] ?? registered[number] ?? "" }
}

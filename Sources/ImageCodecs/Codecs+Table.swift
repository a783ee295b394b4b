// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers of the HDF5 filters that this program speaks of.
///
/// - Source: HDF5 Library, predefined filters 1 to 6; The HDF Group, registered filter plugins.
public enum FilterNumber {
    /// zlib.
    public static let deflate = 1
    /// Bytes of equal weight together.
    public static let shuffle = 2
    /// A checksum behind each chunk.
    public static let fletcher32 = 3
    /// SZIP, extended Golomb-Rice coding.
    public static let szip = 4
    /// As many bits as a number needs.
    public static let nbit = 5
    /// Scaled numbers less an offset.
    public static let scaleOffset = 6
    /// LZF, which h5py brings.
    public static let lzf = 32000
    /// LZ4, as h5py's plugins write it.
    public static let lz4 = 32004
    /// Bitshuffle, with LZ4 or zstd.
    public static let bitshuffle = 32008
    /// Zstandard.
    public static let zstd = 32015
}

extension Codec {
    /// The codecs of this program, one row each.
    public static let all: [Codec] = [
        Codec(filters: [FilterNumber.deflate], size: .packed, growth: 1032) { (input, output, _) throws(CodecFault) in
            try Deflate.decode(input, into: &output)
        },
        Codec(filters: [FilterNumber.shuffle], size: .same, growth: 1) {
            (input, output, parameters) throws(CodecFault) in
            try Shuffle.decode(input, into: &output, elementBytes: parameters.elementBytes)
        },
        Codec(filters: [FilterNumber.fletcher32], size: .added(4), growth: 1) { (input, output, _) throws(CodecFault) in
            try Fletcher32.decode(input, into: &output)
        },
        Codec(filters: [FilterNumber.szip], size: .packed, accepts: Szip.accepts) {
            (input, output, parameters) throws(CodecFault) in
            try Szip.decode(input, into: &output, parameters)
        },
        Codec(filters: [FilterNumber.nbit], size: .packed, accepts: NBit.accepts) {
            (input, output, parameters) throws(CodecFault) in
            try NBit.decode(input, into: &output, parameters)
        },
        // Equal numbers take no bits at all.
        Codec(filters: [FilterNumber.scaleOffset], size: .packed, growth: 1 << 22, accepts: ScaleOffset.accepts) {
            (input, output, parameters) throws(CodecFault) in
            try ScaleOffset.decode(input, into: &output, parameters)
        },
        Codec(filters: [FilterNumber.lzf], size: .packed, growth: 88) { (input, output, _) throws(CodecFault) in
            try LZF.decode(input, into: &output)
        },
        Codec(filters: [FilterNumber.lz4], size: .packed, growth: 256) { (input, output, _) throws(CodecFault) in
            try LZ4Chunk.decode(input, into: &output)
        },
        Codec(filters: [FilterNumber.bitshuffle], size: .packed, accepts: Bitshuffle.accepts) {
            (input, output, parameters) throws(CodecFault) in
            try Bitshuffle.decode(input, into: &output, parameters)
        },
        Codec(filters: [FilterNumber.zstd], size: .packed) { (input, output, _) throws(CodecFault) in
            try Zstandard.decode(input, into: &output)
        },
        Codec(names: ["X-CBF_BYTE_OFFSET"], elements: ByteOffset.elements, size: .packed, growth: 8) {
            (input, output, parameters) throws(CodecFault) in
            try ByteOffset.decode(input, as: parameters.element ?? .int32, into: &output)
        },
        Codec(
            names: ["X-CBF_NONE", "NONE"], elements: Set(ElementType.allCases), size: .packed, growth: 1,
            decode: { (input, output, parameters) throws(CodecFault) in
                try Uncompressed.decode(input, into: &output, parameters)
            }),
        Codec(names: ["X-CBF_PACKED"], elements: CBFElements.integers, size: .packed, growth: 1400) {
            (input, output, parameters) throws(CodecFault) in
            try Packed.decode(input, .first, into: &output, parameters)
        },
        Codec(names: ["X-CBF_PACKED_V2"], elements: CBFElements.integers, size: .packed, growth: 1400) {
            (input, output, parameters) throws(CodecFault) in
            try Packed.decode(input, .second, into: &output, parameters)
        },
        Codec(names: ["X-CBF_CANONICAL"], elements: CBFElements.integers, size: .packed, growth: 64) {
            (input, output, parameters) throws(CodecFault) in
            try Canonical.decode(input, into: &output, parameters)
        },
        Codec(names: ["X-CBF_NIBBLE_OFFSET"], elements: CBFElements.integers, size: .packed, growth: 32) {
            (input, output, parameters) throws(CodecFault) in
            try NibbleOffset.decode(input, into: &output, parameters)
        },
    ]
}

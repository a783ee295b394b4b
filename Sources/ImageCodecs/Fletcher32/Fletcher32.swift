// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes with Fletcher's checksum behind them, as HDF5 filter 3 stores a chunk.
///
/// - Source: HDF5 reference, H5Pset_fletcher32; J. G. Fletcher, IEEE Transactions on Communications 30 (1982) 247.
enum Fletcher32 {
    static func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        guard input.count >= 4 else { throw .short(at: input.count) }
        let count = input.count &- 4
        guard count <= output.freeCapacity else {
            throw .size(stated: UInt64(count), expected: output.freeCapacity)
        }
        var stated: UInt32 = 0
        for step in 0..<4 { stated |= UInt32(input[count &+ step]) << UInt32(8 &* step) }
        let found = sum(input, count)
        guard stated == found else { throw .checksum(stated: UInt64(stated), found: UInt64(found)) }
        for index in 0..<count { output.append(input[index]) }
    }

    /// The checksum of numbers of two bytes, the larger byte first.
    private static func sum(_ bytes: Span<UInt8>, _ count: Int) -> UInt32 {
        var first: UInt32 = 0
        var second: UInt32 = 0
        var place = 0
        func folded(_ sum: UInt32) -> UInt32 { sum & 0xFFFF &+ sum >> 16 }
        while place < count {
            // So many sums fit into 32 bits.
            let end = min(count, place &+ 720)
            while place < end {
                let low = place &+ 1 < count ? UInt32(bytes[place &+ 1]) : 0
                first = first &+ (UInt32(bytes[place]) << 8 | low)
                second = second &+ first
                place &+= 2
            }
            first = folded(first)
            second = folded(second)
        }
        return folded(second) << 16 | folded(first)
    }
}

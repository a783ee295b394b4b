// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Bitshuffle with LZ4, the usual form of ``Bitshuffle``, with its encoder.
///
/// - Source: kiyo-masui/bitshuffle:src/bshuf_h5filter.c and README (layout); lz4/lz4:doc/lz4_Block_format.md.
public enum BitshuffleLZ4 {
    /// Elements of a block as bitshuffle chooses them: 8192 bytes, a multiple of 8, at least 128.
    public static func defaultBlock(elementBytes: Int) -> Int { Bitshuffle.defaultBlock(elementBytes: elementBytes) }

    /// Encodes a chunk.
    ///
    /// - Parameters:
    ///   - bytes: Elements in the byte order of the file.
    ///   - elementBytes: Bytes of an element.
    ///   - block: Elements of a block, a multiple of 8; nil for the usual choice.
    public static func encode(
        _ bytes: [UInt8], elementBytes: Int, block: Int? = nil
    ) throws(CodecFault) -> [UInt8] {
        try encode(bytes, elementBytes: elementBytes, block: block, kernel: .c)
    }

    package static func encode(
        _ bytes: [UInt8], elementBytes: Int, block: Int?, kernel: Kernel
    ) throws(CodecFault) -> [UInt8] {
        let block = block ?? defaultBlock(elementBytes: elementBytes)
        guard elementBytes > 0, elementBytes <= 64, bytes.count % elementBytes == 0 else {
            throw .request("\(bytes.count) bytes are no whole number of elements of \(elementBytes) bytes")
        }
        guard block > 0, block % 8 == 0, block <= 1 << 20 else {
            throw .request("a block of \(block) elements is not a multiple of 8 up to 1048576")
        }
        guard kernel == .c else {
            return Bitshuffle.encode(bytes, elementBytes: elementBytes, block: block, packing: .lz4)
        }
        let head =
            BigEndian.bytes(UInt64(bytes.count), count: 8)
            + BigEndian.bytes(UInt64(block * elementBytes), count: 4)
        let elements = bytes.count / elementBytes
        let tail = bytes[(bytes.count - elements % 8 * elementBytes)...]
        let blocks = Bitshuffle.blocks(of: elements, block: block)
        let room = blocks.reduce(16) { $0 + 4 + Int(imprimatur_lz4_bound(Int32(clamping: $1 * elementBytes))) }
        var stream = head
        stream.reserveCapacity(12 + room + tail.count)
        var isWhole = false
        stream.append(addingCapacity: room) { output in
            isWhole = bytes.withUnsafeBufferPointer { input in
                output.withUnsafeMutableBufferPointer { place, filled in
                    guard let from = input.baseAddress, let to = place.baseAddress else { return elements == 0 }
                    let count = imprimatur_bitshuffle_lz4_encode(
                        from, elements, elementBytes, block, to, place.count)
                    guard count <= place.count else { return false }
                    filled = count
                    return true
                }
            }
        }
        guard isWhole else { throw .request("no memory for a block of \(block) elements") }
        return stream + tail
    }

    /// Decodes a chunk.
    ///
    /// - Parameters:
    ///   - stream: The chunk as stored.
    ///   - elementBytes: Bytes of an element.
    ///   - count: Bytes that the chunk has decoded, by the shape of the dataset.
    /// - Throws: On any contradiction; every prefix of a good stream fails.
    package static func decode(
        _ stream: [UInt8], elementBytes: Int, count: Int, kernel: Kernel = .c
    ) throws(CodecFault) -> [UInt8] {
        guard elementBytes > 0, elementBytes <= 64, count >= 0, count % elementBytes == 0 else {
            throw .request("\(count) bytes are no whole number of elements of \(elementBytes) bytes")
        }
        // LZ4 makes at most 255 bytes of one, so the bytes that are there bound the room, whatever sizes are stated.
        let room = min(count, stream.count.multipliedReportingOverflow(by: 256).partialValue)
        return try [UInt8](capacity: room) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
            try Bitshuffle.decode(
                stream.span, into: &output, elementBytes: elementBytes, count: count, packing: .lz4, kernel: kernel)
        }
    }
}

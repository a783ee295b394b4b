// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Bitshuffle with LZ4, as HDF5 filter 32008 stores a chunk.
///
/// A head of 12 bytes, big endian: bytes of the chunk decoded (8), bytes of a block decoded (4). Then blocks, each with
/// its encoded size (4, big endian), of elements whose bits are transposed; a last smaller block of a multiple of 8
/// elements; then up to 7 elements as they are.
/// - Source: kiyo-masui/bitshuffle:src/bshuf_h5filter.c and README (layout); lz4/lz4:doc/lz4_Block_format.md.
public enum BitshuffleLZ4 {
    /// Elements of a block as bitshuffle chooses them: 8192 bytes, a multiple of 8, at least 128.
    public static func defaultBlock(elementBytes: Int) -> Int {
        guard elementBytes > 0 else { return 128 }
        return max(8192 / elementBytes / 8 * 8, 128)
    }

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
        var stream = bigEndian(UInt64(bytes.count), bytes: 8) + bigEndian(UInt64(block * elementBytes), bytes: 4)
        var start = 0
        for elements in blocks(of: bytes.count / elementBytes, block: block) {
            let end = start + elements * elementBytes
            let shuffled = Bits.transposed(bytes[start..<end], elementBytes: elementBytes, kernel: kernel)
            let encoded = LZ4Block.encode(shuffled)
            stream += bigEndian(UInt64(encoded.count), bytes: 4)
            stream += encoded
            start = end
        }
        stream += bytes[start...]
        return stream
    }

    /// Decodes a chunk whose stream states its size.
    ///
    /// - Throws: On any contradiction, also if the output has no room; every prefix of a good stream fails.
    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        try decode(stream, into: &output, elementBytes: parameters.elementBytes, count: nil, kernel: .c)
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
            try decode(stream.span, into: &output, elementBytes: elementBytes, count: count, kernel: kernel)
        }
    }

    private static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, elementBytes: Int, count: Int?, kernel: Kernel
    ) throws(CodecFault) {
        guard elementBytes > 0, elementBytes <= 64 else { throw .request("elements of \(elementBytes) bytes") }
        guard stream.count >= 12 else { throw .short(at: stream.count) }
        let stated = number(stream, 0, 8)
        let expected = count ?? output.freeCapacity
        guard let size = Int(exactly: stated), count == nil ? size <= expected : size == expected,
            size % elementBytes == 0
        else { throw .size(stated: stated, expected: expected) }
        guard size <= output.freeCapacity else { throw .short(at: stream.count) }
        let blockBytes = number(stream, 8, 4)
        let usual = defaultBlock(elementBytes: elementBytes)
        let block = blockBytes == 0 ? usual : Int(blockBytes) / elementBytes
        guard block > 0, block % 8 == 0, block <= 1 << 20 else {
            throw .size(stated: blockBytes, expected: usual * elementBytes)
        }
        let before = output.count
        var next = 12
        for (number, elements) in blocks(of: size / elementBytes, block: block).enumerated() {
            guard stream.count - next >= 4 else { throw .short(at: stream.count) }
            let packed = Int(self.number(stream, next, 4))
            next += 4
            guard stream.count - next >= packed else { throw .short(at: stream.count) }
            let room = elements * elementBytes
            guard room / 256 <= packed,
                let shuffled = LZ4Block.decode(
                    stream.extracting(next..<next + packed), room: room, kernel: kernel),
                shuffled.count == room
            else { throw .damaged(block: number) }
            Bits.restore(shuffled, elementBytes: elementBytes, kernel: kernel, into: &output)
            next += packed
        }
        let rest = size - (output.count - before)
        guard rest >= 0, stream.count - next >= rest else { throw .short(at: stream.count) }
        for index in next..<next + rest { output.append(stream[index]) }
        guard next + rest == stream.count else { throw .excess(bytes: stream.count - next - rest) }
    }

    /// Elements of each encoded block, in order; what is left over, fewer than 8, is stored as it is.
    private static func blocks(of elements: Int, block: Int) -> [Int] {
        let last = elements % block / 8 * 8
        return Array(repeating: block, count: elements / block) + (last > 0 ? [last] : [])
    }

    private static func bigEndian(_ value: UInt64, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (bytes - 1 - $0))) }
    }

    /// A number, its largest byte first; the bytes are there.
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in start..<start + count { value = value << 8 | UInt64(bytes[index]) }
        return value
    }
}

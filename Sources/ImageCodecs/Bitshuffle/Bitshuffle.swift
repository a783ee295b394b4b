// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Bitshuffle as HDF5 filter 32008 stores a chunk: bits of elements transposed in blocks, alone or packed.
///
/// Packed, a head of 12 bytes comes first, big endian: bytes of the chunk decoded (8), bytes of a block decoded (4). Then
/// blocks, each behind its packed size (4, big endian); a last smaller block of a multiple of 8 elements; then up to 7
/// elements as they are. Not packed, there is no head and no size.
/// - Source: kiyo-masui/bitshuffle:src/bshuf_h5filter.c, src/bshuf_h5filter.h and README (layout, parameters).
package enum Bitshuffle {
    /// What is done to a block once its bits are transposed.
    package enum Packing: UInt32, Sendable {
        case none = 0
        case lz4 = 2
        case zstd = 3
    }

    /// What the numbers of the filter say: version (2), bytes of an element, elements of a block, packing.
    struct Setup {
        let elementBytes: Int
        /// Elements of a block; 0 for the usual choice.
        let block: Int
        let packing: Packing

        /// Nil for a packing that this program lacks.
        init?(_ parameters: Codec.Parameters) {
            let values = parameters.values
            let stated = values.count > 2 ? Int(values[2]) : 0
            elementBytes = stated > 0 ? stated : parameters.elementBytes
            block = values.count > 3 ? Int(values[3]) : 0
            guard let packing = Packing(rawValue: values.count > 4 ? values[4] : 0) else { return nil }
            self.packing = packing
        }
    }

    /// Whether a chunk is packed in a way that is decoded here.
    @Sendable static func accepts(_ parameters: Codec.Parameters) -> Bool { Setup(parameters) != nil }

    /// Elements of a block as bitshuffle chooses them: 8192 bytes, a multiple of 8, at least 128.
    static func defaultBlock(elementBytes: Int) -> Int {
        guard elementBytes > 0 else { return 128 }
        return max(8192 / elementBytes / 8 * 8, 128)
    }

    /// Decodes a chunk whose filter says how it is packed.
    ///
    /// - Throws: On any contradiction, also if the output has no room; every prefix of a good packed stream fails.
    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        guard let setup = Setup(parameters) else {
            throw .unsupported("packing \(parameters.values.dropFirst(4).first ?? 0) of bitshuffle")
        }
        guard setup.packing == .none else {
            return try decode(
                stream, into: &output, elementBytes: setup.elementBytes, count: nil, packing: setup.packing, kernel: .c)
        }
        try decodePlain(stream, into: &output, elementBytes: setup.elementBytes, block: setup.block, kernel: .c)
    }

    /// Decodes a chunk that is transposed and not packed.
    package static func decodePlain(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, elementBytes: Int, block: Int, kernel: Kernel
    ) throws(CodecFault) {
        guard elementBytes > 0, elementBytes <= 64, stream.count % elementBytes == 0 else {
            throw .request("\(stream.count) bytes are no whole number of elements of \(elementBytes) bytes")
        }
        guard stream.count <= output.freeCapacity else {
            throw .size(stated: UInt64(stream.count), expected: output.freeCapacity)
        }
        let block = block == 0 ? defaultBlock(elementBytes: elementBytes) : block
        guard block > 0, block % 8 == 0, block <= 1 << 20 else { throw .request("a block of \(block) elements") }
        let elements = stream.count / elementBytes
        let used = try decodeBlocks(
            stream, into: &output, elements: elements, elementBytes: elementBytes, block: block, packing: .none,
            kernel: kernel)
        for index in used..<stream.count { output.append(stream[index]) }
    }

    /// Decodes a chunk whose blocks are packed.
    ///
    /// - Parameter count: Bytes that the chunk has decoded; nil if the output only bounds them.
    package static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, elementBytes: Int, count: Int?, packing: Packing,
        kernel: Kernel
    ) throws(CodecFault) {
        guard elementBytes > 0, elementBytes <= 64 else { throw .request("elements of \(elementBytes) bytes") }
        guard stream.count >= 12 else { throw .short(at: stream.count) }
        let stated = BigEndian.number(stream, 0, 8)
        let expected = count ?? output.freeCapacity
        guard let size = Int(exactly: stated), count == nil ? size <= expected : size == expected,
            size % elementBytes == 0
        else { throw .size(stated: stated, expected: expected) }
        guard size <= output.freeCapacity else { throw .short(at: stream.count) }
        let blockBytes = BigEndian.number(stream, 8, 4)
        let usual = defaultBlock(elementBytes: elementBytes)
        let block = blockBytes == 0 ? usual : Int(blockBytes) / elementBytes
        guard block > 0, block % 8 == 0, block <= 1 << 20 else {
            throw .size(stated: blockBytes, expected: usual * elementBytes)
        }
        let elements = size / elementBytes
        let next =
            try 12
            + decodeBlocks(
                stream.extracting(droppingFirst: 12), into: &output, elements: elements, elementBytes: elementBytes,
                block: block, packing: packing, kernel: kernel)
        let rest = elements % 8 * elementBytes
        guard stream.count - next >= rest else { throw .short(at: stream.count) }
        for index in next..<next + rest { output.append(stream[index]) }
        guard next + rest == stream.count else { throw .excess(bytes: stream.count - next - rest) }
    }

    /// - Returns: Bytes of the stream that were used.
    private static func decodeBlocks(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, elements: Int, elementBytes: Int, block: Int,
        packing: Packing, kernel: Kernel
    ) throws(CodecFault) -> Int {
        guard kernel == .c else {
            return try decodeBlocksInSwift(
                stream, into: &output, elements: elements, elementBytes: elementBytes, block: block, packing: packing)
        }
        let result = stream.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { room, filled in
                // Without a place to read from or to write to there are no elements.
                guard let from = input.baseAddress, let to = room.baseAddress,
                    elements / 8 * 8 * elementBytes <= room.count - filled
                else { return imprimatur_bitshuffle_result() }
                let result = imprimatur_bitshuffle_decode(
                    from, input.count, to + filled, elements, elementBytes, block,
                    imprimatur_packing(rawValue: packing.rawValue))
                if result.state == imprimatur_bitshuffle_whole { filled += elements / 8 * 8 * elementBytes }
                return result
            }
        }
        switch result.state {
        case imprimatur_bitshuffle_whole: return result.used
        case imprimatur_bitshuffle_short: throw .short(at: stream.count)
        case imprimatur_bitshuffle_damaged: throw .damaged(block: result.blocks)
        default: throw .request("no memory for a block of \(block) elements")
        }
    }

    private static func decodeBlocksInSwift(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, elements: Int, elementBytes: Int, block: Int,
        packing: Packing
    ) throws(CodecFault) -> Int {
        var next = 0
        for (number, elements) in blocks(of: elements, block: block).enumerated() {
            let room = elements * elementBytes
            var packed = room
            if packing != .none {
                guard stream.count - next >= 4 else { throw .short(at: stream.count) }
                packed = Int(BigEndian.number(stream, next, 4))
                next += 4
            }
            guard stream.count - next >= packed else { throw .short(at: stream.count) }
            guard let shuffled = unpacked(stream.extracting(next..<next + packed), packing, room: room),
                shuffled.count == room
            else { throw .damaged(block: number) }
            Bits.restore(shuffled, elementBytes: elementBytes, kernel: .swift, into: &output)
            next += packed
        }
        return next
    }

    private static func unpacked(_ bytes: Span<UInt8>, _ packing: Packing, room: Int) -> [UInt8]? {
        switch packing {
        case .none: bytes.withUnsafeBytes { Array($0) }
        case .lz4: room / 256 <= bytes.count ? LZ4Block.decode(bytes, room: room, kernel: .swift) : nil
        case .zstd: Zstandard.decoded(bytes, room: room)
        }
    }

    /// Encodes a chunk in Swift, for any packing; the quick way of the usual form is ``BitshuffleLZ4``.
    ///
    /// - Parameters:
    ///   - bytes: Whole elements of up to 64 bytes.
    ///   - block: Elements of a block, a multiple of 8.
    package static func encode(_ bytes: [UInt8], elementBytes: Int, block: Int, packing: Packing) -> [UInt8] {
        let elements = bytes.count / elementBytes
        var stream: [UInt8] = []
        if packing != .none {
            stream += BigEndian.bytes(UInt64(bytes.count), count: 8)
            stream += BigEndian.bytes(UInt64(block * elementBytes), count: 4)
        }
        var start = 0
        for elements in blocks(of: elements, block: block) {
            let end = start + elements * elementBytes
            let shuffled = Bits.transposed(bytes[start..<end], elementBytes: elementBytes, kernel: .swift)
            let packed =
                switch packing {
                case .none: shuffled
                case .lz4: LZ4Block.encode(shuffled)
                case .zstd: Zstandard.encode(shuffled)
                }
            if packing != .none { stream += BigEndian.bytes(UInt64(packed.count), count: 4) }
            stream += packed
            start = end
        }
        return stream + bytes[start...]
    }

    /// Elements of each encoded block, in order; what is left over, fewer than 8, is stored as it is.
    static func blocks(of elements: Int, block: Int) -> [Int] {
        let last = elements % block / 8 * 8
        return Array(repeating: block, count: elements / block) + (last > 0 ? [last] : [])
    }
}

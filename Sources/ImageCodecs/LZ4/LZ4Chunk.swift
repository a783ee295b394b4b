// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Blocks of LZ4, as HDF5 filter 32004 stores a chunk.
///
/// A head of 12 bytes, big endian: bytes of the chunk decoded (8), bytes of a block decoded (4). Then blocks, each behind
/// its stored size (4, big endian); one that is stored with as many bytes as it has decoded is not packed.
/// - Source: nexusformat/HDF5-External-Filter-Plugins:LZ4/src/H5Zlz4.c (layout); lz4/lz4:doc/lz4_Block_format.md.
package enum LZ4Chunk {
    /// Decodes a chunk whose stream states its size.
    ///
    /// - Throws: On any contradiction, also if the output has no room; every prefix of a good stream fails.
    package static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, kernel: Kernel = .c
    ) throws(CodecFault) {
        guard stream.count >= 12 else { throw .short(at: stream.count) }
        let stated = BigEndian.number(stream, 0, 8)
        guard let size = Int(exactly: stated), size <= output.freeCapacity else {
            throw .size(stated: stated, expected: output.freeCapacity)
        }
        let most = Int(BigEndian.number(stream, 8, 4))
        guard most > 0 || size == 0, most <= Int(Int32.max) else {
            throw .size(stated: UInt64(most), expected: size)
        }
        var next = 12
        var rest = size
        var number = 0
        while rest > 0 {
            let room = min(most, rest)
            guard stream.count - next >= 4 else { throw .short(at: stream.count) }
            let stored = Int(BigEndian.number(stream, next, 4))
            next += 4
            guard stream.count - next >= stored else { throw .short(at: stream.count) }
            let block = stream.extracting(next..<next + stored)
            if stored == room {
                append(block, to: &output)
            } else {
                guard room / 256 <= stored, LZ4Block.decode(block, room: room, into: &output, kernel: kernel) else {
                    throw .damaged(block: number)
                }
            }
            next += stored
            rest -= room
            number += 1
        }
        guard next == stream.count else { throw .excess(bytes: stream.count - next) }
    }

    /// Encodes a chunk.
    ///
    /// - Parameter block: Bytes of a block.
    package static func encode(_ bytes: [UInt8], block: Int) -> [UInt8] {
        var stream = BigEndian.bytes(UInt64(bytes.count), count: 8) + BigEndian.bytes(UInt64(block), count: 4)
        for start in stride(from: 0, to: bytes.count, by: max(1, block)) {
            let piece = Array(bytes[start..<min(bytes.count, start + max(1, block))])
            let packed = LZ4Block.encode(piece)
            let stored = packed.count < piece.count ? packed : piece
            stream += BigEndian.bytes(UInt64(stored.count), count: 4) + stored
        }
        return stream
    }

    private static func append(_ bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        for index in bytes.indices { output.append(bytes[index]) }
    }
}

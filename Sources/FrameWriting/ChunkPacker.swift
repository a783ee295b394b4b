// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs
internal import Transport

/// Packs the chunk of a frame that comes in pieces; each thread has its own.
final class ChunkPacker {
    private let compression: PixelSettings.Compression
    private let elementBytes: Int
    private let blocks: BitshuffleLZ4Packer
    private let deflate: DeflatePacker?
    /// The frame, where it is packed in one.
    private let whole: ChunkBuffer
    private var filled = 0

    init(_ compression: PixelSettings.Compression, elementBytes: Int) throws(CodecFault) {
        self.compression = compression
        self.elementBytes = elementBytes
        blocks = BitshuffleLZ4Packer(elementBytes: elementBytes)
        if case .gzip(let level) = compression {
            deflate = try DeflatePacker(level: level)
        } else {
            deflate = nil
        }
        whole = ChunkBuffer(0)
    }

    /// Elements of a piece; fewer only at the end of a frame.
    var piece: Int { blocks.block }

    /// The greatest size of a chunk of so many elements.
    func most(elements: Int) -> Int {
        switch compression {
        case .bitshuffleLZ4: blocks.most(elements: elements)
        case .gzip: deflate?.most(bytes: elements &* elementBytes) ?? 0
        case .none: elements &* elementBytes
        }
    }

    /// Begins a frame of so many elements.
    func begin(elements: Int, into out: ChunkBuffer) {
        out.grow(most(elements: elements))
        out.count = 0
        filled = 0
        switch compression {
        case .bitshuffleLZ4: out.count = blocks.begin(elements: elements, into: out.room)
        case .gzip: whole.grow(elements &* elementBytes)
        case .none: break
        }
    }

    /// Takes the next piece.
    func take(_ bytes: UnsafeRawBufferPointer, into out: ChunkBuffer) {
        let target = if case .gzip = compression { whole } else { out }
        switch compression {
        case .bitshuffleLZ4:
            let room = UnsafeMutableRawBufferPointer(rebasing: out.room[out.count...])
            guard let written = blocks.pack(bytes, into: room) else {
                preconditionFailure("a chunk is larger than its bound")
            }
            out.count &+= written
        case .gzip, .none:
            UnsafeMutableRawBufferPointer(rebasing: target.room[filled...]).copyMemory(from: bytes)
            filled &+= bytes.count
            target.count = filled
        }
    }

    /// Ends a frame; the chunk is in the buffer.
    func end(into out: ChunkBuffer) {
        guard case .gzip = compression else { return }
        guard let written = deflate?.pack(whole.bytes, into: out.room) else {
            preconditionFailure("a chunk is larger than its bound")
        }
        out.count = written
    }
}

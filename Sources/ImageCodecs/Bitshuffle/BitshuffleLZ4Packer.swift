// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Packs the chunk of one frame block by block, as ``BitshuffleLZ4`` does at once; the same bytes.
///
/// - Source: kiyo-masui/bitshuffle:src/bshuf_h5filter.c (layout of a chunk).
package final class BitshuffleLZ4Packer {
    /// Elements of a block.
    package let block: Int
    private let elementBytes: Int
    private let scratch: UnsafeMutableRawBufferPointer

    /// - Parameter elementBytes: 1, 2, 4 or 8.
    package init(elementBytes: Int) {
        self.elementBytes = elementBytes
        block = Bitshuffle.defaultBlock(elementBytes: elementBytes)
        scratch = .allocate(byteCount: max(1, block * elementBytes), alignment: 64)
    }

    deinit { scratch.deallocate() }

    /// The greatest size of a chunk of so many elements.
    package func most(elements: Int) -> Int {
        let last = elements % block
        func bound(_ count: Int) -> Int { 4 + Int(imprimatur_lz4_bound(Int32(clamping: count * elementBytes))) }
        return 12 + elements / block * bound(block) + (last > 0 ? bound(last) : 0) + 8 * elementBytes
    }

    /// Begins a chunk of so many elements; the bytes written.
    package func begin(elements: Int, into out: UnsafeMutableRawBufferPointer) -> Int {
        let head =
            BigEndian.bytes(UInt64(elements * elementBytes), count: 8)
            + BigEndian.bytes(UInt64(block * elementBytes), count: 4)
        guard out.count >= head.count else { return 0 }
        out.copyBytes(from: head)
        return head.count
    }

    /// Packs a block, the last one with the up to 7 elements that stay as they are.
    ///
    /// - Parameters:
    ///   - bytes: `block` elements; fewer only at the end of the chunk.
    ///   - out: Room for them, see `most(elements:)`.
    /// - Returns: The bytes written; nil where the room does not hold them.
    package func pack(_ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer) -> Int? {
        let whole = bytes.count / elementBytes / 8 * 8
        var written = 0
        guard let from = bytes.baseAddress, let to = out.baseAddress, let scratch = scratch.baseAddress else {
            return bytes.isEmpty ? 0 : nil
        }
        if whole > 0 {
            written = imprimatur_bitshuffle_lz4_block(
                from.assumingMemoryBound(to: UInt8.self), whole, elementBytes,
                scratch.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt8.self), out.count)
            guard written > 0 else { return nil }
        }
        let tail = UnsafeRawBufferPointer(rebasing: bytes[(whole * elementBytes)...])
        guard out.count - written >= tail.count else { return nil }
        (to + written).copyMemory(from: from + whole * elementBytes, byteCount: tail.count)
        return written + tail.count
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How the elements of a dataset are stored, with their places.
struct PlainLayout {
    enum Place {
        /// In the message itself.
        case inside(UnsafeRawBufferPointer)
        case contiguous(address: UInt64, bytes: UInt64)
        /// In chunks that an index of version 1 lists.
        case chunks([BTree1.Leaf])
        /// In other datasets.
        case elsewhere
    }

    let layout: Layout
    let place: Place
    let storedBytes: UInt64
}

/// Reads the message that tells where the elements of a dataset lie.
///
/// - Source: HDF5 File Format Specification, data layout message, versions 3 and 4.
struct LayoutMessage {
    let bytes: FormatBytes
    let heap: GlobalHeap
    /// Extent, and bytes of an element.
    let extent: Extent
    let elementBytes: Int

    func read(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> PlainLayout {
        var cursor = FormatCursor(body)
        let version = try cursor.byte()
        guard version == 3 || version == 4 else { throw NotPlain() }
        switch try cursor.byte() {
        case 0:
            let data = try cursor.take(try cursor.count(2))
            return PlainLayout(layout: .compact, place: .inside(data), storedBytes: UInt64(data.count))
        case 1:
            let address = try cursor.word()
            let stated = try cursor.word()
            let stored = address == noAddress ? 0 : stated
            return PlainLayout(
                layout: .contiguous, place: .contiguous(address: address, bytes: stored), storedBytes: stored)
        case 2 where version == 3: return try chunked(&cursor)
        case 3 where version == 4:
            let mappings = try VirtualMappings(heap: heap).read(at: try cursor.word(), index: try cursor.count(4))
            return PlainLayout(layout: .virtual(mappings), place: .elsewhere, storedBytes: 0)
        default: throw NotPlain()
        }
    }

    private func chunked(_ cursor: inout FormatCursor) throws(NotPlain) -> PlainLayout {
        let rank = Int(try cursor.byte()) &- 1
        let tree = try cursor.word()
        guard rank > 0, rank <= 32, rank == extent.shape?.count else { throw NotPlain() }
        var chunk: [Int] = []
        for _ in 0..<rank { chunk.append(try cursor.count(4)) }
        guard try cursor.count(4) == elementBytes, !chunk.contains(0) else { throw NotPlain() }
        var chunks: [BTree1.Leaf] = []
        if tree != noAddress { chunks = try BTree1(bytes: bytes, kind: .chunks(rank: rank)).leaves(from: tree) }
        var stored: UInt64 = 0
        for leaf in chunks { stored &+= try leaf.chunk(rank: rank).size }
        return PlainLayout(
            layout: .chunked(chunk: chunk, allocatedChunks: chunks.count), place: .chunks(chunks), storedBytes: stored)
    }
}

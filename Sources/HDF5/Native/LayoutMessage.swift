// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How the elements of a dataset are stored, with their places.
struct PlainLayout {
    enum Place {
        /// In the message itself.
        case inside(UnsafeRawBufferPointer)
        case contiguous(address: UInt64, stated: UInt64)
        case chunks([StoredChunk], ChunkGrid)
        /// In other datasets.
        case elsewhere
    }

    private(set) var layout: Layout
    private(set) var place: Place
    private(set) var storedBytes: UInt64
    /// Chunks at the edge are filtered like the others.
    var filtersEdges = true

    init(layout: Layout, place: Place, storedBytes: UInt64) {
        self.layout = layout
        self.place = place
        self.storedBytes = storedBytes
    }

    /// The elements lie in other files; the layout is that of contiguous storage without a place.
    mutating func lead(to segments: [ExternalSegment]) throws(NotPlain) {
        guard case .contiguous(noAddress, let stated) = place else { throw NotPlain() }
        layout = .external(segments)
        place = .elsewhere
        storedBytes = stated
    }
}

/// Reads the message that tells where the elements of a dataset lie.
///
/// - Source: HDF5 File Format Specification, data layout message, versions 1 to 4; of the first two only
///   contiguous storage.
struct LayoutMessage {
    let bytes: FormatBytes
    let heap: GlobalHeap
    /// Extent, and bytes of an element.
    let extent: Extent
    let elementBytes: Int

    func read(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> PlainLayout {
        var cursor = FormatCursor(body)
        let version = try cursor.byte()
        if version == 1 || version == 2 { return try early(&cursor) }
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
                layout: .contiguous, place: .contiguous(address: address, stated: stated), storedBytes: stored)
        case 2: return try version == 3 ? third(&cursor) : fourth(&cursor)
        case 3 where version == 4:
            let mappings = try VirtualMappings(heap: heap).read(at: try cursor.word(), index: try cursor.count(4))
            return PlainLayout(layout: .virtual(mappings), place: .elsewhere, storedBytes: 0)
        default: throw NotPlain()
        }
    }

    /// The size of contiguous storage was not stated then.
    private func early(_ cursor: inout FormatCursor) throws(NotPlain) -> PlainLayout {
        try cursor.skip(1)
        guard try cursor.byte() == 1 else { throw NotPlain() }
        try cursor.skip(5)
        let address = try cursor.word()
        guard let elements = extent.elements, let size = product([elements, elementBytes]) else { throw NotPlain() }
        return PlainLayout(
            layout: .contiguous, place: .contiguous(address: address, stated: UInt64(size)),
            storedBytes: address == noAddress ? 0 : UInt64(size))
    }

    private func third(_ cursor: inout FormatCursor) throws(NotPlain) -> PlainLayout {
        let rank = try rank(&cursor)
        let tree = try cursor.word()
        let chunk = try chunk(&cursor, rank, width: 4)
        return try chunked(chunk) { index throws(NotPlain) in try index.tree(at: tree) }
    }

    private func fourth(_ cursor: inout FormatCursor) throws(NotPlain) -> PlainLayout {
        let flags = try cursor.byte()
        guard flags & ~3 == 0 else { throw NotPlain() }
        let rank = try rank(&cursor)
        let chunk = try chunk(&cursor, rank, width: Int(try cursor.byte()))
        var layout = try chunked(chunk) { index throws(NotPlain) in
            try index.current(&cursor, flags: flags)
        }
        layout.filtersEdges = flags & 1 == 0
        return layout
    }

    /// Rank of the dataset; the message counts the bytes of an element as a dimension.
    private func rank(_ cursor: inout FormatCursor) throws(NotPlain) -> Int {
        let rank = Int(try cursor.byte()) &- 1
        guard rank > 0, rank <= 32, rank == extent.shape?.count else { throw NotPlain() }
        return rank
    }

    private func chunk(_ cursor: inout FormatCursor, _ rank: Int, width: Int) throws(NotPlain) -> [Int] {
        var chunk: [Int] = []
        for _ in 0..<rank { chunk.append(try cursor.count(width)) }
        guard try cursor.count(width) == elementBytes, !chunk.contains(0) else { throw NotPlain() }
        return chunk
    }

    private func chunked(
        _ chunk: [Int], _ list: (ChunkIndex) throws(NotPlain) -> [StoredChunk]
    ) throws(NotPlain) -> PlainLayout {
        guard let chunkBytes = product(chunk + [elementBytes]) else { throw NotPlain() }
        let grid = try ChunkGrid(chunk: chunk, extent: extent)
        let index = ChunkIndex(bytes: bytes, grid: grid, chunkBytes: UInt64(chunkBytes))
        let chunks = try list(index)
        return PlainLayout(
            layout: .chunked(
                Chunking(shape: chunk, allocated: chunks.count, gaps: try grid.gaps(between: chunks))),
            place: .chunks(chunks, grid), storedBytes: chunks.reduce(0) { $0 &+ $1.bytes })
    }
}

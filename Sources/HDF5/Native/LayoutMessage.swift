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
    /// The index of chunks is in order.
    var isOrdered = true

    init(layout: Layout, place: Place, storedBytes: UInt64) {
        self.layout = layout
        self.place = place
        self.storedBytes = storedBytes
    }

    /// The elements lie in other files; the layout is that of contiguous storage without a place.
    mutating func lead(to segments: [ExternalSegment]) throws(Stop) {
        guard case .contiguous(noAddress, let stated) = place else { throw .damaged(.externalFiles) }
        layout = .external(segments)
        place = .elsewhere
        storedBytes = stated
    }
}

/// Reads the message that tells where the elements of a dataset lie.
///
/// - Source: HDF5 File Format Specification, data layout message, versions 1 to 5.
struct LayoutMessage {
    let bytes: FormatBytes
    let heap: GlobalHeap
    /// Extent, and bytes of an element.
    let extent: Extent
    let elementBytes: Int
    let isFiltered: Bool

    func read(_ start: FormatCursor) throws(Stop) -> PlainLayout {
        var cursor = start
        let version = try cursor.version(1...5)
        if version < 3 { return try early(&cursor) }
        switch try cursor.byte() {
        case 0: return try compact(try cursor.take(try cursor.count(2)))
        case 1:
            let address = try cursor.word()
            return try contiguous(address, stated: try cursor.word())
        case 2: return try version == 3 ? third(&cursor) : fourth(&cursor, version)
        case 3 where version > 3:
            bytes.notes.met(.layout4)
            let mappings = try VirtualMappings(bytes: bytes, heap: heap, extent: extent)
                .read(at: try cursor.word(), index: try cursor.count(4))
            return PlainLayout(layout: .virtual(mappings), place: .elsewhere, storedBytes: 0)
        case 3: throw cursor.damaged
        default: throw cursor.newer
        }
    }

    /// Bytes of all elements; nil for a null dataspace.
    private func total() throws(Stop) -> Int? {
        guard extent.shape != nil else { return nil }
        guard let elements = extent.elements, let total = product([elements, elementBytes]) else {
            throw .unread(.limit)
        }
        return total
    }

    private func compact(_ data: UnsafeRawBufferPointer) throws(Stop) -> PlainLayout {
        if let total = try total(), data.count != total { throw .damaged(.compactSize) }
        return PlainLayout(layout: .compact, place: .inside(data), storedBytes: UInt64(data.count))
    }

    private func contiguous(_ address: UInt64, stated: UInt64) throws(Stop) -> PlainLayout {
        if address != noAddress {
            guard stated == UInt64(try total() ?? 0) else { throw .damaged(.contiguousSize) }
            guard bytes.isGrowing || bytes.holds(stated, at: address) else { throw .damaged(.outside) }
        }
        return PlainLayout(
            layout: .contiguous, place: .contiguous(address: address, stated: stated),
            storedBytes: address == noAddress ? 0 : stated)
    }

    // MARK: Versions 1 and 2

    /// The numbers behind the address are the extent of the storage or of a chunk, and the bytes of an element.
    private func early(_ cursor: inout FormatCursor) throws(Stop) -> PlainLayout {
        let count = Int(try cursor.byte())
        let kind = try cursor.byte()
        try cursor.skip(5)
        guard count > 0, count <= 33 else { throw cursor.damaged }
        switch kind {
        case 0:
            try cursor.skip(4 &* count)
            return try compact(try cursor.take(try cursor.count(4)))
        case 1:
            // The size was not stated then.
            let address = try cursor.word()
            return try contiguous(address, stated: UInt64(try total() ?? 0))
        case 2:
            guard count &- 1 == extent.shape?.count, count > 1 else { throw .damaged(.chunkSize) }
            let tree = try cursor.word()
            let chunk = try chunk(&cursor, count &- 1, width: 4)
            return try chunked(chunk, 3) { index throws(Stop) in try index.tree(at: tree) }
        default: throw cursor.damaged
        }
    }

    // MARK: Versions 3 to 5

    private func third(_ cursor: inout FormatCursor) throws(Stop) -> PlainLayout {
        let rank = try rank(&cursor)
        let tree = try cursor.word()
        let chunk = try chunk(&cursor, rank, width: 4)
        return try chunked(chunk, 3) { index throws(Stop) in try index.tree(at: tree) }
    }

    private func fourth(_ cursor: inout FormatCursor, _ version: UInt8) throws(Stop) -> PlainLayout {
        bytes.notes.met(version == 4 ? .layout4 : .layout5)
        let flags = try cursor.byte()
        guard flags & ~3 == 0 else { throw cursor.damaged }
        let rank = try rank(&cursor)
        let width = Int(try cursor.byte())
        guard (1...8).contains(width) else { throw cursor.damaged }
        let chunk = try chunk(&cursor, rank, width: width)
        let largest = max(chunk.max() ?? 1, elementBytes)
        if width > (Int.bitWidth &- largest.leadingZeroBitCount &+ 7) / 8 { bytes.notes.met(.wideChunk) }
        var layout = try chunked(chunk, version) { index throws(Stop) in
            try index.current(&cursor, flags: flags)
        }
        layout.filtersEdges = flags & 1 == 0
        return layout
    }

    /// Rank of the dataset; the message counts the bytes of an element as a dimension.
    private func rank(_ cursor: inout FormatCursor) throws(Stop) -> Int {
        let rank = Int(try cursor.byte()) &- 1
        guard rank > 0, rank <= 32, rank == extent.shape?.count else { throw .damaged(.chunkSize) }
        return rank
    }

    private func chunk(_ cursor: inout FormatCursor, _ rank: Int, width: Int) throws(Stop) -> [Int] {
        var chunk: [Int] = []
        for _ in 0..<rank { chunk.append(try cursor.count(width)) }
        guard try cursor.count(width) == elementBytes, !chunk.contains(0) else { throw .damaged(.chunkSize) }
        return chunk
    }

    private func chunked(
        _ chunk: [Int], _ version: UInt8, _ list: (ChunkIndex) throws(Stop) -> [StoredChunk]
    ) throws(Stop) -> PlainLayout {
        guard let chunkBytes = product(chunk + [elementBytes]) else { throw .damaged(.chunkSize) }
        let grid = try ChunkGrid(chunk: chunk, extent: extent)
        let index = ChunkIndex(
            bytes: bytes, grid: grid, chunkBytes: UInt64(chunkBytes), isFiltered: isFiltered, version: version)
        let disorders = bytes.notes.disorders.count
        let chunks = try list(index)
        let isOrdered = bytes.notes.disorders.count == disorders
        var stored: UInt64 = 0
        for chunk in chunks {
            guard bytes.isGrowing || bytes.holds(chunk.bytes, at: chunk.address) else { throw .damaged(.chunkOutside) }
            stored &+= chunk.bytes
        }
        let isWhole = index.window == nil
        var layout = PlainLayout(
            layout: .chunked(
                Chunking(
                    shape: chunk, allocated: isWhole ? chunks.count : nil,
                    gaps: isOrdered && isWhole ? try grid.gaps(between: chunks) : nil)),
            place: .chunks(chunks, grid), storedBytes: stored)
        layout.isOrdered = isOrdered
        return layout
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads elements of datasets.
struct NativeValues {
    let bytes: FormatBytes
    let reading: ValueReading
    /// Filters that are not undone here.
    let foreignFilters: Set<Int>

    /// The first elements of a dataset, in this shape.
    func value(of dataset: PlainDataset, first: [Int]) throws(Stop) -> Value {
        let width = dataset.type.bytes
        guard let count = product(first), let total = product([count, width]) else { throw .unread(.limit) }
        if count == 0 { return try plain(.init(start: nil, count: 0), dataset, 0) }
        switch dataset.stored.place {
        case .inside(let data): return try plain(data, dataset, count)
        case .contiguous(let address, let stated):
            guard address != noAddress else {
                guard let elements = try dataset.fill.elements(count, width: width) else {
                    throw .unread(.undefinedFill)
                }
                return try plain(elements, dataset, count)
            }
            guard stated >= UInt64(total) else { throw .damaged(.contiguousSize) }
            return try plain(try bytes.view(at: address, count: total), dataset, count)
        case .chunks(let chunks, let grid):
            guard let chunkBytes = product(grid.chunk + [width]) else { throw .damaged(.chunkSize) }
            guard dataset.filters.allSatisfy({ !foreignFilters.contains($0.id) }) else { throw .unread(.filter) }
            let filters = try NativeFilters(dataset.filters, chunkBytes: chunkBytes, elementBytes: width)
            let fill = try dataset.fill.elements(count, width: width)
            var elements = fill ?? [UInt8](repeating: 0, count: total)
            let missing = try gather(
                chunks, of: grid, into: first, filters,
                edgesIn: dataset.stored.filtersEdges ? nil : dataset.extent.shape,
                &elements)
            guard fill != nil || missing == 0 else { throw .unread(.undefinedFill) }
            return try plain(elements, dataset, count)
        case .elsewhere: throw .unread(.limit)
        }
    }

    /// Elements as a value; of a type that is not read only what they point to is looked at.
    private func plain(
        _ raw: UnsafeRawBufferPointer, _ dataset: PlainDataset, _ count: Int
    ) throws(Stop) -> Value {
        if dataset.type.isReadable { return try reading.plainValue(dataset.type, raw, count) }
        try HeapPointers(bytes: bytes, heap: reading.heap).follow(
            dataset.type.pointers, raw, width: dataset.type.bytes)
        return .notRead(.type)
    }

    private func plain(_ elements: [UInt8], _ dataset: PlainDataset, _ count: Int) throws(Stop) -> Value {
        let result = elements.withUnsafeBytes { raw -> Result<Value, Stop> in
            do throws(Stop) {
                return .success(try plain(raw, dataset, count))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Lays chunks over the elements that they hold.
    ///
    /// - Parameters:
    ///   - grid: How the chunks lie.
    ///   - shape: The part that is wanted, from the first element on; its bytes fit a limit already.
    ///   - edges: Extent of the dataset, where chunks that reach over it are stored without filters.
    /// - Returns: Chunks of that part that are not there.
    private func gather(
        _ chunks: [StoredChunk], of grid: ChunkGrid, into shape: [Int], _ filters: NativeFilters, edgesIn edges: [Int]?,
        _ result: inout [UInt8]
    ) throws(Stop) -> Int {
        let chunk = grid.chunk
        let width = filters.elementBytes
        guard chunk.count == shape.count, let total = product(shape + [width]), let last = chunk.indices.last,
            result.count == total
        else { throw .damaged(.chunkSize) }
        // Each place has one chunk; more would be endless work.
        var left = product(zip(shape, chunk).map { ($0 &- 1) / $1 &+ 1 }) ?? 0
        for piece in chunks {
            let offset = try grid.offset(piece.position)
            guard zip(offset, shape).allSatisfy({ $0 < $1 }) else { continue }
            guard left > 0, zip(offset, chunk).allSatisfy({ $0 % $1 == 0 }) else { throw .damaged(.chunkSize) }
            left &-= 1
            let isEdge = edges.map { edges in chunk.indices.contains { edges[$0] &- offset[$0] < chunk[$0] } } ?? false
            let source = try elements(of: piece, filters, isEdge: isEdge)
            let extent = zip(zip(offset, shape), chunk).map { min($1, $0.1 &- $0.0) }
            let run = extent[last] &* width
            var index = [Int](repeating: 0, count: chunk.count)
            repeat {
                var from = 0
                var to = 0
                for axis in chunk.indices {
                    from = from &* chunk[axis] &+ index[axis]
                    to = to &* shape[axis] &+ offset[axis] &+ index[axis]
                }
                result.replaceSubrange(
                    (to &* width)..<(to &* width &+ run), with: source[(from &* width)..<(from &* width &+ run)])
            } while Self.advance(&index, within: extent)
        }
        return left
    }

    private func elements(
        of piece: StoredChunk, _ filters: NativeFilters, isEdge: Bool
    ) throws(Stop) -> [UInt8] {
        guard let count = Int(exactly: piece.bytes) else { throw .damaged(.chunkOutside) }
        let stored = try bytes.view(at: piece.address, count: count)
        if filters.isEmpty || isEdge {
            guard count == filters.chunkBytes else { throw .damaged(.chunkElements) }
            return Array(stored)
        }
        try bytes.spend(filters.chunkBytes)
        return try filters.undone(stored, skipped: piece.skipped)
    }

    /// The next row: all dimensions but the last count up.
    private static func advance(_ index: inout [Int], within extent: [Int]) -> Bool {
        for axis in index.indices.dropLast().reversed() {
            index[axis] &+= 1
            if index[axis] < extent[axis] { return true }
            index[axis] = 0
        }
        return false
    }
}

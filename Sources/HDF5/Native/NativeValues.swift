// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads elements of datasets that lie in the file as they are.
struct NativeValues {
    let bytes: FormatBytes
    let reading: ValueReading

    /// The first elements of a dataset, in this shape.
    func value(of dataset: PlainDataset, first: [Int]) throws(NotPlain) -> Value {
        guard dataset.type.isOrdinary, let width = reading.elementBytes(dataset.type.type),
            width == dataset.type.bytes, let count = product(first), let total = product([count, width])
        else { throw NotPlain() }
        if count == 0 { return try reading.plainValue(dataset.type.type, .init(start: nil, count: 0), 0) }
        switch dataset.stored.place {
        case .inside(let data): return try reading.plainValue(dataset.type.type, data, count)
        case .contiguous(let address, let stored):
            guard address != noAddress else {
                return try plain(try dataset.fill.elements(count, width: width), dataset, count)
            }
            guard stored >= UInt64(total) else { throw NotPlain() }
            return try reading.plainValue(dataset.type.type, try bytes.view(at: address, count: total), count)
        case .chunks(let chunks, let grid):
            guard let chunkBytes = product(grid.chunk + [width]),
                dataset.filters.isEmpty || dataset.stored.filtersEdges
            else { throw NotPlain() }
            let filters = NativeFilters(filters: dataset.filters, chunkBytes: chunkBytes, elementBytes: width)
            var elements = try dataset.fill.elements(count, width: width)
            try gather(chunks, of: grid, into: first, filters, &elements)
            return try plain(elements, dataset, count)
        case .elsewhere: throw NotPlain()
        }
    }

    private func plain(_ elements: [UInt8], _ dataset: PlainDataset, _ count: Int) throws(NotPlain) -> Value {
        let value = elements.withUnsafeBytes { try? reading.plainValue(dataset.type.type, $0, count) }
        guard let value else { throw NotPlain() }
        return value
    }

    /// Lays chunks over the elements that they hold.
    ///
    /// - Parameters:
    ///   - grid: How the chunks lie.
    ///   - shape: The part that is wanted, from the first element on; its bytes fit a limit already.
    private func gather(
        _ chunks: [StoredChunk], of grid: ChunkGrid, into shape: [Int], _ filters: NativeFilters,
        _ result: inout [UInt8]
    ) throws(NotPlain) {
        let chunk = grid.chunk
        let width = filters.elementBytes
        guard chunk.count == shape.count, let total = product(shape + [width]), let last = chunk.indices.last,
            result.count == total
        else { throw NotPlain() }
        // Each place has one chunk; more would be endless work.
        var left = product(zip(shape, chunk).map { ($0 &- 1) / $1 &+ 1 }) ?? 0
        for piece in chunks {
            let offset = try grid.offset(piece.position)
            guard zip(offset, shape).allSatisfy({ $0 < $1 }) else { continue }
            guard left > 0, zip(offset, chunk).allSatisfy({ $0 % $1 == 0 }) else { throw NotPlain() }
            left &-= 1
            let source = try elements(of: piece, filters)
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
    }

    private func elements(of piece: StoredChunk, _ filters: NativeFilters) throws(NotPlain) -> [UInt8] {
        guard let count = Int(exactly: piece.bytes) else { throw NotPlain() }
        if !filters.filters.isEmpty { try bytes.spend(filters.chunkBytes) }
        return try filters.undone(try bytes.view(at: piece.address, count: count), skipped: piece.skipped)
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

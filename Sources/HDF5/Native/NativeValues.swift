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
        case .chunks(let chunks):
            guard dataset.filters.isEmpty, case .chunked(let chunk, _) = dataset.stored.layout else { throw NotPlain() }
            var elements = try dataset.fill.elements(count, width: width)
            try gather(
                chunks, of: chunk, most: dataset.extent.maxShape ?? [], into: first, width: width, &elements)
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
    ///   - chunk: Elements of a chunk by dimension.
    ///   - most: Largest extent of the dataset.
    ///   - shape: The part that is wanted, from the first element on; its bytes fit a limit already.
    private func gather(
        _ chunks: [StoredChunk], of chunk: [Int], most: [Int?], into shape: [Int], width: Int,
        _ result: inout [UInt8]
    ) throws(NotPlain) {
        guard chunk.count == shape.count, let total = product(shape + [width]), let size = product(chunk + [width]),
            let last = chunk.indices.last
        else { throw NotPlain() }
        guard result.count == total else { throw NotPlain() }
        for piece in chunks {
            let offset = try piece.offset(chunk: chunk, most: most)
            guard zip(offset, shape).allSatisfy({ $0 < $1 }) else { continue }
            guard piece.bytes == UInt64(size), zip(offset, chunk).allSatisfy({ $0 % $1 == 0 }) else { throw NotPlain() }
            let source = try bytes.view(at: piece.address, count: size)
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
                let row = UnsafeRawBufferPointer(rebasing: source[(from &* width)..<(from &* width &+ run)])
                result.withUnsafeMutableBytes { room in
                    UnsafeMutableRawBufferPointer(rebasing: room[(to &* width)..<(to &* width &+ run)])
                        .copyMemory(from: row)
                }
            } while Self.advance(&index, within: extent)
        }
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

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
            guard address != noAddress, stored >= UInt64(total) else { throw NotPlain() }
            return try reading.plainValue(dataset.type.type, try bytes.view(at: address, count: total), count)
        case .chunks(let chunks):
            guard dataset.filters.isEmpty, case .chunked(let chunk, _) = dataset.stored.layout else { throw NotPlain() }
            let gathered = try gather(chunks, of: chunk, into: first, width: width)
            let value = gathered.withUnsafeBytes { try? reading.plainValue(dataset.type.type, $0, count) }
            guard let value else { throw NotPlain() }
            return value
        case .elsewhere: throw NotPlain()
        }
    }

    /// Joins chunks; every element of the shape has to lie in one of them.
    ///
    /// - Parameters:
    ///   - chunk: Elements of a chunk by dimension.
    ///   - shape: The part that is wanted, from the first element on; its bytes fit a limit already.
    private func gather(
        _ chunks: [BTree1.Leaf], of chunk: [Int], into shape: [Int], width: Int
    ) throws(NotPlain) -> [UInt8] {
        guard chunk.count == shape.count, let total = product(shape + [width]), let size = product(chunk + [width]),
            let last = chunk.indices.last
        else { throw NotPlain() }
        var result = [UInt8](repeating: 0, count: total)
        var filled = 0
        for leaf in chunks {
            let key = try leaf.chunk(rank: chunk.count)
            var cursor = FormatCursor(key.offset)
            var offset: [Int] = []
            for _ in chunk { offset.append(try cursor.count(8)) }
            guard zip(offset, shape).allSatisfy({ $0 < $1 }) else { continue }
            guard key.size == UInt64(size), zip(offset, chunk).allSatisfy({ $0 % $1 == 0 }) else { throw NotPlain() }
            let source = try bytes.view(at: leaf.child, count: size)
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
                filled &+= run
            } while Self.advance(&index, within: extent)
        }
        guard filled == total else { throw NotPlain() }
        return result
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

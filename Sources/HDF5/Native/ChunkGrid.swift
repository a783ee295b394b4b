// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How the chunks of a dataset lie side by side, and in which order arrays of chunks count them.
///
/// - Source: HDF5 File Format Specification, fixed and extensible array indexes. Where one dimension is unlimited an
///   extensible array counts that dimension slowest, the others in their order by the largest extent.
struct ChunkGrid {
    /// Elements of a chunk by dimension; none is 0.
    let chunk: [Int]
    /// Chunks of the present extent by dimension.
    let counts: [Int]
    /// Chunks of the present extent; `Int.max` if they do not fit.
    let total: Int
    /// Dimensions as arrays count them, the slowest first.
    private let order: [Int]
    /// Chunks of the largest extent in this order; the first one is not looked at.
    private let most: [Int]
    /// Chunks of the largest extent; nil if a dimension is unlimited or they do not fit.
    let largestTotal: Int?
    /// Dimensions that are unlimited.
    let unlimited: Int

    init(chunk: [Int], extent: Extent) throws(Stop) {
        guard let shape = extent.shape, let largest = extent.maxShape, shape.count == chunk.count,
            largest.count == chunk.count, !chunk.contains(0)
        else { throw .damaged(.chunkSize) }
        func count(_ extent: Int, _ size: Int) -> Int { extent <= 0 ? 0 : (extent &- 1) / size &+ 1 }
        self.chunk = chunk
        counts = zip(shape, chunk).map(count)
        total = product(counts) ?? Int.max
        let first = largest.firstIndex { $0 == nil } ?? 0
        order = [first] + chunk.indices.filter { $0 != first }
        let fixed = zip(largest, chunk).compactMap { extent, size in extent.map { count($0, size) } }
        largestTotal = fixed.count == chunk.count ? product(fixed) : nil
        unlimited = chunk.count &- fixed.count
        most = order.map { axis in largest[axis].map { count($0, chunk[axis]) } ?? Int.max }
    }

    /// Chunks before a chunk by dimension, written to memory that holds a number a dimension.
    private func place(_ position: StoredChunk.Position, _ places: inout [Int]) throws(Stop) {
        switch position {
        case .element(let key):
            var cursor = FormatCursor(key, of: .layout)
            for axis in chunk.indices { places[axis] = try cursor.count(8) / chunk[axis] }
        case .chunks(let key):
            var cursor = FormatCursor(key, of: .layout)
            for axis in chunk.indices { places[axis] = try cursor.count(8) }
        case .number(let number):
            var rest = number
            for step in order.indices.dropFirst().reversed() {
                guard most[step] > 0 else { throw .damaged(.chunkSize) }
                places[order[step]] = rest % most[step]
                rest /= most[step]
            }
            places[order[0]] = rest
        }
    }

    /// The first element of a chunk by dimension.
    func offset(_ position: StoredChunk.Position) throws(Stop) -> [Int] {
        if case .element(let key) = position {
            var cursor = FormatCursor(key, of: .layout)
            var numbers: [Int] = []
            for _ in chunk { numbers.append(try cursor.count(8)) }
            return numbers
        }
        var places = [Int](repeating: 0, count: chunk.count)
        try place(position, &places)
        for axis in chunk.indices {
            let (product, overflow) = places[axis].multipliedReportingOverflow(by: chunk[axis])
            guard !overflow else { throw .damaged(.chunkSize) }
            places[axis] = product
        }
        return places
    }

    /// Elements of an array for one chunk along the first dimension; nil where arrays do not count that one slowest, or they
    /// cannot be counted.
    var elementsOfRow: Int? { order.first == 0 ? product(Array(most.dropFirst())) : nil }

    /// The number of a chunk of the present extent for an array that counts by the largest one.
    func arrayNumber(ofPresent number: Int) -> Int {
        var rest = number
        var places = [Int](repeating: 0, count: chunk.count)
        for axis in chunk.indices.reversed() where counts[axis] > 0 {
            places[axis] = rest % counts[axis]
            rest /= counts[axis]
        }
        return order.indices.reduce(0) { sum, step in
            step == 0 ? places[order[0]] : sum &* most[step] &+ places[order[step]]
        }
    }

    /// Runs of chunks of the present extent that are not listed, the last dimension fastest.
    ///
    /// - Returns: nil for more than `mostGaps` runs, or more chunks than can be counted.
    func gaps(between chunks: [StoredChunk]) throws(Stop) -> [Range<Int>]? {
        guard total < Int.max else { return nil }
        if chunks.count == total { return [] }
        if chunks.isEmpty { return [0..<total] }
        var numbers = try self.numbers(of: chunks).compactMap { $0 }
        numbers.sort()
        var gaps: [Range<Int>] = []
        var next = 0
        for number in numbers {
            if number > next { gaps.append(next..<number) }
            next = number &+ 1
            if gaps.count > Self.mostGaps { return nil }
        }
        if next < total { gaps.append(next..<total) }
        return gaps
    }

    /// The number of each chunk among those of the present extent, the last dimension fastest; nil for one outside of it.
    func numbers(of chunks: [StoredChunk]) throws(Stop) -> [Int?] {
        var numbers: [Int?] = []
        numbers.reserveCapacity(chunks.count)
        var places = [Int](repeating: 0, count: chunk.count)
        for piece in chunks {
            try place(piece.position, &places)
            var number = 0
            var isInside = true
            for axis in chunk.indices {
                isInside = isInside && places[axis] < counts[axis]
                number = number &* counts[axis] &+ places[axis]
            }
            numbers.append(isInside ? number : nil)
        }
        return numbers
    }

    private static let mostGaps = 65_536
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A chunk of a dataset as an index of chunks states it.
struct StoredChunk {
    /// Where the chunk lies among the others.
    enum Position {
        /// Its first element by dimension, in 8 bytes each.
        case element(UnsafeRawBufferPointer)
        /// Chunks before it by dimension, in 8 bytes each.
        case chunks(UnsafeRawBufferPointer)
        /// Chunks before it, the last dimension fastest, in the largest extent.
        case number(Int)
    }

    let address: UInt64
    let bytes: UInt64
    /// A bit for each filter that was not applied, the first one lowest.
    var skipped: UInt64 = 0
    let position: Position

    /// The first element by dimension.
    ///
    /// - Parameters:
    ///   - chunk: Extent of a chunk.
    ///   - most: Largest extent of the dataset; nil for an unlimited dimension.
    func offset(chunk: [Int], most: [Int?]) throws(NotPlain) -> [Int] {
        switch position {
        case .element(let key): return try Self.numbers(key, chunk.count)
        case .chunks(let key):
            return try Self.multiplied(try Self.numbers(key, chunk.count), chunk)
        case .number(let number):
            // Arrays that grow along another dimension than the first count in an order of their own.
            guard chunk.count == most.count, chunk.count == 1 || !most.contains(nil) else { throw NotPlain() }
            var rest = number
            var places = [Int](repeating: 0, count: chunk.count)
            for axis in chunk.indices.dropFirst().reversed() {
                guard let extent = most[axis], extent > 0, chunk[axis] > 0 else { throw NotPlain() }
                let count = (extent &- 1) / chunk[axis] &+ 1
                places[axis] = rest % count
                rest /= count
            }
            if !places.isEmpty { places[0] = rest }
            return try Self.multiplied(places, chunk)
        }
    }

    private static func numbers(_ key: UnsafeRawBufferPointer, _ rank: Int) throws(NotPlain) -> [Int] {
        var cursor = FormatCursor(key)
        var numbers: [Int] = []
        for _ in 0..<rank { numbers.append(try cursor.count(8)) }
        return numbers
    }

    private static func multiplied(_ numbers: [Int], _ chunk: [Int]) throws(NotPlain) -> [Int] {
        var result: [Int] = []
        for (number, factor) in zip(numbers, chunk) {
            let (product, overflow) = number.multipliedReportingOverflow(by: factor)
            guard !overflow else { throw NotPlain() }
            result.append(product)
        }
        return result
    }
}

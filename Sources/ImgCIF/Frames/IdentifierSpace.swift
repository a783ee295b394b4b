// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Identifiers of several linked columns in one numbering, so that links are comparisons of integers.
struct IdentifierSpace {
    private var numbers: [String: UInt32] = [:]

    /// The number of a text, given when first seen.
    mutating func number(_ text: String) -> UInt32 {
        if let known = numbers[text] { return known }
        let next = UInt32(truncatingIfNeeded: numbers.count)
        numbers[text] = next
        return next
    }

    /// Each row of a column as a number of this space; null rows, or rows of an absent column, become `standIn`.
    mutating func numbers(_ column: CodedColumn, count: Int, standIn: UInt32) -> [UInt32] {
        let shared = column.names.map { number($0) }
        var result = [UInt32](repeating: standIn, count: count)
        for row in 0..<min(count, column.codes.count) {
            let code = Int(column.codes[row])
            if code < shared.count { result[row] = shared[code] }
        }
        return result
    }
}

/// Rows that share an id, as chains through two arrays: linear to build, and to walk in row order.
struct RowChains {
    private var first: [UInt32: Int32]
    private var next: [Int32]

    init(ids: [UInt32]) {
        first = [UInt32: Int32](minimumCapacity: ids.count)
        next = [Int32](repeating: -1, count: ids.count)
        for row in ids.indices.reversed() {
            if let later = first[ids[row]] { next[row] = later }
            first[ids[row]] = Int32(truncatingIfNeeded: row)
        }
    }

    /// Calls `body` with every row of an id, until it answers false.
    func forEachRow(of id: UInt32, _ body: (Int32) -> Bool) {
        var row = first[id] ?? -1
        while row >= 0, body(row) { row = next[Int(row)] }
    }
}

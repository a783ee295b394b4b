// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

/// Identifiers of several linked columns in one numbering, so that links are comparisons of integers.
///
/// An open hash table over bytes of its own: no String is made for a row.
struct IdentifierSpace {
    /// What stands for a row without a value.
    static let null = UInt32.max

    private var slots = [UInt32](repeating: UInt32.max, count: 64)
    private var bytes: [UInt8] = []
    private var known: [(start: Int, count: Int, hash: UInt64)] = []

    /// How many numbers are given; numbers run from 0.
    var count: Int { known.count }

    /// The number of a text, given when first seen.
    mutating func number(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { number($0) }
    }

    mutating func number(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = ByteHash.of(text)
        var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
        while slots[slot] != UInt32.max {
            let other = known[Int(slots[slot])]
            if other.hash == hash, other.count == text.count, isEqual(text, at: other.start) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(truncatingIfNeeded: known.count)
        slots[slot] = number
        known.append((bytes.count, text.count, hash))
        bytes.append(contentsOf: text)
        if known.count * 2 > slots.count { grow() }
        return number
    }

    private func isEqual(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for index in 0..<text.count where bytes[start &+ index] != text[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: UInt32.max, count: slots.count * 2)
        for (number, item) in known.enumerated() {
            var slot = Int(truncatingIfNeeded: item.hash >> 20) & (slots.count - 1)
            while slots[slot] != UInt32.max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: number)
        }
    }
}

/// A column of identifiers, each row as its number in an `IdentifierSpace`.
struct LinkedColumn {
    let column: CIF.Column?
    /// Rows with '.', and all rows of an absent column, have the number they were given to stand in; '?' has none.
    private(set) var numbers: [UInt32]
    /// The first row that has a value.
    private(set) var firstRow: Int?
    /// No row has another value than the first.
    private(set) var isUniform = true

    init(_ column: CIF.Column?, count: Int, standIn: UInt32, in space: inout IdentifierSpace) {
        self.column = column
        numbers = [UInt32](repeating: standIn, count: count)
        guard let column else { return }
        var (first, uniform): (Int?, Bool) = (nil, true)
        var firstNumber = UInt32.max
        numbers.withUnsafeMutableBufferPointer { numbers in
            column.forEachUTF8 { row, bytes, kind in
                guard row < count else { return }
                let number: UInt32
                switch kind {
                case .bare, .quoted, .tripleQuoted: number = space.number(bytes)
                case .unknown:
                    // A default holds for what is left out, not for what is unknown.
                    numbers[row] = IdentifierSpace.null
                    return
                default:
                    guard let text = column.text(row) else { return }
                    number = space.number(text)
                }
                numbers[row] = number
                if first == nil {
                    (first, firstNumber) = (row, number)
                } else if number != firstNumber {
                    uniform = false
                }
            }
        }
        (firstRow, isUniform) = (first, uniform)
    }

    var isPresent: Bool { column != nil }

    /// The first value as text.
    var firstText: String? { firstRow.flatMap { text($0) } }

    func text(_ row: Int) -> String? {
        guard let column, row >= 0, row < column.count else { return nil }
        return column.text(row)
    }

    func hasValue(_ row: Int) -> Bool {
        guard let column, row >= 0, row < column.count else { return false }
        switch column.kind(row) {
        case .inapplicable, .unknown: return false
        default: return true
        }
    }

    /// Every row with this number.
    mutating func fill(_ number: UInt32) {
        for row in numbers.indices { numbers[row] = number }
    }

    /// Each row with a number of its own.
    mutating func setNumbers(_ number: (Int) -> UInt32) {
        for row in numbers.indices { numbers[row] = number(row) }
    }
}

/// Rows that share a number, as chains through two arrays: linear to build, and to walk in row order.
struct RowChains {
    private var first: [Int32]
    private var next: [Int32]

    /// - Parameter count: How many numbers there are; rows with others are in no chain.
    init(_ numbers: [UInt32], count: Int) {
        first = [Int32](repeating: -1, count: count)
        next = [Int32](repeating: -1, count: numbers.count)
        for row in numbers.indices.reversed() {
            let number = Int(numbers[row])
            guard number < count else { continue }
            next[row] = first[number]
            first[number] = Int32(truncatingIfNeeded: row)
        }
    }

    /// The first row with a number; -1 without one.
    func firstRow(_ number: UInt32) -> Int32 { Int(number) < first.count ? first[Int(number)] : -1 }

    /// Calls `body` with every row of a number, until it answers false.
    func forEachRow(of number: UInt32, _ body: (Int32) -> Bool) {
        var row = firstRow(number)
        while row >= 0, body(row) { row = next[Int(row)] }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// The items of an enumeration, compared in the type of the value.
///
/// - Source: nxdl.xsd, enumeration; an item in square brackets is an array, compared as a whole.
struct EnumerationItems: Sendable {
    private let items: [String]
    /// Items in square brackets.
    private let arrays: [String]

    init(_ items: [String]) {
        self.items = items
        arrays = items.filter { $0.utf8.first == 0x5B && $0.utf8.last == 0x5D }
    }

    /// The first element, or the whole array, that is not among the items; nil where all are.
    func firstOutside(_ value: Value, of type: DataType) -> String? {
        switch value {
        case .strings(let texts):
            if !arrays.isEmpty {
                let plain = texts.map(\.string)
                if arrays.contains(where: { Self.parts($0) == plain }) { return nil }
            }
            return texts.first { !$0.string.isEmpty && !items.contains($0.string) }?.string
        case .integers, .unsigned, .reals:
            guard let numbers = value.doubles else { return nil }
            // Values of 32 bits are compared in their precision, in which 0.1 is another number than in 64.
            let isSingle = if case .float(let bytes, _) = type { bytes <= 4 } else { false }
            if !arrays.isEmpty {
                let fits = arrays.contains { array in
                    let parts = Self.parts(array).map { Self.number($0, isSingle: isSingle) }
                    return parts.count == numbers.count && zip(parts, numbers).allSatisfy { $0 == $1 }
                }
                if fits { return nil }
                if arrays.count == items.count { return "[\(numbers.map(Self.text).joined(separator: ", "))]" }
            }
            let allowed = items.compactMap { Self.number($0, isSingle: isSingle) }
            return numbers.first { !allowed.contains($0) }.map(Self.text)
        case .null, .notRead:
            return nil
        }
    }

    /// The elements of an item in square brackets, without blanks and quotes around them.
    private static func parts(_ array: String) -> [String] {
        array.dropFirst().dropLast().split(separator: ",").map { part in
            let isAround: (Character) -> Bool = { $0 == " " || $0 == "'" || $0 == "\"" }
            return String(part.drop(while: isAround).reversed().drop(while: isAround).reversed())
        }
    }

    private static func number(_ item: String, isSingle: Bool) -> Double? {
        switch item.lowercased() {
        case "true": 1
        case "false": 0
        default: isSingle ? Float(item).map(Double.init) : Double(item)
        }
    }

    private static func text(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? String(number)
    }
}

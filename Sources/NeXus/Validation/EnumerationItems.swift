// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// The items of an enumeration, compared in the type of the value.
///
/// - Source: nxdl.xsd, enumeration; an item in square brackets is an array, compared as a whole.
struct EnumerationItems {
    private let items: [String]
    /// Whether values have the precision of 32 bits, in which 0.1 is another number than in 64.
    private let isSingle: Bool

    init(_ items: [String], of type: DataType) {
        self.items = items
        isSingle = if case .float(let bytes, _) = type { bytes <= 4 } else { false }
    }

    /// The first element, or the whole array, that is not among the items; nil where all are.
    func firstOutside(_ value: Value) -> String? {
        let arrays = items.filter { $0.hasPrefix("[") && $0.hasSuffix("]") }
        switch value {
        case .strings(let texts):
            let plain = texts.map(\.string)
            if !arrays.isEmpty, arrays.contains(where: { Self.parts($0) == plain }) { return nil }
            return plain.first { !$0.isEmpty && !items.contains($0) }
        case .integers, .unsigned, .reals:
            guard let numbers = value.doubles else { return nil }
            if !arrays.isEmpty {
                let fits = arrays.contains { array in
                    let parts = Self.parts(array).map(number)
                    return parts.count == numbers.count && zip(parts, numbers).allSatisfy { $0 == $1 }
                }
                if fits { return nil }
                if arrays.count == items.count { return "[\(numbers.map(Self.text).joined(separator: ", "))]" }
            }
            let allowed = items.compactMap(number)
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

    private func number(_ item: String) -> Double? {
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

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import JSON

extension JSONValue {
    /// An object without the members that have no value.
    static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    /// An array; nil when it would be empty.
    static func list(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .array(values) }

    /// A text; nil when there is none.
    static func text(_ leaf: Leaf?) -> JSONValue? { leaf.map { .string($0.value) } }

    /// A number where the text is one, else the text as it is.
    static func numeral(_ leaf: Leaf?) -> JSONValue? {
        guard let leaf else { return nil }
        if let whole = Int(leaf.value) { return .integer(whole) }
        if let number = Double(leaf.value), number.isFinite { return .number(number) }
        return .string(leaf.value)
    }
}

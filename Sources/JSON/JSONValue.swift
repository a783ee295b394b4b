// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON value; objects keep the order of the text.
public indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// The value of the first member with this name; nil when there is none or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// A number, whole or not.
    public var double: Double? {
        switch self {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: return nil
        }
    }

    /// A whole number, also when it is written as 3.0.
    public var integer: Int? {
        switch self {
        case .integer(let value): return value
        case .number(let value): return Int(exactly: value)
        default: return nil
        }
    }

    /// The value of `true` or `false`; nil for anything else.
    public var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The elements of an array; nil when this is none.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The members of an object in the order of the text; nil when this is none.
    public var members: [JSONMember]? {
        if case .object(let members) = self { return members }
        return nil
    }
}

/// A name and its value in a JSON object.
public struct JSONMember: Sendable, Hashable {
    /// The name of the member, escapes undone.
    public let name: String
    /// The value of the member.
    public let value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// Why a text is no JSON, with the place.
public struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// From 1; columns count bytes.
    public let line: Int
    /// Column from 1, in bytes.
    public let column: Int
    /// What stands there and what was expected, lower case.
    public let reason: String

    public var description: String { "line \(line), column \(column): \(reason)" }
}

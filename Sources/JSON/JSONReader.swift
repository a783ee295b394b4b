// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON, or JSON5, from bytes.
///
/// JSON5 adds comments, trailing commas, names without quotes, single quotes, hexadecimal numbers and a leading plus sign.
/// - Source: RFC 8259; json5.org specification 1.0.
public struct JSONReader {
    /// Which grammar a text is read by: RFC 8259, or JSON5 with comments and bare keys.
    public enum Dialect: Sendable { case json, json5 }

    /// Nested arrays and objects beyond this depth are refused.
    public static let depthLimit = 128

    /// Where values and names of members begin, in the order of the text.
    struct Offsets {
        var values: [Int] = []
        var names: [Int] = []
    }

    let bytes: [UInt8]
    let dialect: Dialect
    var index = 0
    /// Nil: nobody asks.
    private var offsets: Offsets?

    /// The value that a text holds.
    ///
    /// - Throws: JSONFault with the place of the first fault.
    public static func read(_ bytes: [UInt8], _ dialect: Dialect = .json) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes, dialect: dialect)
        return try reader.document()
    }

    /// The same, with the places of everything.
    static func read(_ bytes: [UInt8], _ dialect: Dialect, offsets: inout Offsets) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes, dialect: dialect)
        reader.offsets = Offsets()
        let value = try reader.document()
        offsets = reader.offsets ?? Offsets()
        return value
    }

    private mutating func document() throws(JSONFault) -> JSONValue {
        try skipBlanks()
        let value = try value(depth: 0)
        try skipBlanks()
        guard index == bytes.count else { throw fault("something follows the value") }
        return value
    }

    private init(bytes: [UInt8], dialect: Dialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    func fault(_ reason: String) -> JSONFault {
        var line = 1
        var start = 0
        for (offset, byte) in bytes.prefix(index).enumerated() where byte == 0x0A {
            line += 1
            start = offset + 1
        }
        return JSONFault(line: line, column: min(index, bytes.count) - start + 1, reason: reason)
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.depthLimit else { throw fault("values are nested more than \(Self.depthLimit) deep") }
        guard let byte = current else { throw fault("the text ends where a value is expected") }
        offsets?.values.append(index)
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try text(until: byte))
        case UInt8(ascii: "'") where dialect == .json5: return .string(try text(until: byte))
        default: return try word()
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        index += 1
        var members: [JSONMember] = []
        while true {
            try skipBlanks()
            if try closes(UInt8(ascii: "}"), afterComma: !members.isEmpty) { return .object(members) }
            let name = try memberName()
            try skipBlanks()
            guard current == UInt8(ascii: ":") else { throw fault("a colon is expected after '\(name)'") }
            index += 1
            try skipBlanks()
            members.append(JSONMember(name, try value(depth: depth + 1)))
            try skipBlanks()
            if try ends(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        while true {
            try skipBlanks()
            if try closes(UInt8(ascii: "]"), afterComma: !elements.isEmpty) { return .array(elements) }
            elements.append(try value(depth: depth + 1))
            try skipBlanks()
            if try ends(UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Whether the bracket closes where an element could begin: an empty list, or a trailing comma of JSON5.
    private mutating func closes(_ bracket: UInt8, afterComma: Bool) throws(JSONFault) -> Bool {
        guard current == bracket else { return false }
        guard !afterComma || dialect == .json5 else { throw fault("nothing follows the comma") }
        index += 1
        return true
    }

    /// Whether the bracket closes after an element; false after a comma.
    private mutating func ends(_ bracket: UInt8) throws(JSONFault) -> Bool {
        guard let byte = current, byte == bracket || byte == UInt8(ascii: ",") else {
            throw fault("a comma or '\(Unicode.Scalar(bracket))' is expected")
        }
        index += 1
        return byte == bracket
    }

    private mutating func memberName() throws(JSONFault) -> String {
        guard let byte = current else { throw fault("the text ends inside an object") }
        offsets?.names.append(index)
        if byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "'") && dialect == .json5) {
            return try text(until: byte)
        }
        let start = index
        if dialect == .json5 {
            while let byte = current, isNameByte(byte) { index += 1 }
        }
        guard index > start else { throw fault("a name in quotes is expected") }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
            return true
        default: return false
        }
    }

    mutating func skipBlanks() throws(JSONFault) {
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case UInt8(ascii: "/") where dialect == .json5: try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONFault) {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if next == UInt8(ascii: "/") {
            while let byte = current, byte != 0x0A { index += 1 }
            return
        }
        guard next == UInt8(ascii: "*") else { throw fault("'/' begins no comment") }
        var after = index + 2
        while after + 1 < bytes.count {
            if bytes[after] == UInt8(ascii: "*"), bytes[after + 1] == UInt8(ascii: "/") {
                index = after + 2
                return
            }
            after += 1
        }
        throw fault("the comment is never closed")
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// Writes JSON as it comes, with the same bytes for the same calls.
///
/// Numbers are the shortest that read back to the same value; infinities and NaN, which JSON does not know, become null.
public struct JSONWriter: ~Copyable {
    /// Several lines with two blanks of indent, or one line without blanks.
    public enum Layout: Sendable { case indented, compact }

    private var bytes: [UInt8] = []
    private let layout: Layout
    private var depth = 0
    private let outer: Int
    private var isFirst = true
    private var followsName = false

    /// - Parameter depth: Arrays and objects that the text will stand in, for the indent.
    public init(_ layout: Layout, depth: Int = 0) {
        self.layout = layout
        outer = depth
    }

    /// The value that was written, to stand in another text.
    public consuming func finishValue() -> [UInt8] { bytes }

    /// The text so far, with a line feed at its end.
    public consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// An object as the next value.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { nested("{", "}", body) }

    /// An array as the next value.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nested("[", "]", body) }

    /// The name of a member; its value is written next.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        if layout == .indented { bytes.append(UInt8(ascii: " ")) }
        followsName = true
    }

    /// A member with an object.
    public mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        object(body)
    }

    /// A member with an array.
    public mutating func array(_ name: String, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        array(body)
    }

    /// A member with a text, or null.
    public mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    /// A member with a whole number, or null.
    public mutating func member(_ name: String, _ value: Int?) {
        self.name(name)
        if let value { integer(value) } else { null() }
    }

    /// A member with a number, or null.
    public mutating func member(_ name: String, _ value: Double?) {
        self.name(name)
        if let value { number(value) } else { null() }
    }

    /// A member with a truth value.
    public mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        bool(value)
    }

    /// A member with a value read or built elsewhere.
    public mutating func member(_ name: String, _ value: JSONValue) {
        self.name(name)
        self.value(value)
    }

    /// Writes a string with the escapes it needs.
    public mutating func string(_ value: String) {
        separate()
        quote(value)
    }

    /// Writes a whole number.
    public mutating func integer(_ value: Int) { plain(String(value)) }

    /// Writes a number; `null` stands for what is not finite.
    public mutating func number(_ value: Double) { plain(value.isFinite ? value.description : "null") }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { plain(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { plain("null") }

    /// A value written elsewhere, as it is.
    public mutating func written(_ value: [UInt8]) {
        separate()
        bytes += value
    }

    /// A value read or built elsewhere.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .integer(let integer): self.integer(integer)
        case .number(let number): self.number(number)
        case .string(let text): string(text)
        case .array(let elements): array { json in for element in elements { json.value(element) } }
        case .object(let members):
            object { json in
                for member in members {
                    json.name(member.name)
                    json.value(member.value)
                }
            }
        }
    }

    private mutating func nested(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        if !isFirst { newLine() }
        bytes.append(UInt8(ascii: closing))
        isFirst = false
    }

    private mutating func separate() {
        if followsName {
            followsName = false
            return
        }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if depth > 0 { newLine() }
        isFirst = false
    }

    private mutating func newLine() {
        guard layout == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<(2 * (outer + depth)) { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func plain(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// What could hide, turn or forge what a person sees of the text is written as `\u`, and reads back as it was.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // What stands between two characters that are escaped is copied as it is.
            var start = 0
            for at in utf8.indices {
                let byte = utf8[at]
                if byte < 0x80 {
                    guard Self.isEscaped(byte) else { continue }
                    bytes.append(contentsOf: utf8[start..<at])
                    escape(byte)
                    start = at + 1
                } else if byte >= 0xC2, let (scalar, count) = Self.scalar(utf8, at), Escaping.isHidden(scalar) {
                    bytes.append(contentsOf: utf8[start..<at])
                    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { escape(unit: unit) }
                    start = at + count
                }
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The scalar that begins at a place of valid UTF-8, and its bytes.
    private static func scalar(_ utf8: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
        let lead = UInt32(utf8[at])
        let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard at + count <= utf8.count else { return nil }
        var value = lead & (0xFF >> UInt32(count + 1))
        for place in (at + 1)..<(at + count) { value = value << 6 | UInt32(utf8[place] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, count) }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        default: escape(unit: UInt16(byte))
        }
    }

    private mutating func escape(unit: UInt16) {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: "\\u".utf8)
        for _ in digits.utf8.count..<4 { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: digits.utf8)
    }
}

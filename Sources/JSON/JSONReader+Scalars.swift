// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// A number, true, false or null.
    mutating func word() throws(JSONFault) -> JSONValue {
        let start = index
        while let byte = current, isWordByte(byte) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: break
        }
        if let number = number(word) { return number }
        index = start
        throw fault(word.isEmpty ? "a value is expected" : "'\(word)' is no value")
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return true
        default: return false
        }
    }

    private func number(_ word: String) -> JSONValue? {
        var text = Substring(word)
        if dialect == .json5 {
            let isNegative = text.hasPrefix("-")
            let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
            if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
                guard let value = Int(digits.dropFirst(2), radix: 16) else { return nil }
                return .integer(isNegative ? -value : value)
            }
            if text.hasPrefix("+") { text = digits }
        }
        guard let first = text.utf8.first, hasPlainShape(text) else { return nil }
        if dialect == .json, first == UInt8(ascii: "+") || first == UInt8(ascii: ".") { return nil }
        if let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { return nil }
        return .number(value)
    }

    /// Digits, signs, point and exponent only: no "nan", no "inf", no leading zero as in 012.
    private func hasPlainShape(_ text: Substring) -> Bool {
        let unsigned = Array(text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...])
        guard let first = unsigned.first else { return false }
        let second = unsigned.count > 1 ? unsigned[1] : 0
        let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        guard isDigit(first) || (first == UInt8(ascii: ".") && dialect == .json5) else { return false }
        return !(first == UInt8(ascii: "0") && isDigit(second))
            && unsigned.allSatisfy { isDigit($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
    }

    /// The text up to the closing quote, with escapes resolved; bytes that are no UTF-8 become U+FFFD.
    mutating func text(until quote: UInt8) throws(JSONFault) -> String {
        index += 1
        var result: [UInt8] = []
        while let byte = current {
            index += 1
            switch byte {
            case quote: return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &result)
            case 0..<0x20:
                index -= 1
                throw fault("a control character stands in a text")
            default: result.append(byte)
            }
        }
        throw fault("the text ends inside quotes")
    }

    private mutating func escape(into result: inout [UInt8]) throws(JSONFault) {
        guard let byte = current else { throw fault("the text ends after a backslash") }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "'") where dialect == .json5: result.append(byte)
        case 0x0A where dialect == .json5: break
        case UInt8(ascii: "u"): result.append(contentsOf: String(Character(try scalar())).utf8)
        default: throw fault("'\\\(Unicode.Scalar(byte))' is no escape")
        }
    }

    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try hexadecimal()
        if first >= 0xD800, first < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            let second = try hexadecimal()
            guard second >= 0xDC00, second < 0xE000 else { return "\u{FFFD}" }
            return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits are expected") }
        index += 4
        return value
    }
}

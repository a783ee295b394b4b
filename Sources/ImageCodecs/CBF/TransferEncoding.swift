// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How the bytes of a binary section are written as text.
///
/// - Source: RFC 2045 sections 6.7 and 6.8; imgCIF dictionary, `_array_data.data`, X-BASE8, X-BASE10, X-BASE16
/// and X-BASE32K.
public enum TransferEncoding: Sendable, Hashable, CaseIterable {
    case binary, base64, quotedPrintable, base8, base10, base16, base32k

    /// By the value of Content-Transfer-Encoding; nil for one that is not decoded here.
    public init?(_ name: String) {
        switch name.filter({ $0 != "\"" && $0 != " " }).uppercased() {
        case "BINARY", "": self = .binary
        case "BASE64": self = .base64
        case "QUOTED-PRINTABLE": self = .quotedPrintable
        case "X-BASE8": self = .base8
        case "X-BASE10": self = .base10
        case "X-BASE16": self = .base16
        case "X-BASE32K": self = .base32k
        default: return nil
        }
    }

    /// The bytes behind the text of a section, which begins behind its header and ends with the line break before its
    /// boundary.
    ///
    /// - Parameters:
    ///   - text: Lines of either kind of line break; binary bytes for `binary`.
    ///   - count: Bytes that come out, by X-Binary-Size; nil where it is not told.
    /// - Throws: If the text is none of this encoding, or others come out.
    public func decode(_ text: [UInt8], bytes count: Int? = nil) throws(CodecFault) -> [UInt8] {
        let bytes: [UInt8]
        switch self {
        case .binary:
            guard let count else { return text }
            guard count >= 0, count <= text.count else { throw .short(at: text.count) }
            return Array(text[..<count])
        case .base64: bytes = try Base64.decode(text)
        case .quotedPrintable: bytes = try QuotedPrintable.decode(text)
        case .base8: bytes = try NumberLines.decode(text, base: 8)
        case .base10: bytes = try NumberLines.decode(text, base: 10)
        case .base16: bytes = try NumberLines.decode(text, base: 16)
        case .base32k: bytes = try Base32K.decode(text)
        }
        guard let count else { return bytes }
        guard bytes.count >= count else { throw .short(at: bytes.count) }
        guard bytes.count == count else { throw .excess(bytes: bytes.count - count) }
        return bytes
    }
}

private enum Base64 {
    static func decode(_ text: [UInt8]) throws(CodecFault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var held: UInt32 = 0
        var digits = 0
        var padding = 0
        for (place, character) in text.enumerated() {
            if isBlank(character) { continue }
            if character == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let digit = value(of: character) else { throw .damaged(block: place / 4) }
            held = held << 6 | digit
            digits += 1
            if digits % 4 == 0 {
                for shift: UInt32 in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: held >> shift)) }
                held = 0
            }
        }
        // Two digits left over are one byte, three are two; the rest of four is padding.
        switch (digits % 4, padding) {
        case (0, 0): break
        case (2, 2): bytes.append(UInt8(truncatingIfNeeded: held >> 4))
        case (3, 1): for shift: UInt32 in [10, 2] { bytes.append(UInt8(truncatingIfNeeded: held >> shift)) }
        default: throw .short(at: text.count)
        }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) - 48 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

private enum QuotedPrintable {
    static func decode(_ text: [UInt8]) throws(CodecFault) -> [UInt8] {
        // Line breaks before the boundary belong to it.
        var end = text.count
        while end > 0, isLineBreak(text[end - 1]) { end -= 1 }
        var bytes: [UInt8] = []
        var next = 0
        while next < end {
            let character = text[next]
            next += 1
            guard character == UInt8(ascii: "=") else {
                bytes.append(character)
                continue
            }
            // A line that goes on: blanks behind the sign, then a line break, or the end of all.
            var blank = next
            while blank < end, text[blank] == 32 || text[blank] == 9 { blank += 1 }
            if blank == end { break }
            if isLineBreak(text[blank]) {
                next = blank + (text[blank] == 13 && blank + 1 < end && text[blank + 1] == 10 ? 2 : 1)
                continue
            }
            guard next + 1 < end else { throw .short(at: text.count) }
            guard let high = digit(text[next], base: 16), let low = digit(text[next + 1], base: 16) else {
                throw .damaged(block: next)
            }
            bytes.append(UInt8(high << 4 | low))
            next += 2
        }
        return bytes
    }
}

/// Numbers in lines such as `H4> FFFFFFFF 1 4`: base, bytes of a number, and which of them comes first.
private enum NumberLines {
    static func decode(_ text: [UInt8], base: UInt64) throws(CodecFault) -> [UInt8] {
        let letter: UInt8 = base == 8 ? UInt8(ascii: "O") : base == 10 ? UInt8(ascii: "D") : UInt8(ascii: "H")
        var bytes: [UInt8] = []
        // The last number has to end: a digit less would be another number.
        guard text.last.map(isBlank) ?? true else { throw .short(at: text.count) }
        for (number, line) in text.split(whereSeparator: isLineBreak).enumerated() {
            guard let first = line.first, first != UInt8(ascii: "#"), !line.allSatisfy(isBlank) else { continue }
            let head = Array(line.prefix(3))
            guard head.count == 3, head[0] & 0xDF == letter, head[1] > 48, head[1] <= 56,
                head[2] == UInt8(ascii: ">") || head[2] == UInt8(ascii: "<")
            else { throw .damaged(block: number) }
            for word in line.dropFirst(3).split(whereSeparator: isBlank) {
                guard let decoded = bytesOf(word, base, width: Int(head[1]) - 48, isLow: head[2] == UInt8(ascii: ">"))
                else { throw .damaged(block: number) }
                bytes += decoded
            }
        }
        return bytes
    }

    /// The bytes of a number; each that it lacks is marked by two signs of equality, behind it or before.
    private static func bytesOf(_ word: ArraySlice<UInt8>, _ base: UInt64, width: Int, isLow: Bool) -> [UInt8]? {
        let signs = word.count { $0 == UInt8(ascii: "=") }
        let digits = isLow ? word.dropLast(signs) : word.dropFirst(signs)
        let count = width - signs / 2
        guard signs % 2 == 0, count > 0, !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for character in digits {
            guard let digit = digit(character, base: base) else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: base)
            let (sum, isBeyond) = product.addingReportingOverflow(digit)
            guard !isTooLarge, !isBeyond else { return nil }
            value = sum
        }
        guard count == 8 || value >> UInt64(8 * count) == 0 else { return nil }
        return (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (isLow ? $0 : count - 1 - $0))) }
    }
}

private func digit(_ character: UInt8, base: UInt64) -> UInt64? {
    let value: UInt64
    switch character {
    case 48...57: value = UInt64(character) - 48
    case 65...70: value = UInt64(character) - 55
    case 97...102: value = UInt64(character) - 87
    default: return nil
    }
    return value < base ? value : nil
}

private func isLineBreak(_ character: UInt8) -> Bool { character == 10 || character == 13 }

private func isBlank(_ character: UInt8) -> Bool { character == 32 || character == 9 || isLineBreak(character) }

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: White space and lines

    /// Passes white space and comments.
    @inline(__always)
    mutating func skipSpace() {
        while at < end {
            let byte = bytes[at]
            if byte == Byte.space || byte == Byte.tab {
                at &+= 1
            } else if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                passLineEnd()
            } else if byte == Byte.hash {
                skipComment()
            } else if byte == 0 {
                if passZeros() { return }
            } else if byte < 32 {
                passControl()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() {
        let start = at
        at = lineEnd(from: start)
        settle(start..<at)
    }

    /// Passes a run of zeros between tokens.
    ///
    /// - Returns: True, and nothing passed, when they fill up the file behind a binary section, as some writers do.
    private mutating func passZeros() -> Bool {
        var stop = at
        while stop < end, bytes[stop] == 0 { stop &+= 1 }
        if stop == end, !sections.isEmpty { return true }
        inspect(at..<stop)
        at = stop
        return false
    }

    /// A control character between tokens counts as white space.
    private mutating func passControl() {
        inspect(at..<at &+ 1)
        at &+= 1
    }

    /// Passes LF, CR or CRLF at `at` and keeps the books of lines.
    @inline(__always)
    mutating func passLineEnd() {
        if at &- lineStart > limits.lineCharacters { checkLine() }
        if bytes[at] == Byte.carriageReturn, at &+ 1 < end, bytes[at &+ 1] == Byte.lineFeed { at &+= 1 }
        at &+= 1
        startLine()
    }

    @inline(__always)
    mutating func startLine() {
        lineStart = at
        line &+= 1
        if line & (LineIndex.step - 1) == 0 { lines.starts.append(at) }
    }

    @inline(never)
    private mutating func checkLine() {
        var length = 0
        for index in lineStart..<at where bytes[index] & 0xC0 != 0x80 { length += 1 }
        if length > limits.lineCharacters {
            faults.note(
                .overlongLine, code: 108, at: lineStart, token: lineStart..<at, group: "file",
                details: ["length": String(length), "limit": String(limits.lineCharacters)])
        }
        if at - lineStart > limits.line {
            faults.note(
                .sizeLimit, code: nil, at: lineStart, token: lineStart..<lineStart, group: "line",
                details: ["length": String(at - lineStart), "limit": String(limits.line), "construct": "line"])
        }
    }

    // MARK: Eight bytes at a time

    @inline(__always)
    private func word(_ index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
    }

    /// The end of a run without white space; notes in `isSuspicious` what is not 33 to 126.
    ///
    /// `word - 0x21` borrows into the high bit of each byte below 33; the first such byte is exact. Bytes from 127 on
    /// show in `word | word + 1`.
    @inline(__always)
    mutating func bareEnd(from start: Int) -> Int {
        var index = start
        while index &+ 8 <= end {
            let eight = word(index)
            let stops = (eight &- 0x2121_2121_2121_2121) & ~eight & 0x8080_8080_8080_8080
            let odd = (eight | (eight &+ 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080
            if stops == 0 {
                if odd != 0 { isSuspicious = true }
                index &+= 8
                continue
            }
            if odd & ((stops & (0 &- stops)) &- 1) != 0 { isSuspicious = true }
            index &+= stops.trailingZeroBitCount >> 3
            if Byte.isSpace(bytes[index]) { return index }
            isSuspicious = true
            index &+= 1
        }
        while index < end {
            let byte = bytes[index]
            if byte < 33 {
                if Byte.isSpace(byte) { return index }
                isSuspicious = true
            } else if byte > 126 {
                isSuspicious = true
            }
            index &+= 1
        }
        return index
    }

    /// The place of the next line end, or the end of the file.
    @inline(__always)
    mutating func lineEnd(from start: Int) -> Int {
        var index = start
        while index < end {
            if index &+ 8 <= end {
                let eight = word(index)
                let stops = (eight &- 0x2020_2020_2020_2020) & ~eight & 0x8080_8080_8080_8080
                let odd = (eight | (eight &+ 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080
                if stops == 0 {
                    if odd != 0 { isSuspicious = true }
                    index &+= 8
                    continue
                }
                if odd & ((stops & (0 &- stops)) &- 1) != 0 { isSuspicious = true }
                index &+= stops.trailingZeroBitCount >> 3
            }
            let byte = bytes[index]
            if byte == Byte.lineFeed || byte == Byte.carriageReturn { return index }
            if (byte < 32 && byte != Byte.tab) || byte > 126 { isSuspicious = true }
            index &+= 1
        }
        return index
    }

    // MARK: Characters

    /// Looks at the characters of a range when a scan over it met something unusual.
    @inline(__always)
    mutating func settle(_ range: Range<Int>) {
        guard isSuspicious else { return }
        isSuspicious = false
        inspect(range)
    }

    /// Notes bytes outside the character set of the version.
    @inline(never)
    mutating func inspect(_ range: Range<Int>) {
        let text = UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if (32...126).contains(byte) || byte == 9 || byte == 10 || byte == 13 {
                index += 1
                continue
            }
            let offset = range.lowerBound + index
            let (length, scalar) = decode(text, at: index)
            index += max(1, length)
            if length > 1, CharacterSet.isAllowed(scalar) {
                if isCIF2 { continue }
                noteNewer("character", at: offset, token: offset..<offset + length)
                continue
            }
            let version = version
            faults.note(
                .disallowedCharacter, code: length == 0 ? 110 : 104, at: offset,
                token: offset..<offset + max(1, length), group: String(blockCount),
                details: ["hex": Self.hex(byte), "version": version.name])
        }
    }

    /// CIF 2.0 syntax in a file that does not declare it.
    mutating func noteNewer(_ construct: String, at offset: Int, token: Range<Int>) {
        faults.note(
            .newerSyntax, code: nil, at: offset, token: token, group: construct,
            details: ["construct": construct, "version": version.name])
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// Length and value of a UTF-8 sequence; length 0 when the bytes are none.
    private func decode(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (Int, UInt32) {
        let first = UInt32(text[index])
        let (count, lowest): (Int, UInt32)
        switch first {
        case 0..<0x80: return (1, first)
        case 0xC2..<0xE0: (count, lowest) = (2, 0x80)
        case 0xE0..<0xF0: (count, lowest) = (3, 0x800)
        case 0xF0..<0xF5: (count, lowest) = (4, 0x10000)
        default: return (0, first)
        }
        guard index + count <= text.count else { return (0, first) }
        var scalar = first & (0x7F >> UInt32(count))
        for next in 1..<count {
            let byte = UInt32(text[index + next])
            guard byte & 0xC0 == 0x80 else { return (0, first) }
            scalar = scalar << 6 | (byte & 0x3F)
        }
        guard scalar >= lowest, scalar <= 0x10FFFF, !(0xD800..<0xE000).contains(scalar) else { return (0, first) }
        return (count, scalar)
    }
}

/// The characters of CIF 2.0 beyond ASCII.
///
/// - Source: CIF 2.0 grammar, rule allowed-char.
enum CharacterSet {
    static func isAllowed(_ scalar: UInt32) -> Bool {
        scalar >= 0xA0 && !(0xFDD0...0xFDEF).contains(scalar) && scalar & 0xFFFE != 0xFFFE && scalar != 0xFEFF
    }
}

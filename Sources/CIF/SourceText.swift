// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The bytes being read, and questions about places in them.
///
/// A value of its own, and small, so that asking does not copy the parser. Every read is behind a test of its index
/// against `end`.
struct SourceText {
    let bytes: UnsafePointer<UInt8>
    let end: Int

    func starts(with word: StaticString, at offset: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard offset >= 0, offset &+ count <= end else { return false }
        for index in 0..<count where bytes[offset &+ index] != word.utf8Start[index] { return false }
        return true
    }

    func endsWord(_ offset: Int) -> Bool { offset >= end || Byte.isSpace(bytes[offset]) }

    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count), as: UTF8.self)
    }

    enum ReservedWord { case data, save, loop, stop, global }

    /// The reserved word at an offset before the end, in any case.
    @inline(__always)
    func reservedWord(at offset: Int) -> ReservedWord? {
        switch bytes[offset] | 0x20 {
        case 0x64, 0x67, 0x6C, 0x73:
            // All of them have an underscore in fifth place, `global_` in seventh.
            guard offset &+ 4 < end, bytes[offset &+ 4] == Byte.underscore || bytes[offset] | 0x20 == 0x67 else {
                return nil
            }
            return spelledWord(at: offset)
        default: return nil
        }
    }

    @inline(never)
    private func spelledWord(at offset: Int) -> ReservedWord? {
        if matches("data_", at: offset) { return .data }
        if matches("save_", at: offset) { return .save }
        if matches("loop_", at: offset), endsWord(offset + 5) { return .loop }
        if matches("stop_", at: offset), endsWord(offset + 5) { return .stop }
        if matches("global_", at: offset), endsWord(offset + 7) { return .global }
        return nil
    }

    /// The length of a word that is nearly `loop_` and stands before a data name with a category; nil elsewhere.
    ///
    /// People take it for a loop; a parser finds a name without value, and every value stray.
    @inline(__always)
    func misspeltLoop(at offset: Int) -> Int? {
        let first = bytes[offset] == Byte.underscore ? offset &+ 1 : offset
        guard first < end, bytes[first] | 0x20 == 0x6C else { return nil }
        return misspeltLoopWidth(offset)
    }

    @inline(never)
    private func misspeltLoopWidth(_ offset: Int) -> Int? {
        var stop = offset
        while stop < end, !Byte.isSpace(bytes[stop]), stop &- offset < 7 { stop &+= 1 }
        let word = text(offset..<stop).lowercased()
        guard ["_loop", "_loop_", "loop", "loop-", "loop:"].contains(word) else { return nil }
        while stop < end, Byte.isSpace(bytes[stop]) { stop &+= 1 }
        guard stop < end, bytes[stop] == Byte.underscore else { return nil }
        while stop < end, !Byte.isSpace(bytes[stop]) {
            if bytes[stop] == Byte.dot { return word.utf8.count }
            stop &+= 1
        }
        return nil
    }

    private func matches(_ word: StaticString, at offset: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard offset &+ count <= end else { return false }
        for index in 0..<count {
            let byte = bytes[offset &+ index]
            let folded = (65...90).contains(byte) ? byte | 0x20 : byte
            if folded != word.utf8Start[index] { return false }
        }
        return true
    }

    // MARK: Delimiters

    /// In CIF 1.1 a brace may begin a bare value; with a quote behind it, it is a table.
    func isTable(_ offset: Int) -> Bool {
        offset &+ 1 < end && (bytes[offset &+ 1] == Byte.singleQuote || bytes[offset &+ 1] == Byte.doubleQuote)
    }

    /// True where a delimited value may end: white space, the end, a bracket, a colon or a comma.
    func endsValue(_ offset: Int) -> Bool {
        guard offset < end else { return true }
        switch bytes[offset] {
        case Byte.closeBracket, Byte.closeBrace, Byte.colon, Byte.comma: return true
        default: return Byte.isSpace(bytes[offset])
        }
    }

    func hasThree(_ quote: UInt8, at offset: Int) -> Bool {
        offset &+ 2 < end && bytes[offset] == quote && bytes[offset &+ 1] == quote && bytes[offset &+ 2] == quote
    }

    /// True when a line begins with a data name, `loop_`, `data_` or `save_`.
    func isRecovery(_ offset: Int) -> Bool {
        guard offset < end else { return false }
        switch bytes[offset] | 0x20 {
        case 0x7F: return bytes[offset] == Byte.underscore && offset &+ 1 < end && bytes[offset &+ 1] > 32
        case 0x64, 0x6C, 0x73: return reservedWord(at: offset) != nil
        default: return false
        }
    }
}

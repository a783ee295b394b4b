// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Lists and tables

    /// A list or table, kept as the range of its text; nesting is followed with a stack of bounded depth.
    ///
    /// A line that begins with a data name or reserved word ends an open list or table.
    mutating func readComposite() -> Entry {
        let start = at
        let kind: Entry.Kind = bytes[at] == Byte.openBracket ? .list : .table
        var closers: [UInt8] = []
        var depth = 0
        repeat {
            skipSpace()
            guard at < end else { break }
            let byte = bytes[at]
            let isAtLineStart = at == lineStart
            if isAtLineStart, source.isRecovery(at) { break }
            switch byte {
            case Byte.openBracket, Byte.openBrace:
                depth += 1
                if depth <= limits.nesting {
                    closers.append(byte == Byte.openBracket ? Byte.closeBracket : Byte.closeBrace)
                } else {
                    faults.note(
                        .depthLimit, code: nil, at: at, token: at..<at + 1, group: "depth",
                        details: ["limit": String(limits.nesting)])
                }
                at &+= 1
            case Byte.closeBracket, Byte.closeBrace:
                if depth <= closers.count, let expected = closers.last {
                    if expected != byte {
                        faults.note(.unexpectedDelimiter, code: 135, at: at, token: at..<at + 1)
                    }
                    closers.removeLast()
                }
                depth -= 1
                at &+= 1
            case Byte.singleQuote, Byte.doubleQuote:
                _ = readValue()
            case Byte.semicolon where isAtLineStart:
                _ = readTextField()
            default:
                passInnerBare()
            }
        } while depth > 0
        if depth > 0 {
            let isList = kind == .list
            faults.note(
                isList ? .unterminatedList : .unterminatedTable, code: 136, at: start,
                token: start..<min(at, start + 80), details: ["construct": isList ? "list" : "table"])
        }
        return entry(start..<at, kind)
    }

    /// A bare value inside brackets ends at white space or a bracket.
    private mutating func passInnerBare() {
        let start = at
        at &+= 1
        while at < end {
            let byte = bytes[at]
            if Byte.isSpace(byte) { break }
            switch byte {
            case Byte.openBracket, Byte.closeBracket, Byte.openBrace, Byte.closeBrace:
                settle(start..<at)
                return
            default:
                if byte < 32 || byte > 126 { isSuspicious = true }
                at &+= 1
            }
        }
        settle(start..<at)
    }
}

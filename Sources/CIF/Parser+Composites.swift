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
        var nest = Nest()
        let wasInside = isInsideComposite
        isInsideComposite = true
        defer { isInsideComposite = wasInside }
        repeat {
            skipSpace()
            guard at < end else { break }
            let byte = bytes[at]
            let isAtLineStart = at == lineStart
            if isAtLineStart, source.isRecovery(at) { break }
            switch byte {
            case Byte.openBracket, Byte.openBrace:
                open(byte, &nest)
            case Byte.closeBracket, Byte.closeBrace:
                close(byte, &nest)
            case Byte.singleQuote, Byte.doubleQuote:
                let token = at
                _ = readValue()
                passed(token..<at, isQuoted: true, &nest)
            case Byte.semicolon where isAtLineStart:
                let token = at
                _ = readTextField()
                passed(token..<at, isQuoted: true, &nest)
            default:
                let token = at
                passInnerBare()
                passed(token..<at, isQuoted: false, &nest)
            }
        } while nest.depth > 0
        if nest.depth > 0 {
            let isList = kind == .list
            faults.note(
                isList ? .unterminatedList : .unterminatedTable, code: 136, at: start,
                token: start..<min(at, start + 80), details: ["construct": isList ? "list" : "table"])
        }
        return entry(start..<at, kind)
    }

    /// Open brackets; those beyond the limit are counted only.
    private struct Nest {
        var depth = 0
        /// For each level whether it is a table, and whether a key waits for its value.
        var levels: [(isTable: Bool, hasKey: Bool)] = []
    }

    private mutating func open(_ byte: UInt8, _ nest: inout Nest) {
        if nest.depth == nest.levels.count { needKey(at..<at + 1, &nest) }
        nest.depth += 1
        if nest.depth <= limits.nesting {
            nest.levels.append((byte == Byte.openBrace, false))
        } else {
            faults.note(
                .depthLimit, code: nil, at: at, token: at..<at + 1, group: "depth",
                details: ["limit": String(limits.nesting)])
        }
        at &+= 1
    }

    private mutating func close(_ byte: UInt8, _ nest: inout Nest) {
        if nest.depth == nest.levels.count, let level = nest.levels.popLast() {
            if level.isTable != (byte == Byte.closeBrace) {
                faults.note(.unexpectedDelimiter, code: 135, at: at, token: at..<at + 1)
            } else if level.hasKey {
                faults.note(.malformedTable, code: 133, at: at, token: at..<at + 1)
            }
        }
        nest.depth -= 1
        at &+= 1
    }

    /// Books a key or value of a table that was just passed.
    private mutating func passed(_ token: Range<Int>, isQuoted: Bool, _ nest: inout Nest) {
        guard nest.depth == nest.levels.count, let level = nest.levels.last, level.isTable else { return }
        if !level.hasKey, isQuoted, at < end, bytes[at] == Byte.colon {
            at &+= 1
            nest.levels[nest.levels.count - 1].hasKey = true
        } else {
            needKey(token, &nest)
        }
    }

    /// Notes a value that stands in a table without a key.
    private mutating func needKey(_ token: Range<Int>, _ nest: inout Nest) {
        guard let level = nest.levels.last, level.isTable else { return }
        if !level.hasKey {
            let hasColon = bytes[token.upperBound - 1] == Byte.colon
            faults.note(.malformedTable, code: hasColon ? 138 : 137, at: token.lowerBound, token: token)
        }
        nest.levels[nest.levels.count - 1].hasKey = false
    }

    /// A bare value inside brackets ends at white space or a bracket.
    private mutating func passInnerBare() {
        let start = at
        while at < end {
            let byte = bytes[at]
            if at > start, Byte.isSpace(byte) || Byte.isBracket(byte) { break }
            if byte < 32 || byte > 126 { isSuspicious = true }
            at &+= 1
        }
        settle(start..<at)
    }
}

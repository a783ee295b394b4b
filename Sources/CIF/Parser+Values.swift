// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Values

    /// The value at `at`, which is neither white space nor a name nor a reserved word; always passes at least a byte.
    @inline(__always)
    mutating func readValue() -> Entry {
        let byte = bytes[at]
        if byte > Byte.singleQuote, byte != Byte.semicolon, byte < Byte.openBracket { return readBare() }
        return readOtherValue(byte)
    }

    @inline(__always)
    private mutating func readBare() -> Entry {
        let start = at
        at = bareEnd(from: start)
        settle(start..<at)
        if at &- start == 1 {
            if bytes[start] == Byte.dot { return Entry(offset: start, length: 1, kind: .inapplicable) }
            if bytes[start] == Byte.question { return Entry(offset: start, length: 1, kind: .unknown) }
        }
        return entry(start..<at, .bare)
    }

    @inline(never)
    private mutating func readOtherValue(_ byte: UInt8) -> Entry {
        switch byte {
        case Byte.singleQuote, Byte.doubleQuote:
            return readQuoted(byte)
        case Byte.semicolon where at == lineStart || (at == byteOrderMark && line == 0):
            return readTextField()
        case Byte.openBracket:
            if !isCIF2 { noteNewer("list", at: at, token: at..<at + 1) }
            return readComposite()
        case Byte.openBrace where isCIF2 || source.isTable(at):
            if !isCIF2 { noteNewer("table", at: at, token: at..<at + 1) }
            return readComposite()
        case Byte.closeBracket, Byte.closeBrace:
            guard isCIF2 || byte == Byte.closeBracket else { break }
            faults.note(.unexpectedDelimiter, code: 135, at: at, token: at..<at + 1)
        case Byte.dollar:
            faults.note(
                .disallowedCharacter, code: 109, at: at, token: at..<at + 1, group: "\(blockCount) $",
                details: ["hex": "24", "version": version.name])
        default: break
        }
        return readBare()
    }

    /// Packs a range; long ones go through the side table.
    @inline(__always)
    mutating func entry(_ range: Range<Int>, _ kind: Entry.Kind) -> Entry {
        let length = range.upperBound &- range.lowerBound
        if length >= Entry.longLength { return longEntry(range, kind) }
        return Entry(offset: range.lowerBound, length: length, kind: kind)
    }

    @inline(never)
    private mutating func longEntry(_ range: Range<Int>, _ kind: Entry.Kind) -> Entry {
        longLengths[range.lowerBound] = range.count
        if range.count > limits.token {
            faults.note(
                .sizeLimit, code: nil, at: range.lowerBound, token: range.lowerBound..<range.lowerBound,
                group: "token",
                details: ["length": String(range.count), "limit": String(limits.token), "construct": "value"])
        }
        return Entry(offset: range.lowerBound, length: Entry.longLength, kind: kind)
    }

    // MARK: Quoted strings

    private mutating func readQuoted(_ quote: UInt8) -> Entry {
        let start = at
        if source.hasThree(quote, at: start), let triple = readTripleQuoted(quote) { return triple }
        let stop = lineEnd(from: start &+ 1)
        settle(start..<stop)
        var close = source.nextQuote(quote, from: start &+ 1, to: stop)
        if isCIF2 || isInsideComposite, let first = close, !source.endsValue(first &+ 1) {
            let spaced = source.quoteBeforeSpace(quote, from: first, to: stop)
            faults.note(.missingSpace, code: 105, at: first, token: start..<(spaced ?? first) &+ 1)
            close = spaced ?? first
        } else if !isCIF2, !isInsideComposite {
            close = close.flatMap { source.quoteBeforeSpace(quote, from: $0, to: stop) }
        }
        guard let close else {
            faults.note(
                .unterminatedString, code: 106, at: start, token: start..<stop,
                details: ["construct": "quoted string"])
            at = stop
            return entry(start &+ 1..<stop, .openQuoted)
        }
        at = close &+ 1
        return entry(start &+ 1..<close, .quoted)
    }

    // MARK: Triple quotes

    /// A triple-quoted string, also in files that do not declare CIF 2.0; nil when it is an ordinary one there.
    private mutating func readTripleQuoted(_ quote: UInt8) -> Entry? {
        let start = at
        let inner = start &+ 3
        if !isCIF2 {
            let stop = lineEnd(from: start)
            isSuspicious = false
            if let close = source.quoteBeforeSpace(quote, from: start &+ 1, to: stop) {
                guard close >= inner &+ 2, source.hasThree(quote, at: close &- 2) else { return nil }
                noteNewer("triple quotes", at: start, token: start..<inner)
                settleAll(start..<close)
                at = close &+ 1
                return entry(inner..<close &- 2, .tripleQuoted)
            }
            if exhaustedQuotes.contains(quote) { return nil }
        }
        if !exhaustedQuotes.contains(quote) {
            let books = mark()
            var recovery: Int?
            at = inner
            while true {
                let stop = lineEnd(from: at)
                if let close = source.threeQuotes(quote, from: at, to: stop) {
                    if !isCIF2 { noteNewer("triple quotes", at: start, token: start..<inner) }
                    settle(start..<close)
                    at = close &+ 3
                    return entry(inner..<close, .tripleQuoted)
                }
                at = stop
                guard at < end else { break }
                passLineEnd()
                if recovery == nil, source.isRecovery(at) { recovery = at }
            }
            exhaustedQuotes.insert(quote)
            isSuspicious = false
            restore(books)
        }
        guard isCIF2 else { return nil }
        faults.note(
            .unterminatedString, code: 106, at: start, token: start..<lineEnd(from: start),
            details: ["construct": "triple-quoted string"])
        at = inner
        return passToRecovery(inner, .openTripleQuoted)
    }

    private mutating func settleAll(_ range: Range<Int>) {
        _ = lineEnd(from: range.lowerBound)
        settle(range)
    }

    // MARK: Recovery

    /// Passes lines up to the next one that begins with a name or reserved word; the value is the text before it.
    mutating func passToRecovery(_ start: Int, _ kind: Entry.Kind) -> Entry {
        var last = at
        while true {
            at = lineEnd(from: at)
            last = at
            guard at < end else { break }
            passLineEnd()
            if source.isRecovery(at) { break }
        }
        settle(start..<last)
        return entry(start..<max(start, last), kind)
    }

    struct Mark {
        var at: Int
        var line: Int
        var lineStart: Int
        var starts: Int
    }

    func mark() -> Mark {
        Mark(at: at, line: line, lineStart: lineStart, starts: lines.starts.count)
    }

    /// Goes back to a mark, books of lines included.
    mutating func restore(_ mark: Mark) {
        at = mark.at
        line = mark.line
        lineStart = mark.lineStart
        lines.starts.removeLast(max(0, lines.starts.count - mark.starts))
    }
}

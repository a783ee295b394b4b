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
            let start = at
            let entry = readBare()
            faults.note(.reservedStart, code: 109, at: start, token: start..<at, group: "\(blockCount) $")
            return entry
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

    /// A string in single or double quotes; it ends with its line at the latest.
    ///
    /// In CIF 1.1 a quote closes before white space only. In CIF 2.0 the first quote closes; where text follows it
    /// directly, the string is read as CIF 1.1 would, with a fault.
    private mutating func readQuoted(_ quote: UInt8) -> Entry {
        let start = at
        if source.hasThree(quote, at: start), let triple = readTripleQuoted(quote) { return triple }
        let firstCloses = isCIF2 || isInsideComposite
        var index = start &+ 1
        while index < end {
            let byte = bytes[index]
            if byte == quote, firstCloses || source.endsWord(index &+ 1) { break }
            if byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
            if byte < 32 || byte > 126 { isSuspicious = true }
            index &+= 1
        }
        guard index < end, bytes[index] == quote else {
            settle(start..<index)
            faults.note(
                .unterminatedString, code: 106, at: start, token: start..<index,
                details: ["construct": "quoted string"])
            at = index
            return entry(start &+ 1..<index, .openQuoted)
        }
        if !source.endsValue(index &+ 1) {
            let spaced = spacedQuote(quote, from: index &+ 1)
            faults.note(.missingSpace, code: 105, at: index, token: start..<(spaced ?? index) &+ 1)
            if let spaced {
                isSuspicious = true
                index = spaced
            }
        }
        settle(start..<index)
        at = index &+ 1
        return entry(start &+ 1..<index, .quoted)
    }

    /// The next quote in the line that stands before white space. Stretches without one are remembered, so that
    /// asking again and again costs nothing.
    private mutating func spacedQuote(_ quote: UInt8, from start: Int) -> Int? {
        if let known = withoutSpacedQuote[quote], known.contains(start) { return nil }
        var index = start
        while index < end, bytes[index] != Byte.lineFeed, bytes[index] != Byte.carriageReturn {
            if bytes[index] == quote, source.endsWord(index &+ 1) { return index }
            index &+= 1
        }
        withoutSpacedQuote[quote] = start..<index &+ 1
        return nil
    }

    // MARK: Triple quotes

    /// A triple-quoted string, also in files that do not declare CIF 2.0; nil when it is an ordinary one there.
    private mutating func readTripleQuoted(_ quote: UInt8) -> Entry? {
        let start = at
        let inner = start &+ 3
        if !isCIF2 {
            if let close = spacedQuote(quote, from: start &+ 1) {
                guard close >= inner &+ 2, source.hasThree(quote, at: close &- 2) else { return nil }
                noteNewer("triple quotes", at: start, token: start..<inner)
                isSuspicious = true
                settle(start..<close)
                at = close &+ 1
                return entry(inner..<close &- 2, .tripleQuoted)
            }
            if exhaustedQuotes.contains(quote) { return nil }
        }
        if !exhaustedQuotes.contains(quote) {
            let books = mark()
            at = inner
            while at < end {
                let byte = bytes[at]
                if byte == quote, source.hasThree(quote, at: at) {
                    return closeTripleQuoted(start)
                } else if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                    passLineEnd()
                } else {
                    if byte < 32 || byte > 126 { isSuspicious = true }
                    at &+= 1
                }
            }
            exhaustedQuotes.insert(quote)
            isSuspicious = false
            restore(books)
        }
        guard isCIF2 else { return nil }
        faults.note(
            .unterminatedString, code: 106, at: start, token: start..<min(end, start + 80),
            details: ["construct": "triple-quoted string"])
        at = inner
        return passToRecovery(inner, .openTripleQuoted)
    }

    private mutating func closeTripleQuoted(_ start: Int) -> Entry {
        let close = at
        if !isCIF2 { noteNewer("triple quotes", at: start, token: start..<start + 3) }
        settle(start..<close)
        at = close &+ 3
        if !source.endsValue(at) {
            faults.note(.missingSpace, code: 105, at: close, token: close..<min(end, at &+ 1))
        }
        return entry(start &+ 3..<close, .tripleQuoted)
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

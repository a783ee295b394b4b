// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Text fields

    /// A text field, or the binary section that stands in one.
    mutating func readTextField() -> Entry {
        let start = at
        if let section = readBinarySection() { return section }
        let inner = start &+ 1
        let books = mark()
        var recovery = false
        at = inner
        var previousEnd = at
        while true {
            at = lineEnd(from: at)
            previousEnd = at
            guard at < end else { break }
            passLineEnd()
            guard at < end else { break }
            if bytes[at] == Byte.semicolon {
                if isOpening(at, afterRecovery: recovery) { break }
                settle(inner..<previousEnd)
                let close = at
                at = close &+ 1
                if !source.endsValue(at) {
                    faults.note(.missingSpace, code: 105, at: close, token: close..<min(end, close &+ 8))
                }
                return closedText(inner..<previousEnd, start: start)
            }
            if !recovery, source.isRecovery(at) { recovery = true }
        }
        isSuspicious = false
        restore(books)
        faults.note(
            .unterminatedText, code: 107, at: start, token: start..<lineEnd(from: start),
            details: ["construct": "text field"])
        isSuspicious = false
        at = inner
        return passToRecovery(inner, .openText)
    }

    /// True when a semicolon in column 1 opens the next field rather than closes this one: a binary section stands
    /// behind it, or text, and a data name was passed on the way.
    private func isOpening(_ offset: Int, afterRecovery: Bool) -> Bool {
        guard afterRecovery else { return false }
        return !source.endsValue(offset &+ 1) || boundaryLine(after: offset) != nil
    }

    private mutating func closedText(_ content: Range<Int>, start: Int) -> Entry {
        guard let marker = TextProtocol(UnsafeBufferPointer(start: bytes + content.lowerBound, count: content.count))
        else { return entry(content, .text) }
        if marker.prefixLength > 0 {
            guard isCIF2 else { return entry(content, .text) }
            if let bad = marker.firstLineWithoutPrefix(
                UnsafeBufferPointer(start: bytes + content.lowerBound, count: content.count))
            {
                let offset = content.lowerBound + bad
                faults.note(
                    .malformedPrefix, code: 141, at: start, token: start..<content.lowerBound + marker.firstLineEnd,
                    irregular: offset,
                    details: ["marker": source.text(content.lowerBound..<content.lowerBound + marker.markerLength)])
                return entry(content, .text)
            }
        }
        return entry(content, .protocolText)
    }
}

/// The fold and prefix protocols of text fields, as their first line declares them.
///
/// - Source: CIF 2.0, text prefix and line-folding protocols; CIF 1.1 common semantics, line folding.
struct TextProtocol {
    /// Bytes of the prefix; 0 without one.
    let prefixLength: Int
    let isFolded: Bool
    /// Bytes of the prefix and its backslashes.
    let markerLength: Int
    /// Offset of the end of the first line.
    let firstLineEnd: Int

    /// Nil when the first line declares nothing: it is `prefix\`, `prefix\\` or `\` and white space.
    init?(_ content: UnsafeBufferPointer<UInt8>) {
        var stop = 0
        while stop < content.count, content[stop] != 10, content[stop] != 13 { stop += 1 }
        var last = stop
        while last > 0, content[last - 1] == Byte.space || content[last - 1] == Byte.tab { last -= 1 }
        guard last > 0, content[last - 1] == Byte.backslash else { return nil }
        // A single line cannot declare anything for lines that follow; `\` alone is the empty folded text.
        guard stop < content.count || last == 1 else { return nil }
        let isDouble = last > 1 && content[last - 2] == Byte.backslash
        let prefix = isDouble ? last - 2 : last - 1
        if isDouble && prefix == 0 { return nil }
        for index in 0..<prefix where content[index] == Byte.backslash { return nil }
        prefixLength = prefix
        isFolded = prefix == 0 || isDouble
        markerLength = last
        firstLineEnd = stop
    }

    /// The offset of the first line after the marker that does not begin with the prefix.
    func firstLineWithoutPrefix(_ content: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = TextProtocol.afterLineEnd(content, firstLineEnd)
        while index < content.count {
            guard TextProtocol.hasPrefix(content, prefixLength, at: index) else { return index }
            while index < content.count, content[index] != 10, content[index] != 13 { index += 1 }
            index = TextProtocol.afterLineEnd(content, index)
        }
        return nil
    }

    /// The text with prefixes removed, folds joined and line ends as LF.
    func unfolded(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = TextProtocol.afterLineEnd(content, firstLineEnd)
        var isJoined = true
        while index < content.count {
            if !isJoined { result.append(10) }
            index += prefixLength
            let start = min(index, content.count)
            index = start
            while index < content.count, content[index] != 10, content[index] != 13 { index += 1 }
            var last = index
            isJoined = false
            if isFolded {
                var trimmed = index
                while trimmed > start, content[trimmed - 1] == Byte.space || content[trimmed - 1] == Byte.tab {
                    trimmed -= 1
                }
                if trimmed > start, content[trimmed - 1] == Byte.backslash {
                    last = trimmed - 1
                    isJoined = true
                }
            }
            result.append(contentsOf: content[start..<last])
            let next = TextProtocol.afterLineEnd(content, index)
            if next == content.count, next > index, !isJoined { result.append(10) }
            index = next
        }
        return result
    }

    private static func hasPrefix(_ content: UnsafeBufferPointer<UInt8>, _ length: Int, at index: Int) -> Bool {
        guard index + length <= content.count else { return false }
        for offset in 0..<length where content[index + offset] != content[offset] { return false }
        return true
    }

    private static func afterLineEnd(_ content: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        guard index < content.count else { return content.count }
        if content[index] == 13, index + 1 < content.count, content[index + 1] == 10 { return index + 2 }
        return index + 1
    }
}

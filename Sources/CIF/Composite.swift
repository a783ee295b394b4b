// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of a list or table of CIF 2.0.
public indirect enum Composite: Sendable, Hashable {
    /// A bare, quoted or text value; nil for bare `.` and `?`.
    case text(String?)
    case list([Composite])
    /// Entries in the order of the file; a key may stand twice.
    case table([TableEntry])

    /// One entry of a table of CIF 2.0.
    public struct TableEntry: Sendable, Hashable {
        /// The key, without its quotes.
        public let key: String
        /// The value, which may be a list or table again.
        public let value: Composite
    }

    /// The value of a key of a table; nil when this is none or lacks the key.
    public subscript(key: String) -> Composite? {
        guard case .table(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a value that is neither list nor table.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension Column {
    /// The parts of the list or table in a row; nil for other values.
    ///
    /// Levels below `Limits.nesting` are left out.
    public func composite(_ row: Int) -> Composite? {
        let entry = entry(row)
        guard entry.kind == .list || entry.kind == .table else { return nil }
        var reader = CompositeReader(text: storage.content(entry))
        return reader.value(depth: 0)
    }
}

/// Takes a list or table apart; its brackets were matched when the document was parsed.
private struct CompositeReader {
    let text: UnsafeBufferPointer<UInt8>
    var at = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    private var byte: UInt8? { at < text.count ? text[at] : nil }

    private func hasThree(_ quote: UInt8, _ index: Int) -> Bool {
        index + 2 < text.count && text[index] == quote && text[index + 1] == quote && text[index + 2] == quote
    }

    private mutating func skipSpace() {
        while let next = byte {
            if next == Byte.hash {
                while let inner = byte, inner != Byte.lineFeed, inner != Byte.carriageReturn { at += 1 }
            } else if next <= 32 {
                at += 1
            } else {
                return
            }
        }
    }

    mutating func value(depth: Int) -> Composite? {
        skipSpace()
        guard let first = byte, depth < Limits.default.nesting else { return nil }
        switch first {
        case Byte.openBracket:
            at += 1
            return .list(members(depth: depth + 1))
        case Byte.openBrace:
            at += 1
            return .table(entries(depth: depth + 1))
        case Byte.singleQuote, Byte.doubleQuote: return .text(quoted(first))
        case Byte.semicolon where at > 0 && (text[at - 1] == Byte.lineFeed || text[at - 1] == Byte.carriageReturn):
            return .text(textField())
        default:
            let bare = word()
            return .text(bare == "." || bare == "?" ? nil : bare)
        }
    }

    /// Steps over white space and over what closes a list or table; false where a value follows.
    private mutating func isPastEnd() -> Bool {
        skipSpace()
        guard let next = byte else { return true }
        guard next == Byte.closeBracket || next == Byte.closeBrace else { return false }
        at += 1
        return true
    }

    private mutating func members(depth: Int) -> [Composite] {
        var members: [Composite] = []
        while true {
            if isPastEnd() { return members }
            guard let member = value(depth: depth) else { return members }
            members.append(member)
        }
    }

    private mutating func entries(depth: Int) -> [Composite.TableEntry] {
        var entries: [Composite.TableEntry] = []
        while true {
            if isPastEnd() { return entries }
            guard let key = value(depth: depth) else { return entries }
            guard byte == Byte.colon, let name = key.text else { continue }
            at += 1
            guard let value = value(depth: depth) else { return entries }
            entries.append(.init(key: name, value: value))
        }
    }

    private mutating func quoted(_ quote: UInt8) -> String {
        let width = hasThree(quote, at) ? 3 : 1
        at += width
        let start = at
        while at < text.count, width == 3 ? !hasThree(quote, at) : text[at] != quote { at += 1 }
        let content = slice(start, at)
        at = min(text.count, at + width)
        return content
    }

    private mutating func textField() -> String {
        at += 1
        let start = at
        while at < text.count {
            let isEnd = text[at] == Byte.semicolon && (text[at - 1] == Byte.lineFeed || text[at - 1] == 13)
            if isEnd { break }
            at += 1
        }
        var stop = at
        if stop > start, text[stop - 1] == Byte.lineFeed { stop -= 1 }
        if stop > start, text[stop - 1] == Byte.carriageReturn { stop -= 1 }
        at = min(text.count, at + 1)
        return slice(start, stop)
    }

    private mutating func word() -> String {
        let start = at
        at += 1
        while let next = byte, next > 32, !Byte.isBracket(next) { at += 1 }
        return slice(start, at)
    }

    private func slice(_ start: Int, _ stop: Int) -> String {
        String(decoding: text[start..<max(start, min(stop, text.count))], as: UTF8.self)
    }
}

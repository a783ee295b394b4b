// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The values of one item: a view with a stride on the values of the document.
///
/// Rows count from 0; an item outside loops is a column of one row. Rows that do not exist are `.unknown`.
public struct Column: Sendable {
    /// The data name as written.
    public let name: String
    /// The data name in lower case.
    public let folded: String
    /// Offset of the name.
    public let nameOffset: Int
    /// Number of rows.
    public let count: Int
    /// True when the item stands in a loop.
    public let isLooped: Bool
    let storage: Storage
    let base: Int
    let stride: Int

    @inline(__always)
    func entry(_ row: Int) -> Entry {
        guard row >= 0, row < count else { return Entry(offset: nameOffset, length: 0, kind: .missing) }
        return storage.entry(base &+ row &* stride)
    }

    /// What the value of a row is.
    public func kind(_ row: Int) -> ValueKind { Column.kind(entry(row)) }

    static func kind(_ entry: Entry) -> ValueKind {
        switch entry.kind {
        case .inapplicable: .inapplicable
        case .unknown, .missing: .unknown
        case .bare: .bare
        case .quoted, .openQuoted: .quoted
        case .tripleQuoted, .openTripleQuoted: .tripleQuoted
        case .text, .protocolText, .openText: .text
        case .list: .list
        case .table: .table
        case .binary: .binary(entry.length)
        }
    }

    /// Offset of the first byte of a value, its delimiter included; that of the name when there is no value.
    public func offset(_ row: Int) -> Int {
        let entry = entry(row)
        return max(0, entry.offset - entry.opening)
    }

    /// The text of a value: folds joined, prefixes removed, line ends as LF, U+FFFD for undecodable bytes.
    ///
    /// - Returns: Nil for bare `.` and `?`, for binary sections and where there is no value. Lists and tables as
    ///   written.
    public func text(_ row: Int) -> String? { text(of: entry(row)) }

    /// The value as written, with its delimiters; for messages.
    public func raw(_ row: Int) -> String { String(decoding: storage.raw(entry(row)), as: UTF8.self) }

    /// The number in a row; nil when the value is null or no number. Quoted numbers are text.
    public func number(_ row: Int) -> Number? {
        let entry = entry(row)
        guard entry.kind == .bare else { return nil }
        return Number(storage.content(entry))
    }

    /// The whole number in a row: an optional sign and digits, within 64 bits.
    public func integer(_ row: Int) -> Int? {
        let entry = entry(row)
        guard entry.kind == .bare else { return nil }
        return NumberText.integer(storage.content(entry))
    }

    @inline(__always)
    func text(of entry: Entry) -> String? {
        let content = storage.content(entry)
        switch entry.kind {
        case .inapplicable, .unknown, .missing, .binary: return nil
        case .bare, .quoted, .openQuoted: return String(decoding: content, as: UTF8.self)
        case .protocolText:
            guard let form = TextProtocol(content) else { return String(decoding: content, as: UTF8.self) }
            return String(decoding: form.unfolded(content), as: UTF8.self)
        case .tripleQuoted, .openTripleQuoted, .text, .openText, .list, .table:
            return Column.withLineFeeds(content)
        }
    }

    private static func withLineFeeds(_ content: UnsafeBufferPointer<UInt8>) -> String {
        guard content.contains(Byte.carriageReturn) else { return String(decoding: content, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        for (index, byte) in content.enumerated() {
            if byte == Byte.carriageReturn {
                result.append(Byte.lineFeed)
            } else if byte != Byte.lineFeed || index == 0 || content[index - 1] != Byte.carriageReturn {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

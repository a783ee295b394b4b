// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The comment header of a miniCBF, or of a full CBF that carries one: lines `# key value`.
///
/// Accepted besides: `key: value`, `key = value`, lines without `#` that continue a long path, an absent convention,
/// and `_array_data.header_content` for `.header_contents`.
/// - Source: imgcif.md sections 3, 13 and 14, conversion.md section 5.
public struct ImageHeader: Sendable {
    /// One line of the header.
    public struct Entry: Sendable, Hashable {
        /// The key as written, without `:` or `=`; empty for a line that begins with a date.
        public var key: String
        public var value: String
        /// Byte offset of the line.
        public var offset: Int
        /// The file that the line stands in.
        public var source = SourceID.main

        /// The line, as places name it.
        public var place: Place { .header(offset: offset, key: key, in: source) }
    }

    public let convention: String?
    public let entries: [Entry]
    private let indexOfKey: [String: Int]

    public init(convention: String?, entries: [Entry]) {
        self.convention = convention
        self.entries = entries
        indexOfKey = Dictionary(
            entries.enumerated().map { ($1.key.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The header in a text of lines.
    ///
    /// - Parameters:
    ///   - convention: The word of `_array_data.header_convention`, when the file has one.
    ///   - text: The comment header, one key a line.
    ///   - lineStarts: Byte offset in the file of each line of `text`.
    ///   - source: The file.
    public init(convention: String?, text: String, lineStarts: [Int], source: SourceID = .main) {
        self.init(convention: convention, entries: Self.entries(text, starts: lineStarts, source))
    }

    /// The value of the first of several keys that occurs and is not null; keys compare without case.
    public func text(_ keys: String...) -> Sourced<String>? {
        for key in keys {
            guard let index = indexOfKey[key.lowercased()] else { continue }
            let entry = entries[index]
            if !Self.isNull(entry.value) { return Sourced(entry.value, .stated(entry.place)) }
        }
        return nil
    }

    /// `None`, `(nil)` and an empty value say nothing; a wrapped `(nil)` loses its first bracket in some files.
    private static func isNull(_ value: String) -> Bool {
        ["", "none", "(nil)", "nil", "nil)", "?", "."].contains(value.lowercased())
    }

    // MARK: Lines

    private static func entries(_ text: String, starts: [Int], _ source: SourceID) -> [Entry] {
        var entries: [Entry] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for (number, line) in lines.enumerated() {
            let content = trimmed(line)
            guard !content.isEmpty else { continue }
            let offset = number < starts.count ? starts[number] : starts.last ?? 0
            if content.first == "#" {
                let (key, value) = split(trimmed(content.drop { $0 == "#" }))
                entries.append(Entry(key: key, value: value, offset: offset, source: source))
            } else if let last = entries.indices.last {
                entries[last].value += content
            }
        }
        return entries
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
        return text
    }

    /// Key and value of a line; a line that begins with a digit is a date, and one that names a sensor keeps its words.
    private static func split(_ line: Substring) -> (key: String, value: String) {
        guard let first = line.first, !first.isNumber else { return ("", String(line)) }
        if let material = line.split(separator: " ").first, line.lowercased().contains("sensor, thickness") {
            return ("sensor", String(material) + String(line.dropFirst(material.count)))
        }
        let end = line.firstIndex { $0 == " " || $0 == "\t" || $0 == ":" || $0 == "=" } ?? line.endIndex
        let value = line[end...].drop { $0 == " " || $0 == "\t" || $0 == ":" || $0 == "=" }
        return (String(line[..<end]), String(value))
    }
}

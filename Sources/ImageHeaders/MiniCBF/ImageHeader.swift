// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The comment header of a miniCBF, or of a full CBF that carries one: lines `# key value`; and the lines of an SMV.
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
    public let vocabulary: HeaderItem.Vocabulary
    private let linesOfItem: [HeaderItem.Name: [Entry]]

    public init(convention: String?, entries: [Entry], vocabulary: HeaderItem.Vocabulary = .miniCBF) {
        self.convention = convention
        self.vocabulary = vocabulary
        self.entries = entries
        var lines: [HeaderItem.Name: [Entry]] = [:]
        for entry in entries {
            guard let item = vocabulary.item(ofKey: entry.key) else { continue }
            lines[item.name, default: []].append(entry)
        }
        linesOfItem = lines
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

    /// The value of a key, whether it is an item or not, compared without case; nil when it is absent or null.
    public func text(_ key: String) -> Sourced<String>? {
        let wanted = key.lowercased()
        return entries.first { $0.key.lowercased() == wanted && !Self.isNull($0.value) }.map {
            Sourced($0.value, .stated($0.place))
        }
    }

    /// Words that stand where a value is unknown, alone or first, and the number -9999.
    ///
    /// A wrapped `(nil)` loses its first bracket in some files.
    public static func isNull(_ value: String) -> Bool {
        let words = HeaderWords(value, isPair: true)
        if let first = words.numbers.first {
            return first.value == -9999 && words.numbers.allSatisfy { $0.value == -9999 }
        }
        let first = value.split { " \t(),[]".contains($0) }.first.map { $0.lowercased() } ?? ""
        return [
            "", "none", "nil", "null", "nan", "n/a", "na", "unknown", "undefined", "unset", "undef", "?", ".", "-",
            "--",
        ].contains(first)
    }

    // MARK: Items

    /// The lines of an item, in the order of the header, with null words too.
    public func lines(of name: HeaderItem.Name) -> [Entry] { linesOfItem[name] ?? [] }

    /// The numbers of the first line of an item that is not null; nil when there is none.
    public func reading(_ name: HeaderItem.Name) -> HeaderReading? {
        guard let item = vocabulary.item(name), let quantity = item.quantity,
            let entry = lines(of: name).first(where: { !Self.isNull($0.value) })
        else { return nil }
        return HeaderReading(item, entry, quantity)
    }

    /// The first number of an item in the unit of its quantity; nil when there is none.
    public func number(_ name: HeaderItem.Name) -> Sourced<Double>? {
        guard let reading = reading(name), let value = reading.values.first, !reading.isLength || !reading.item.isPair
        else { return nil }
        return Sourced(value, .stated(reading.entry.place))
    }

    /// The text of an item; nil when it is absent or null.
    public func text(_ name: HeaderItem.Name) -> Sourced<String>? {
        lines(of: name).first { !Self.isNull($0.value) }.map { Sourced($0.value, .stated($0.place)) }
    }

    /// Some line is one of an item that is understood.
    public var hasItems: Bool { !linesOfItem.isEmpty }

    /// The text goes with a table that XDS writes beside images, such as its corrections: no item, and its convention.
    public var isOfTable: Bool { !hasItems && convention?.lowercased() == "xds special" }

    /// The readings of all lines of items with numbers, null words left out.
    public var readings: [HeaderReading] {
        entries.compactMap { entry in
            guard let item = vocabulary.item(ofKey: entry.key), let quantity = item.quantity, !Self.isNull(entry.value)
            else { return nil }
            return HeaderReading(item, entry, quantity)
        }
    }

    /// Keys that no item has: what the header says and nothing here uses.
    public var unusedKeys: [String] {
        var keys: [String] = []
        for entry in entries
        where !entry.key.isEmpty && vocabulary.item(ofKey: entry.key) == nil && !keys.contains(entry.key) {
            keys.append(entry.key)
        }
        return keys
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

    /// A word of small ASCII letters stands in a line, whatever their case there; by bytes, for headers are read by thousands.
    private static func says(_ letters: [UInt8], _ line: Substring) -> Bool {
        let bytes = line.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        guard let first = letters.first, bytes.count >= letters.count else { return false }
        return bytes.indices.dropLast(letters.count - 1).contains { start in
            bytes[start] == first && bytes[start..<(start + letters.count)].elementsEqual(letters)
        }
    }

    private static let sensor = Array("sensor".utf8)
    private static let thickness = Array("thickness".utf8)

    /// Key and value of a line; a line that begins with a digit is a date, and one that names a sensor keeps its words.
    private static func split(_ line: Substring) -> (key: String, value: String) {
        guard let first = line.first else { return ("", "") }
        if first.isNumber, !line.lowercased().hasPrefix("2theta") { return ("", String(line)) }
        if says(sensor, line), says(thickness, line), let material = line.split(separator: " ").first {
            return ("sensor", String(material) + String(line.dropFirst(material.count)))
        }
        let end = line.firstIndex { $0 == " " || $0 == "\t" || $0 == ":" || $0 == "=" } ?? line.endIndex
        let value = line[end...].drop { $0 == " " || $0 == "\t" || $0 == ":" || $0 == "=" }
        return (String(line[..<end]), String(value))
    }
}

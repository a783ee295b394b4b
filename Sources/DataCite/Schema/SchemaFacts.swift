// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a release of the DataCite schema says: elements, attributes and controlled lists, read from `rules/datacite`.
///
/// - Source: DataCite Metadata Schema 4.7, 10.14454/28a4-kd32; the file tells which facts were taken.
public struct SchemaFacts: Sendable {
    /// An attribute of an element.
    struct Attribute: Sendable {
        var name: String
        /// "anyURI", "string", or the name of a list; nil: any text.
        var type: String?
        var isRequired: Bool
        /// The version since which there is one.
        var since: String
    }

    /// An element and what it holds.
    struct Element: Sendable {
        var name: String
        /// "all", "sequence", "choices", "text", "text+", "any", "mixed", "empty", or the name of a type.
        var content: String
        var least: Int
        /// Nil: any number.
        var most: Int?
        var attributes: [Attribute]
        var elements: [Element]
    }

    let root: Element
    /// Values of the controlled lists with the version since which they are there.
    let lists: [String: [(value: String, since: String)]]
    /// The release, "4.7"; "4.6" and "4.5" leave out what is newer.
    public let version: String

    /// The releases that the facts tell apart, newest first.
    public static let versions = ["4.7", "4.6", "4.5"]

    /// - Parameters:
    ///   - structure: `structure.tsv`.
    ///   - vocabularies: `vocabularies.tsv`.
    ///   - version: One of ``versions``.
    /// - Returns: Nil where the files are not of this form.
    public init?(structure: [UInt8], vocabularies: [UInt8], version: String = "4.7") {
        guard Self.versions.contains(version) else { return nil }
        var rows = Self.rows(structure)[...]
        guard let root = Self.element(&rows, below: ""), rows.isEmpty else { return nil }
        var lists: [String: [(value: String, since: String)]] = [:]
        for row in Self.rows(vocabularies) {
            guard row.count == 3 else { return nil }
            lists[row[0], default: []].append((row[1], row[2]))
        }
        self.root = root
        self.lists = lists
        self.version = version
    }

    /// The values of a controlled list such as "relationType" in this version.
    public func values(_ list: String) -> [String] {
        (lists[list] ?? []).filter { isKnown($0.since) }.map(\.value)
    }

    /// The version since which a value of a list is there; nil for one that is not of the list.
    public func since(_ value: String, in list: String) -> String? {
        lists[list]?.first { $0.value == value }?.since
    }

    func isKnown(_ since: String) -> Bool { since <= version }

    private static func rows(_ bytes: [UInt8]) -> [[String]] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.hasPrefix("#") ? nil : line.split(separator: "\t").map(String.init)
        }
    }

    private static func element(_ rows: inout ArraySlice<[String]>, below parent: String) -> Element? {
        guard let row = rows.popFirst(), row.count == 4 else { return nil }
        let path = row[0]
        guard let name = path.split(separator: "/").last, path == parent + name else { return nil }
        let bounds = row[2].split(separator: "-")
        guard let least = bounds.first.flatMap({ Int($0) }) else { return nil }
        let most = bounds.count == 1 ? least : Int(bounds[1])
        let attributes = row[3] == "-" ? [] : row[3].split(separator: " ").map { attribute(String($0)) }
        var elements: [Element] = []
        while let next = rows.first?.first, next.hasPrefix(path + "/") {
            guard let element = element(&rows, below: path + "/") else { return nil }
            elements.append(element)
        }
        return Element(
            name: String(name), content: row[1], least: least, most: most, attributes: attributes, elements: elements)
    }

    /// "name", ":type", "!" for one that is required, "@version"; the prefix xml is part of the name.
    private static func attribute(_ text: String) -> Attribute {
        let parts = text.split(separator: "@")
        var word = String(parts[0])
        let isRequired = word.hasSuffix("!")
        if isRequired { word.removeLast() }
        var type: String?
        if !word.hasPrefix("xml:"), let colon = word.firstIndex(of: ":") {
            type = String(word[word.index(after: colon)...])
            word = String(word[..<colon])
        }
        return Attribute(
            name: word, type: type, isRequired: isRequired, since: parts.count > 1 ? String(parts[1]) : "4")
    }
}

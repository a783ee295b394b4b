// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
internal import XML

/// The DataCite record that a repository serves beside ours: each property equal, changed, lost or added.
///
/// - Source: exports of InvenioRDM 14.0.5, measured.
public struct ExportComparison: Sendable {
    /// One thing that ours has, or theirs.
    struct Item: Hashable, Sendable {
        /// Such as "subject".
        let property: String
        /// What tells it from others of its kind.
        let text: String
        /// Attributes by name.
        let details: [String: String]
    }

    /// What became of something.
    public struct Line: Sendable, Hashable {
        public enum Fate: String, Sendable { case changed, lost, added }
        public let fate: Fate
        public let property: String
        /// The property without what tells it from others of its kind: "valueURI of subject".
        public let kind: String
        public let ours: String
        public let theirs: String
        /// A known loss of the repository; the complete record is a file of the deposit.
        public let isKnown: Bool
    }

    public let lines: [Line]
    /// Properties that are the same.
    public let equal: Int

    /// Compares two documents.
    public init(ours: [UInt8], theirs: [UInt8]) throws(DepositStop) {
        let first = try Self.items(ours, "our DataCite record")
        var rest = try Self.items(theirs, "the DataCite record of the repository")
        var lines: [Line] = []
        var equal = 0
        for item in first {
            guard let index = Self.partner(of: item, in: rest) else {
                lines.append(Self.line(.lost, item, nil))
                continue
            }
            let other = rest.remove(at: index)
            let changes = Self.changes(item, other)
            if changes.isEmpty { equal += 1 }
            lines += changes
        }
        lines += rest.map { Self.line(.added, nil, $0) }
        self.lines = lines
        self.equal = equal
    }

    /// Losses and changes that are not known ones.
    public var unexpected: [Line] { lines.filter { !$0.isKnown } }

    /// What the repository has no place for, or writes in another form; each kind once, in the order of our record.
    public var losses: [String] {
        lines.filter { $0.isKnown && $0.fate != .added }.reduce(into: []) {
            if !$0.contains($1.kind) { $0.append($1.kind) }
        }
    }

    // MARK: Reading

    private static func items(_ bytes: [UInt8], _ name: String) throws(DepositStop) -> [Item] {
        let root: Element
        do throws(XMLFault) {
            root = try Element(parsing: bytes, named: name)
        } catch {
            throw DepositStop(.interruption, "\(error)", remedy: error.remedy)
        }
        var items: [Item] = []
        for element in root.children {
            let isList = element.children.contains { $0.name != "br" } && !["description"].contains(element.name)
            for part in isList ? element.children : [element] { items.append(item(part)) }
        }
        return items
    }

    private static func item(_ element: Element) -> Item {
        var details: [String: String] = [:]
        for attribute in element.attributes { details[attribute.name] = attribute.value }
        var text = lines(element)
        for child in element.children where child.name != "br" {
            // The first part with a text names it.
            let words = whole(child)
            if trimmed(text).isEmpty { text = words } else { details[child.name, default: ""] += words + " " }
            for attribute in child.attributes { details["\(child.name).\(attribute.name)"] = attribute.value }
        }
        return Item(property: element.name, text: trimmed(text), details: details.mapValues(trimmed))
    }

    /// The text of an element; where a line is broken stands a blank.
    private static func lines(_ element: Element) -> String {
        let bytes = Array(element.text.utf8)
        var text: [UInt8] = []
        var start = 0
        for child in element.children where child.name == "br" && (start...bytes.count).contains(child.textBefore) {
            text += bytes[start..<child.textBefore] + [UInt8(ascii: " ")]
            start = child.textBefore
        }
        return String(decoding: text + bytes[start...], as: UTF8.self)
    }

    private static func whole(_ element: Element) -> String {
        ([element.text] + element.children.map(whole)).map(trimmed).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func trimmed(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ")
    }

    // MARK: Comparing

    /// What stands for the same thing on the other side.
    private static func partner(of item: Item, in others: [Item]) -> Int? {
        let same = others.indices.filter { others[$0].property == item.property }
        if let exact = same.first(where: { others[$0] == item }) { return exact }
        let key = plain(item)
        if let near = same.first(where: { plain(others[$0]) == key && kind(others[$0]) == kind(item) }) { return near }
        if let near = same.first(where: { plain(others[$0]) == key }) { return near }
        // Of what there is once, the two belong together.
        let single = ["language", "publisher", "publicationYear", "version", "resourceType", "identifier"]
        return single.contains(item.property) ? same.first : nil
    }

    /// The type of a date, a description, a contributor.
    private static func kind(_ item: Item) -> String? {
        item.details["dateType"] ?? item.details["descriptionType"] ?? item.details["contributorType"]
            ?? item.details["relationType"]
    }

    /// The text without case, marks of HTML and times of days.
    private static func plain(_ item: Item) -> String {
        var text = item.text.lowercased()
        if item.property == "date" {
            text = text.split(separator: "/").map { $0.prefix { $0 != "t" } }.joined(separator: "/")
        }
        if item.property == "date" {
            let days = text.split(separator: "/")
            if days.count == 2, days[0] == days[1] { text = String(days[0]) }
        }
        for mark in ["<p>", "</p>", "<br>", "<br/>", "<br />"] {
            text = text.split(separator: mark).joined(separator: " ")
        }
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func changes(_ ours: Item, _ theirs: Item) -> [Line] {
        var lines: [Line] = []
        if ours.text != theirs.text {
            let isKnown = plain(ours) == plain(theirs) || ours.property == "language" || ours.property == "resourceType"
            lines.append(
                Line(
                    fate: .changed, property: ours.property, kind: "wording of \(ours.property)", ours: ours.text,
                    theirs: theirs.text, isKnown: isKnown))
        }
        for (name, value) in ours.details.sorted(by: { $0.key < $1.key }) {
            let other = theirs.details[name]
            guard other != value else { continue }
            let property = "\(ours.property) '\(ours.text.prefix(60))' \(name)"
            lines.append(
                Line(
                    fate: other == nil ? .lost : .changed, property: property, kind: "\(name) of \(ours.property)",
                    ours: value, theirs: other ?? "",
                    isKnown: isKnown(ours, name, value, other)))
        }
        return lines
    }

    /// Attributes that InvenioRDM has no place for, or writes otherwise.
    private static func isKnown(_ item: Item, _ name: String, _ value: String, _ other: String?) -> Bool {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        switch last {
        case "schemeURI", "valueURI", "classificationCode", "lang", "rightsURI", "awardURI", "subjectScheme",
            "rightsIdentifierScheme", "schemeType", "relatedMetadataScheme", "publisherIdentifier",
            "publisherIdentifierScheme", "affiliationIdentifier", "affiliationIdentifierScheme", "nameType",
            "resourceTypeGeneral" where item.property != "resourceType":
            return true
        case "rightsIdentifier": return value.lowercased() == other
        case "nameIdentifier": return other.map { value.lowercased().hasSuffix($0.lowercased()) } ?? false
        case "dateInformation", "nameIdentifierScheme", "funderIdentifierType", "awardNumber", "awardTitle":
            return other?.lowercased() == value.lowercased() || other == nil && last == "dateInformation"
        case "funderIdentifier": return other.map { value.hasSuffix($0) || $0.hasSuffix(value) } ?? false
        default: return false
        }
    }

    private static func line(_ fate: Line.Fate, _ ours: Item?, _ theirs: Item?) -> Line {
        guard let item = ours ?? theirs else { preconditionFailure("one side has it") }
        let words = ([item.text] + item.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
            .filter { !$0.isEmpty }.joined(separator: ", ")
        return Line(
            fate: fate, property: item.property, kind: item.details["relatedIdentifierType"] ?? item.property,
            ours: ours == nil ? "" : words, theirs: theirs == nil ? "" : words,
            isKnown: fate == .added ? isKnownAddition(item) : isKnownLoss(item))
    }

    /// What a repository adds by itself.
    private static func isKnownAddition(_ item: Item) -> Bool {
        switch item.property {
        case "date": ["Issued", "Updated", "Created"].contains(item.details["dateType"] ?? "")
        case "relatedIdentifier":
            ["IsVersionOf", "IsPartOf", "HasVersion"].contains(item.details["relationType"] ?? "")
        case "alternateIdentifier":
            ["url", "oai"].contains((item.details["alternateIdentifierType"] ?? "").lowercased())
        // The address of a term, which is sent as a subject of its own where the server does not know the term.
        case "subject": item.text.hasPrefix("http://") || item.text.hasPrefix("https://")
        default: false
        }
    }

    /// Identifiers of kinds that it has no place for.
    private static func isKnownLoss(_ item: Item) -> Bool {
        guard item.property == "relatedIdentifier" else { return false }
        return ["CSTR", "RRID", "LSID", "RAiD", "SWHID"].contains(item.details["relatedIdentifierType"] ?? "")
    }
}

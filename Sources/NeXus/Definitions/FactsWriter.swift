// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What stands at the head of a facts file: where the facts come from.
public struct Provenance: Sendable, Hashable {
    /// The tag, such as `v2026.01`; nil for a folder that names none.
    public var release: String?
    public var commit: String?
    /// Day of the release, `YYYY-MM-DD`.
    public var date: String?
    /// Address of the source.
    public var source: String
    /// Whether capitals in names are flexible by convention (before v2025.11).
    public var isLegacy: Bool
    /// SHA-256 of every file read, by its path, in order of path.
    public var files: [(path: String, sha256: String)]

    public static func == (left: Provenance, right: Provenance) -> Bool {
        left.release == right.release && left.commit == right.commit && left.date == right.date
            && left.source == right.source && left.isLegacy == right.isLegacy
            && left.files.elementsEqual(right.files, by: ==)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(release)
        hasher.combine(files.count)
    }
}

/// Writes a facts file: one record a line, fields separated by a tab, classes sorted by name.
struct FactsWriter {
    static let heading = "imprimatur-nexus-facts\t1"
    static let licence =
        "LGPL-3.0-or-later (the NXDL files; names, types and structure are taken from them, no text)"

    private var text = ""

    static func text(of definitions: [Definition], _ provenance: Provenance) -> String {
        var writer = FactsWriter()
        writer.text.reserveCapacity(1 << 19)
        writer.head(provenance)
        for definition in definitions.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            writer.record(definition)
        }
        return writer.text
    }

    private mutating func head(_ provenance: Provenance) {
        text += Self.heading + "\n"
        line(["release", provenance.release ?? "-"])
        line(["commit", provenance.commit ?? "-"])
        line(["date", provenance.date ?? "-"])
        line(["source", provenance.source])
        line(["licence", Self.licence])
        line(["names", provenance.isLegacy ? "legacy" : "partial"])
        for file in provenance.files { line(["file", file.sha256, file.path]) }
    }

    private mutating func record(_ definition: Definition) {
        var fields = ["class", definition.name, definition.category.rawValue, definition.parent ?? "-"]
        fields.append(definition.file)
        if !definition.symbols.isEmpty { fields.append("symbols=" + list(definition.symbols)) }
        let ignored: [(Definition.Ignored, String)] = [
            (.groups, "groups"), (.fields, "fields"), (.attributes, "attributes"),
        ]
        let named = ignored.filter { definition.ignored.contains($0.0) }.map(\.1)
        if !named.isEmpty { fields.append("ignore=" + named.joined(separator: "|")) }
        if definition.isDeprecated { fields.append("deprecated") }
        line(fields, encoding: false)
        var open = definition.items.reversed().map { (depth: 1, item: $0) }
        while let (depth, item) = open.popLast() {
            record(item, depth: depth)
            open += item.items.reversed().map { (depth: depth + 1, item: $0) }
        }
    }

    private mutating func record(_ item: Item, depth: Int) {
        var fields = [
            String(depth), item.kind.rawValue, item.name ?? "-", item.match.rawValue, item.type ?? "-",
            "\(item.minimum)..\(item.maximum.map(String.init) ?? "*")", item.isRecommended ? "r" : "-",
            item.units ?? "-", String(item.line),
        ].map(Self.encoded)
        if let values = item.enumeration { fields.append("enum=" + list(values)) }
        if item.isOpen { fields.append("open") }
        if let rank = item.rank { fields.append("rank=" + Self.encoded(rank)) }
        for extent in item.extents {
            fields.append("dim=\(extent.index):\(Self.encoded(extent.size))\(extent.isOptional ? "?" : "")")
        }
        if let deprecation = item.deprecation {
            fields.append("deprecated")
            if let use = deprecation.replacement { fields.append("use=" + Self.encoded(use)) }
            if let issue = deprecation.issue { fields.append("issue=" + Self.encoded(issue)) }
        }
        if let target = item.target { fields.append("target=" + Self.encoded(target)) }
        for name in ["signal", "axis", "primary", "axes"] {
            if let value = item.stated[name] { fields.append("\(name)=\(Self.encoded(value))") }
        }
        line(fields, encoding: false)
    }

    private func list(_ values: [String]) -> String { values.map(Self.encoded).joined(separator: "|") }

    private mutating func line(_ fields: [String], encoding: Bool = true) {
        text += (encoding ? fields.map(Self.encoded) : fields).joined(separator: "\t") + "\n"
    }

    /// Percent-encodes what separates records, fields and values.
    static func encoded(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x25 || $0 == 9 || $0 == 10 || $0 == 13 || $0 == 0x7C }) else {
            return value
        }
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "%": result += "%25"
            case "\t": result += "%09"
            case "\n": result += "%0A"
            case "\r": result += "%0D"
            case "|": result += "%7C"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

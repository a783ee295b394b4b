// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let meta005 = Rule(
        "META-005", .C, "text is a template or placeholder", applies: .both,
        what: """
            Block code, title, names, authors and descriptions say something: they are not empty, not '?', 'xxx', \
            'unknown', 'none' or '????', not a text in angle brackets or braces as templates have it, not the text of \
            printers (lorem ipsum), and not the name of what is to be written ('title', 'your sample', 'enter name here').
            """,
        why: "Readers and indexes take the placeholder for the name.",
        fix: "Write the name; when it is not known, write ? without quotes or leave the item out.",
        references: [
            "NXmx:/NXentry/NXinstrument/name", "nexusformat/definitions#1143",
            "COMCIFS/imgCIF_Creator:imgCIF_creator/core.py",
        ],
        reads: [.detectorName, .title, .places, .sample],
        checks: [.text(placeholdersOfCIF), .experiment(placeholdersOfNeXus)])
}

private let namingItems = [
    "_audit.block_code", "_audit_author.name", "_audit_contact_author.name", "_diffrn.crystal_id",
    "_diffrn.crystal_support", "_diffrn_source.facility", "_diffrn_source.beamline", "_diffrn_source.make",
    "_diffrn_source.type", "_diffrn_source.device", "_diffrn_source.details", "_diffrn_detector.id",
    "_diffrn_detector.make", "_diffrn_detector.type", "_diffrn_detector.description", "_diffrn_detector.details",
    "_diffrn_measurement.device", "_diffrn_measurement.details", "_diffrn_measurement.sample_support",
    "_diffrn_radiation.type", "_exptl_crystal.description", "_publ_author.name", "_publ_section.title",
]

private func placeholdersOfCIF(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        if Placeholder.matches(block.name) {
            tell("block code", block.name, .text(offset: block.offset, item: nil, row: nil), in: block.name, &verdicts)
        }
        for column in namingItems.compactMap(block.column) {
            for row in 0..<column.count {
                guard let text = column.text(row), Placeholder.matches(text) else { continue }
                tell(column.name, text, column.place(row), in: block.name, &verdicts)
            }
        }
    }
}

private func placeholdersOfNeXus(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil else { return }
    let identity = view.experiment.identity
    let texts =
        [identity.title, identity.facility, identity.instrument, identity.beamline, identity.sample]
        + view.experiment.detectors.map(\.description)
    var told = Set<Place>()
    for text in texts {
        guard let text, let place = text.origin.place, Placeholder.matches(text.value), told.insert(place).inserted
        else { continue }
        var item = "text"
        if case .object(let path, _) = place.spot { item = path.split(separator: "/").suffix(2).joined(separator: "/") }
        tell(item, text.value, place, in: view.scope, &verdicts)
    }
}

private func tell(_ item: String, _ text: String, _ place: Place, in scope: String, _ verdicts: inout Verdicts) {
    verdicts.report(
        "\(item) is '\(Wording.excerpt(text))', a placeholder", at: [place],
        values: [("item", .text(item)), ("value", .text(text))], subjects: [Subject(.category, item, in: scope)])
}

/// Texts that stand where a name is to be written.
enum Placeholder {
    private static let words: Set<String> = [
        "unknown", "none", "n/a", "not given", "not specified", "tbd", "todo", "tba", "undefined", "null", "nan",
        "not set",
        "unset", "not available", "not applicable", "placeholder", "dummy", "foo", "foobar", "blah", "blah blah",
        "asdf",
        "qwerty", "changeme", "change me", "fill in", "fill me in", "to be filled in", "string", "text", "default",
        "unnamed",
        "untitled", "noname", "title", "name", "description", "instrument", "beamline", "facility", "source",
    ]
    /// What is to be written: an 'unknown sample', 'sample name', 'your title', 'no name'.
    private static let things: Set<String> = [
        "title", "name", "description", "sample", "crystal", "protein", "instrument", "beamline", "detector",
        "facility",
        "source", "author", "text",
    ]

    static func matches(_ text: String) -> Bool {
        let trimmed = text.utf8.allSatisfy { $0 < 0x80 } ? bare(text.utf8) : bare(text)
        if trimmed.isEmpty || words.contains(trimmed) || trimmed.hasPrefix("lorem ipsum") { return true }
        if trimmed.allSatisfy({ $0 == "?" }) || trimmed.allSatisfy({ "-_".contains($0) }) { return true }
        if trimmed.count > 1, trimmed.allSatisfy({ $0 == "x" }) || trimmed.allSatisfy({ $0 == "." }) { return true }
        return isTemplate(trimmed) || isRequest(trimmed)
    }

    /// In the brackets that a program was to fill: <name>, {name}, ${NAME}, %(name)s.
    private static func isTemplate(_ text: String) -> Bool {
        if text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("%(") && text.hasSuffix(")s") { return true }
        let inner = text.drop { $0 == "$" || $0 == "{" }.prefix { $0 != "}" }
        let isWord = !inner.isEmpty && inner.allSatisfy { $0.isLetter || "_. ".contains($0) }
        return isWord && (text.hasPrefix("{") || text.hasPrefix("${")) && text.hasSuffix("}")
    }

    /// Words that ask for a name instead of being one.
    private static func isRequest(_ text: String) -> Bool {
        let words = text.split { $0 == " " || $0 == "_" || $0 == ":" }.map(String.init)
        guard let first = words.first, let last = words.last, words.count > 1, words.count < 6 else { return false }
        switch first {
        case "your", "todo", "tbd", "placeholder", "dummy": return true
        case "insert", "enter", "type", "write": return last == "here" || things.contains(last)
        case "unknown", "no": return words.count == 2 && things.contains(last)
        case "name": return words.count > 2 && words[1] == "of" && things.contains(last)
        default: return last == "name" && words.count == 2 && things.contains(first)
        }
    }

    /// The text in small letters, without blanks at its ends and white space other than blanks inside.
    private static func bare(_ text: String) -> String {
        let folded = text.lowercased().filter { !$0.isWhitespace || $0 == " " }
        let bare = folded.drop { $0 == " " }
        return String(bare.reversed().drop { $0 == " " }.reversed())
    }

    /// The same of ASCII, where bytes are characters.
    private static func bare(_ bytes: String.UTF8View) -> String {
        let folded = bytes.filter { !(0x09...0x0D).contains($0) }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let bare = folded.drop { $0 == 0x20 }
        guard let last = bare.lastIndex(where: { $0 != 0x20 }) else { return "" }
        return String(decoding: bare[...last], as: UTF8.self)
    }
}

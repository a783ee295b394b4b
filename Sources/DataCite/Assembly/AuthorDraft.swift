// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON

/// The text of a first `publication.json5`: what is known with its source, what is missing as questions.
///
/// - Source: publication.md section 2.
public struct AuthorDraft: Sendable {
    /// Patterns of the data, relative to the file.
    public var data: [String]
    /// The record as far as the data make it.
    public var assembly: RecordAssembly
    /// Where a value comes from, in words such as "scan1.nxs:/entry/title".
    public var words: @Sendable (Origin) -> String

    public init(data: [String], assembly: RecordAssembly, words: @escaping @Sendable (Origin) -> String) {
        self.data = data
        self.assembly = assembly
        self.words = words
    }

    /// JSON5 that ``AuthorFile`` reads without a fault.
    public var text: String {
        var lines = [
            "// publication.json5: what is published about these data. Remove what does not apply; null: not known.",
            "{", "  schema: 1,", "  // What is deposited, relative to this file; * stands for any characters.",
            "  data: [",
        ]
        lines += data.map { "    \(Self.quoted($0))," }
        lines.append("  ],")
        lines += known
        lines += ["", "  // Title: null takes the one that is made from the data:"]
        lines += comment(assembly.record.title?.value ?? "none")
        if let title = facts.title { lines += comment("proposed: \(title.value)", title) }
        lines += [
            "  title: null,", "  // What was measured, and why? A few sentences.", "  abstract: null,", "",
            "  // Who made the data? The order is that of the citation.", "  creators: [",
        ]
        lines += proposedCreators
        lines += [
            "    // { family: \"\", given: \"\", orcid: \"0000-0000-0000-0000\", affiliations: [{ name: \"\", ror: \"\" }] },",
            "  ],", "  // Who had another part in it? role: DataCollector, Supervisor, ContactPerson, …",
            "  contributors: [],", "  // Whom to ask? The address goes into README alone.",
            "  contact: null,  // { family: \"\", given: \"\", email: \"\" }", "",
            "  // Under which licence? CC-BY-4.0 asks to be cited, CC0-1.0 asks nothing.",
            "  licence: \(Self.quoted(assembly.record.rights.first?.identifier?.value)),",
            "  // Are the files closed until a day? { until: \"YEAR-MONTH-DAY\", reason: \"\" } or { years: 3, from: \"collected\" }",
            "  embargo: null,", "  // A policy fills licence and embargo: esrf, cc-by, cc0, or a file of your own.",
            "  policy: \(Self.quoted(assembly.facility?.policy?.value)),", "", "  // Who paid?", "  funding: [",
        ]
        lines += facts.proposedFunding.flatMap { grant in
            comment(
                "proposed: { funder: \(Self.quoted(grant.funder?.value)), award: \(Self.quoted(grant.awardNumber?.value)) },",
                grant.funder, indent: 4)
        }
        lines += [
            "    // { funder: \"\", ror: \"\", award: \"\", title: \"\", url: \"\" },", "  ],",
            "  // What do the data belong to? paper, letter, pdb, csd, cod, processed, session, instrument, copy, software",
            "  related: [", "    // { paper: \"10.\" }, { pdb: \"\" },", "  ],",
        ]
        lines += techniques
        lines += ["  keywords: [],", "  language: \"en\",", "  version: \"1.0\","]
        lines += sample
        lines += proposal
        lines += [
            "  // Communities of the repository that are asked to take the record.", "  communities: [],",
            "  // The repository: zenodo-sandbox, zenodo, invenio, test, or a file of your own.", "  target: null,",
            "}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var facts: DataSetFacts { assembly.facts }

    /// What the data say, which the record takes without being told.
    private var known: [String] {
        let record = assembly.record
        let rows: [(String, Leaf?)] = [
            ("doi", facts.doi), ("facility", facts.facility), ("beamline", facts.beamline), ("sample", facts.sample),
            ("collected", facts.collected), ("images", facts.frames.map { $0.map(String.init) }),
            ("detector", facts.detector),
            ("wavelength", facts.wavelengths.first.map { $0.map { "\(DecimalText.rounded($0, decimals: 6)) A" } }),
            ("form", facts.definition), ("methods", record.description("Methods")),
        ]
        var lines = ["", "  // From the data, taken without being repeated here:"]
        for case (let name, let leaf?) in rows {
            let padded = name + String(repeating: " ", count: max(1, 11 - name.count))
            lines += comment("\(padded) \(leaf.value)", leaf, indent: 2, mark: "//   ")
        }
        let missing = rows.dropLast().filter { $0.1 == nil && $0.0 != "doi" }.map(\.0)
        if !missing.isEmpty {
            lines.append("  // Not in the data: \(missing.joined(separator: ", ")). Known? Write it here:")
            for name in missing where ["facility", "beamline", "collected", "images"].contains(name) {
                lines.append("  \(name): null,")
            }
        }
        for note in assembly.notes { lines += comment("note: " + note) }
        return lines
    }

    private var proposedCreators: [String] {
        facts.proposedCreators.flatMap { party -> [String] in
            var parts = [
                party.family.map { "family: \(Self.quoted($0.value))" },
                party.given.map { "given: \(Self.quoted($0.value))" },
            ]
            if let orcid = party.identifier("ORCID") {
                parts.append("orcid: \(Self.quoted(CheckDigits.bare(orcid.value)))")
            }
            if let affiliation = party.affiliations.first {
                parts.append("affiliations: [{ name: \(Self.quoted(affiliation.name.value)) }]")
            }
            return comment("proposed: { \(parts.compactMap { $0 }.joined(separator: ", ")) },", party.name, indent: 4)
        }
    }

    private var techniques: [String] {
        var lines = ["  // Techniques by their ids of PaNET; without any the record has:"]
        for subject in assembly.record.subjects where subject.scheme?.value == "PaNET" {
            let id = CheckDigits.bare(subject.valueAddress?.value ?? "")
            lines += comment("\(id)  \(subject.text.value)", subject.valueAddress)
        }
        return lines + ["  techniques: [],"]
    }

    private var sample: [String] {
        ["  // What was measured? The name of the substance, as the title has it.", "  sample: { name: null },"]
    }

    private var proposal: [String] {
        var lines = ["  // The proposal of the facility, as it numbers them."]
        for alternate in facts.alternates {
            lines += comment(
                "the data have \(alternate.type?.value ?? "number") \(alternate.value.value)", alternate.value)
        }
        let facility = Self.quoted(assembly.facility?.id ?? facts.facility?.value)
        return lines + ["  proposal: null,  // { facility: \(facility), number: \"\" }"]
    }

    /// A comment of one line, with the source of the value behind it; line ends of the value end no comment.
    private func comment(_ text: String, _ leaf: Leaf? = nil, indent: Int = 2, mark: String = "// ") -> [String] {
        let source = leaf.map { "  [\(words($0.origin))]" } ?? ""
        let plain = (text + source).map { $0.isNewline ? " " : $0 }
        return [String(repeating: " ", count: indent) + mark + String(plain)]
    }

    /// A text in JSON quotes, or null.
    static func quoted(_ text: String?) -> String {
        guard let text else { return "null" }
        var json = JSONWriter(.compact)
        json.string(text)
        return String(decoding: json.finishValue(), as: UTF8.self)
    }

    /// Patterns for many names: a run of digits in which names differ becomes `*`.
    public static func patterns(_ names: [String]) -> [String] {
        var order: [String] = []
        var groups: [String: [String]] = [:]
        for name in names {
            let end = name.lastIndex { $0.isASCII && $0.isNumber }
            // The digits of an ending such as .h5 count no images.
            let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
            var key = name
            if end != nil, let last = stem.lastIndex(where: { $0.isASCII && $0.isNumber }) {
                var first = last
                while first > stem.startIndex, case let before = stem.index(before: first), stem[before].isASCII,
                    stem[before].isNumber
                { first = before }
                key = name.replacingCharacters(first, last)
            }
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(name)
        }
        return order.map { key in groups[key].flatMap { $0.count == 1 ? $0[0] : nil } ?? key }
    }
}

extension String {
    /// The text with one run of characters, both ends included, as `*`.
    fileprivate func replacingCharacters(_ first: Index, _ last: Index) -> String {
        String(self[..<first]) + "*" + String(self[index(after: last)...])
    }
}

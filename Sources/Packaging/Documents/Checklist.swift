// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
public import DataCite
import Diffraction
import JSON
import RuleEngine
public import Transport

/// What an archive asks in a form, and how data come to it: read from `rules/archives/<id>.json5`.
public struct FormArchive: Sendable {
    /// One field of the form.
    public struct Field: Sendable, Hashable {
        public let words: String
        /// What of a record answers it, by `Checklist.sources`; nil: the person alone.
        public let from: String?
        /// What it wants to hear; nil: anything.
        public let wanted: String?
    }

    public let name: String
    public let address: String
    /// How files get there.
    public let transfer: String
    /// Where the fields are told.
    public let source: String
    /// Worth knowing before one begins, one sentence each.
    public let notes: [String]
    public let fields: [Field]

    /// The archives that ship, by their ids.
    public static func ids(_ rules: RulesFolder) -> [String] {
        FolderWalk.names(under: rules.path + "/archives").compactMap { path in
            let name = Name(path).last.text
            return name.hasSuffix(".json5") ? String(name.dropLast(".json5".count)) : nil
        }
    }

    /// Reads the archive of an id.
    public static func find(_ word: String, _ rules: RulesFolder) throws(Failure) -> FormArchive {
        let known = ids(rules)
        let path = "\(rules.path)/archives/\(word).json5"
        guard known.contains(word), let bytes = FileBytes.read(path) else {
            let near = Spelling.nearest(to: word, among: known).map { "did you mean '\($0)'? " } ?? ""
            throw Failure(
                usage: "there is no archive '\(Escaping.line(word))'",
                remedy: near + "known are \(known.joined(separator: ", "))")
        }
        let json: JSONValue
        do throws(JSONFault) {
            json = try JSONReader.read(bytes, .json5)
        } catch {
            throw Failure(
                attempt: "read the archive", subject: path, code: .usage, words: error.description,
                remedy: "mend the file")
        }
        return try FormArchive(json, path)
    }

    private init(_ json: JSONValue, _ path: String) throws(Failure) {
        let members = MemberReader(json, path, "archive")
        try members.allow(["id", "name", "address", "transfer", "source", "notes", "fields"])
        name = try members.text("name")
        address = try members.text("address")
        transfer = try members.text("transfer")
        source = try members.text("source")
        notes = (json["notes"]?.elements ?? []).compactMap(\.string)
        var fields: [Field] = []
        for value in json["fields"]?.elements ?? [] {
            let inner = MemberReader(value, path, "field")
            try inner.allow(["ask", "from", "wanted"])
            let from = value["from"]?.string
            if let from, !Checklist.sources.contains(from) {
                throw Failure(
                    attempt: "use", subject: path, code: .usage, words: "nothing of a record is called '\(from)'",
                    remedy: "known are " + Checklist.sources.joined(separator: ", "))
            }
            fields.append(Field(words: try inner.text("ask"), from: from, wanted: value["wanted"]?.string))
        }
        self.fields = fields
    }
}

/// The form of an archive with what a record answers.
public struct Checklist: Sendable {
    /// One line of it.
    public struct Row: Sendable, Hashable {
        public let words: String
        /// Nil: nothing known answers it.
        public let answer: String?
        /// What the archive wants instead of the answer; nil where it fits.
        public let conflict: String?
    }

    public let rows: [Row]
    static let sources = [
        "title", "abstract", "authors", "contact", "email", "affiliation", "paper", "pdb", "licence", "sample",
        "facility", "beamline", "detector", "wavelength", "distance", "collected", "images", "increment", "method",
        "funding", "size", "temperature",
    ]

    /// - Parameter bytes: Of all files with data.
    public init(_ archive: FormArchive, record: PublicationRecord, facts: DataSetFacts, sample: String?, bytes: Int) {
        rows = archive.fields.map { field in
            let answer = field.from.flatMap {
                Self.answer($0, record: record, facts: facts, sample: sample, bytes: bytes)
            }
            let conflict = field.wanted.flatMap { wanted in answer == nil || answer == wanted ? nil : wanted }
            return Row(words: field.words, answer: answer, conflict: conflict)
        }
    }

    /// Fields that nothing answers.
    public var open: Int { rows.count { $0.answer == nil } }

    private static func answer(
        _ name: String, record: PublicationRecord, facts: DataSetFacts, sample: String?, bytes: Int
    ) -> String? {
        func number(_ value: Sourced<Double>?, _ unit: String) -> String? {
            value.map { "\(Wording.number($0.value)) \(unit)" }
        }
        func list(_ words: [String]) -> String? { words.isEmpty ? nil : words.joined(separator: "; ") }
        func related(_ test: (RelatedIdentifier) -> Bool) -> String? {
            record.relatedIdentifiers.first(where: test)?.value.value
        }
        switch name {
        case "title": return record.title?.value
        case "abstract": return record.description("Abstract")?.value
        case "authors": return list(record.creators.compactMap(DocumentContent.name))
        case "contact": return record.contact?.name.value
        case "email": return record.contact?.email?.value
        case "affiliation":
            var seen = Set<String>()
            let names = record.creators.flatMap(\.affiliations).map(\.name.value)
            return list(names.filter { seen.insert($0).inserted })
        case "paper":
            return related { ["IsSupplementTo", "IsReferencedBy"].contains($0.relation?.value) }
        case "pdb":
            return related { $0.value.value.lowercased().hasPrefix("10.2210/pdb") }.map {
                String($0.dropFirst("10.2210/pdb".count).prefix { $0 != "/" })
            }
        case "licence": return record.rights.lazy.compactMap(\.identifier?.value).first
        case "sample": return sample ?? facts.sample?.value
        case "facility": return facts.facility?.value
        case "beamline": return facts.beamline?.value
        case "detector": return facts.detector?.value
        case "wavelength": return list(facts.wavelengths.map { "\(Wording.number($0.value)) Å" })
        case "distance": return number(facts.distance, "mm")
        case "collected": return facts.collected?.value
        case "images": return facts.frames.map { "\($0.value)" }
        case "increment": return number(facts.increment, "deg")
        case "method": return record.resourceType?.text?.value
        case "funding":
            return list(
                record.fundingReferences.compactMap { one in
                    one.funder.map { $0.value + (one.awardNumber.map { " \($0.value)" } ?? "") }
                })
        case "size": return SizeText.of(bytes)
        case "temperature": return number(facts.temperature, "K")
        default: return nil
        }
    }
}

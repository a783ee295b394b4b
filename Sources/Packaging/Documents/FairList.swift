// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
import Diffraction
import Transport

/// What an assessment of FAIRness would ask of a deposit, answered from what is known before it is made.
///
/// There is no score: what only a server can confirm is *not checked*.
/// - Source: the metrics of F-UJI 0.8.
public struct FairList: Sendable {
    /// How a metric is answered.
    public enum Answer: String, Sendable, Hashable {
        case yes, no
        case notChecked = "not checked"
    }

    /// One metric, or several that one fact answers.
    public struct Row: Sendable, Hashable {
        public let metrics: String
        public let answer: Answer
        /// What there is, or what is missing.
        public let words: String
    }

    public let rows: [Row]

    /// - Parameters:
    ///   - record: As it would be deposited.
    ///   - tables: Identifiers of licences.
    public init(_ record: PublicationRecord, facts: DataSetFacts, plan: PackagePlan, tables: RecordTables) {
        var rows: [Row] = []
        func add(_ metrics: String, _ answer: Answer, _ words: String) {
            rows.append(Row(metrics: metrics, answer: answer, words: words))
        }
        /// Yes when nothing is missing.
        func ask(_ metrics: String, _ named: [(String, Bool)], _ words: String) {
            let missing = named.filter { !$0.1 }.map(\.0)
            add(
                metrics, missing.isEmpty ? .yes : .no,
                missing.isEmpty ? words : "missing: " + missing.joined(separator: ", "))
        }
        let target = plan.target
        if let doi = record.identifier {
            add("F1-01MD", .yes, "DOI \(doi.value)")
        } else if let target {
            add("F1-01MD", .notChecked, "\(target.name) reserves a DOI with the deposit")
        } else {
            add("F1-01MD", .no, "no DOI, and no repository is named that gives one")
        }
        let hasAddresses = target.map { !$0.file.isEmpty } ?? false
        add(
            "F1-02MD", hasAddresses ? .yes : .no,
            hasAddresses
                ? "the repository gives each file an address that stays" : "nobody knows the addresses of the files")
        ask(
            "F2-01M",
            [
                ("creator", !record.creators.isEmpty), ("title", record.title != nil),
                ("identifier", record.identifier != nil || target != nil),
                ("publisher", record.publisher != nil || target != nil),
                ("date", !record.dates.isEmpty), ("abstract", record.description("Abstract") != nil),
                ("keywords", !record.subjects.isEmpty),
            ], "creator, title, identifier, publisher, date, abstract, keywords")
        let hasCrate = record.title != nil
        add(
            "F3-01M", hasCrate ? .yes : .no,
            hasCrate
                ? "files and their sizes in the RO-Crate, each image in dataset.cif" : "no RO-Crate"
        )
        add(
            "F4-01M, A1-02MD", target == nil ? .no : .notChecked,
            target == nil
                ? "no repository" : "'imprimatur deposit diff' asks what the repository serves, once published")
        add("A1-01M", .yes, record.embargo.map { "files closed until \($0.until.value)" } ?? "open to all")
        let licence = record.rights.lazy.compactMap(\.identifier?.value).first
        if let licence, tables.licences[licence] != nil {
            add("R1.1-01M", .yes, "\(licence), \(Licence.address(of: licence))")
        } else {
            add("R1.1-01M", .no, licence.map { "'\($0)' is no identifier of SPDX" } ?? "no licence")
        }
        add("I1-01M", hasCrate ? .yes : .no, hasCrate ? "RO-Crate in JSON-LD" : "no RO-Crate")
        let spoken = Self.vocabularies(record)
        add(
            "I2-01M", spoken.isEmpty ? .no : .yes,
            spoken.isEmpty ? "no term of a vocabulary" : spoken.joined(separator: ", "))
        let relations = record.relatedIdentifiers.compactMap { one -> String? in
            guard let relation = one.relation?.value, relation != "HasMetadata" else { return nil }
            return "\(relation) \(one.value.value)"
        }
        add(
            "I3-01M", relations.isEmpty ? .no : .yes,
            relations.isEmpty ? "no paper, entry, instrument or session is named" : relations.joined(separator: "; "))
        ask(
            "R1-01M",
            [
                ("wavelength", !facts.wavelengths.isEmpty), ("distance", facts.distance != nil),
                ("images", facts.frames != nil), ("width of an image", facts.increment != nil || facts.isStills),
                ("exposure", facts.exposure != nil),
            ], "wavelength, distance, images, width and exposure, with their units")
        ask(
            "R1.2-01M",
            [
                ("who", !record.creators.isEmpty), ("where", facts.facility != nil || !record.geoLocations.isEmpty),
                ("when", record.date("Collected") != nil), ("with what", facts.detector != nil),
            ], "who, where, when, with what; the program is named in every document")
        add("R1.3-01M", .notChecked, "'imprimatur package build' checks the data against imgCIF or NXmx")
        let others = plan.files.flatMap(\.members).filter { !Self.isOfCommunity($0.path) }
        add(
            "R1.3-02D", others.isEmpty ? .yes : .no,
            others.isEmpty
                ? "CBF or HDF5" : "\(others.count) files are neither CBF nor HDF5, such as '\(others[0].path.shown)'")
        self.rows = rows
    }

    private static func vocabularies(_ record: PublicationRecord) -> [String] {
        var found: [String] = []
        if record.subjects.contains(where: { $0.scheme?.value == "PaNET" && $0.valueAddress != nil }) {
            found.append("PaNET")
        }
        let parties = record.creators + record.contributors
        if parties.contains(where: { $0.identifier("ORCID") != nil }) { found.append("ORCID") }
        if parties.contains(where: { party in
            party.identifier("ROR") != nil || party.affiliations.contains { $0.scheme?.value == "ROR" }
        }) {
            found.append("ROR")
        }
        return found
    }

    private static func isOfCommunity(_ name: Name) -> Bool {
        SeriesName.isHDF5(name) || name.last.text.lowercased().split(separator: ".").dropFirst().contains("cbf")
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Foundation
import TestSupport
import Testing
import Transport

@testable import Packaging

/// Oracle: what the records below hold and lack.
@Suite struct ListTests {
    private static func leaf(_ text: String) -> Leaf { Leaf(text, .assumed("test")) }

    private static func rules() throws -> RulesFolder {
        try RulesFolder.find(option: TestSupport.Folder.checkout.appendingPathComponent("rules").path)
    }

    /// What is known of a good data set.
    private static func record() -> (PublicationRecord, DataSetFacts) {
        var record = PublicationRecord()
        var party = Party()
        party.family = leaf("Carberry")
        party.given = leaf("Josiah")
        party.identifiers = [NameIdentifier(leaf("https://orcid.org/0000-0002-1825-0097"), scheme: leaf("ORCID"))]
        record.creators = [party]
        record.titles = [RecordText(leaf("Images"))]
        record.descriptions = [RecordText(leaf("Words"), kind: leaf("Abstract"))]
        record.subjects = [RecordSubject(leaf("raw diffraction data"))]
        record.dates = [RecordDate(leaf("2026-01-02"), type: leaf("Collected"))]
        var rights = Rights()
        rights.identifier = leaf("CC-BY-4.0")
        record.rights = [rights]
        record.contact = Contact(leaf("Josiah Carberry"), email: leaf("j@example.org"))
        record.relatedIdentifiers = [
            RelatedIdentifier(leaf("10.2210/pdb1abc/pdb"), type: leaf("DOI"), relation: leaf("IsSourceOf"))
        ]
        var facts = DataSetFacts()
        facts.wavelengths = [Sourced(0.9795, .assumed("test"))]
        facts.distance = Sourced(200, .assumed("test"))
        facts.frames = Sourced(18, .assumed("test"))
        facts.increment = Sourced(0.1, .assumed("test"))
        facts.exposure = Sourced(0.01, .assumed("test"))
        facts.facility = leaf("Diamond Light Source")
        facts.beamline = leaf("I19-1")
        facts.detector = leaf("Pilatus 300K")
        record.resourceType = ResourceType(general: leaf("Dataset"), text: leaf("Raw X-ray diffraction images"))
        return (record, facts)
    }

    private func answers(
        _ record: PublicationRecord, _ facts: DataSetFacts, _ target: String?
    ) throws -> [String: FairList.Answer] {
        let rules = try Self.rules()
        let yard = try PackageYard(["a/x_1.cbf", "a/x_2.cbf"])
        let inputs = FolderWalk(Name(yard.path("data"))).found.map { Input($0.name.text) }
        let plan = PackagePlan(
            try DataSelection(inputs), target: try target.map { try RepositoryTarget.find($0, rules) })
        let tables = RecordSettings(rules: rules, today: "2026-11-30").tables(first: 0)
        let rows = FairList(record, facts: facts, plan: plan, tables: tables).rows
        return Dictionary(rows.map { ($0.metrics, $0.answer) }) { first, _ in first }
    }

    @Test func `what only a server can confirm is not checked, and nothing is a score`() throws {
        let (record, facts) = Self.record()
        let known = try answers(record, facts, "zenodo")
        #expect(Set(known.filter { $0.value == .notChecked }.keys) == ["F1-01MD", "F4-01M, A1-02MD", "R1.3-01M"])
        #expect(known.values.count { $0 == .no } == 0, "\(known)")
    }

    @Test(arguments: [
        "F2-01M", "R1.1-01M", "I2-01M", "I3-01M", "R1-01M", "R1.2-01M", "F3-01M", "I1-01M", "F1-01MD", "F1-02MD",
    ])
    func `each answer turns to no when what it asks for is not there`(_ metric: String) throws {
        var (record, facts) = Self.record()
        var target: String? = "zenodo"
        switch metric {
        case "F2-01M": record.descriptions = []
        case "R1.1-01M": record.rights[0].identifier = Self.leaf("CC BY 4")
        case "I2-01M": record.creators[0].identifiers = []
        case "I3-01M": record.relatedIdentifiers = []
        case "R1-01M": facts.distance = nil
        case "R1.2-01M": facts.facility = nil
        case "F3-01M", "I1-01M": record.titles = []
        default: target = nil
        }
        #expect(try answers(record, facts, target)[metric] == .no)
    }

    @Test func `every archive that ships is read, and asks what a record can answer`() throws {
        let rules = try Self.rules()
        #expect(FormArchive.ids(rules).sorted() == ["cxidb", "irrmc", "sbgrid", "xrda"])
        let (record, facts) = Self.record()
        for id in FormArchive.ids(rules) {
            let archive = try FormArchive.find(id, rules)
            let list = Checklist(archive, record: record, facts: facts, sample: "lysozyme", bytes: 5_000_000)
            #expect(list.rows.count == archive.fields.count && list.open < list.rows.count / 2, "\(id)")
            let answers = Dictionary(list.rows.map { ($0.words, $0) }) { first, _ in first }
            #expect(answers["Depositor email"]?.answer == "j@example.org")
            #expect(answers["Wavelength"]?.answer == "0.9795 Å")
            #expect(answers["Licence"]?.conflict == (id == "xrda" ? nil : "CC0-1.0"))
            if let code = answers["PDB code"] { #expect(code.answer == "1abc") }
        }
        let fault = #expect(throws: Failure.self) { try FormArchive.find("sbgird", rules) }
        #expect(fault?.remedy.contains("did you mean 'sbgrid'") == true)
        #expect(throws: Failure.self) { try FormArchive.find("../repositories/zenodo", rules) }
    }
}

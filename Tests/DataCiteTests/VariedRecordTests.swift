// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import JSON
import TestSupport
import Testing

@testable import DataCite

/// Oracle: the schema of DataCite. With `IMPRIMATUR_RECORDS=DIR` the records are written there as XML and JSON, to be held
/// against `xmllint --schema` and the PyPI package datacite.
@Suite struct VariedRecordTests {
    /// A record by its name.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let author: String
        let facts: @Sendable () -> DataSetFacts
        var testDescription: String { name }
    }

    static let creator = "creators: [{ family: \"Carberry\", given: \"Josiah\" }]"

    static let all: [Case] = [
        Case(name: "stills", author: "{ schema: 1, \(creator), licence: \"CC0-1.0\" }") {
            var facts = Example.facts
            facts.isStills = true
            facts.frames?.value = 12_000
            facts.increment = nil
            return facts
        },
        Case(name: "neutrons", author: "{ schema: 1, \(creator), licence: \"CC-BY-4.0\", abstract: \"a & b < c\" }") {
            var facts = Example.facts
            facts.probe = Sourced(.neutron, .assumed("test"))
            facts.facility = Leaf("A reactor", .assumed("test"))
            return facts
        },
        Case(name: "electrons", author: "{ schema: 1, \(creator), keywords: [\"3D ED\"] }") {
            var facts = Example.facts
            facts.probe = Sourced(.electron, .assumed("test"))
            facts.facility = nil
            facts.beamline = nil
            return facts
        },
        Case(name: "two-scans", author: "{ schema: 1, \(creator) }") {
            var facts = Example.facts
            facts.scans = 2
            facts.wavelengths.append(Sourced(0.9795, .assumed("test")))
            facts.increment = nil
            return facts
        },
        Case(
            name: "embargo",
            author: "{ schema: 1, \(creator), embargo: { years: 3, from: \"collected\", reason: \"paper in review\" } }"
        ) { Example.facts },
        Case(
            name: "consortium",
            author: "{ schema: 1, creators: ["
                + (1...40).map {
                    "{ family: \"Author \($0)\", given: \"A. B.\", affiliations: [\"Institute \($0)\"] },"
                }
                .joined() + "{ name: \"The Consortium\", ror: \"02550n020\" }] }"
        ) { Example.facts },
        Case(name: "no-zone", author: "{ schema: 1, \(creator) }") {
            var facts = Example.facts
            var notes: [String] = []
            facts.collected = CollectionTime.range(
                from: Leaf("2025-11-30T14:02:11", .assumed("test")), to: nil, notes: &notes)
            return facts
        },
        Case(
            name: "other-scripts",
            author:
                "{ schema: 1, creators: [{ family: \"山田\", given: \"太郎\" }, { family: \"Иванов\", given: \"Пётр\" }, "
                + "{ family: \"Sukarno\" }], sample: { name: \"лизоцим 卵白\" }, language: \"ja\" }"
        ) { Example.facts },
        Case(
            name: "session",
            author: "{ schema: 1, \(creator), related: [{ session: \"10.15151/ESRF-ES-1\", subset: true }, "
                + "{ software: \"10.5281/zenodo.4\" }, { copy: \"10.15151/x\", identical: true }, { cod: \"2000000\" }] }"
        ) { Example.facts },
        Case(name: "instrument", author: "{ schema: 1, \(creator) }") {
            var facts = Example.facts
            func leaf(_ text: String) -> Leaf {
                Leaf(text, .stated(.text(offset: 9, item: "_diffrn_component_pid.PID", row: 1, in: SourceID(1))))
            }
            facts.related = [
                RelatedIdentifier(
                    leaf("21.T11998/0000-001A-3905-1"), type: leaf("Handle"), relation: leaf("IsCollectedBy"),
                    resourceType: leaf("Instrument"))
            ]
            return facts
        },
    ]

    @Test(arguments: all) func `a record is valid by the schema`(_ one: Case) throws {
        let record = try Example.assembly(one.author, facts: one.facts()).record
        let bytes = record.dataCiteXML()
        #expect(try SchemaTests.facts("4.7").breaches(of: bytes, named: one.name) == [])
        let earlier = record.restricted(to: try SchemaTests.facts("4.5"))
        #expect(try SchemaTests.facts("4.5").breaches(of: earlier.record.dataCiteXML(), named: one.name) == [])
        // What is written is read back as it was.
        let again = try PublicationRecord(xml: bytes, named: one.name)
        #expect(again.dataCiteXML() == bytes)
        guard let folder = ProcessInfo.processInfo.environment["IMPRIMATUR_RECORDS"] else { return }
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(one.name).xml"))
        var json = JSONWriter(.indented)
        json.value(record.restJSON())
        try Data(json.finish()).write(to: URL(fileURLWithPath: "\(folder)/\(one.name).json"))
    }

    @Test func `what a version does not know yet is named`() throws {
        let text =
            "{ schema: 1, \(Self.creator), related: [{ software: \"swh:1:dir:0000000000000000000000000000000000000000\" }] }"
        let record = try Example.assembly(text).record
        #expect(record.restricted(to: try SchemaTests.facts("4.7")).leftOut == [])
        let (older, leftOut) = record.restricted(to: try SchemaTests.facts("4.6"))
        #expect(leftOut.count == 1 && older.relatedIdentifiers.count == record.relatedIdentifiers.count - 1)
    }

    @Test func `a draft of the author file is read without a fault`() throws {
        let assembly = RecordAssembly(
            author: nil, facts: Example.facts, tables: Example.tables, context: Example.context)
        let draft = AuthorDraft(data: ["a_*.cbf"], assembly: assembly) { _ in "somewhere" }
        let (file, faults) = AuthorFile.read(Array(draft.text.utf8))
        #expect(faults == [], "\(draft.text)")
        #expect(file.data.map(\.value) == ["a_*.cbf"] && file.policy?.value == "esrf")
    }

    @Test func `names that differ in a number become a pattern`() {
        #expect(
            AuthorDraft.patterns(["x_1_0001.cbf", "x_1_0002.cbf", "y.cif", "run.h5"]) == [
                "x_1_*.cbf", "y.cif", "run.h5",
            ])
    }

    @Test func `documents for catalogues hold what is known`() throws {
        let assembly = try Example.assembly()
        let entry = CatalogueEntry(
            record: assembly.record, facts: assembly.facts, facility: assembly.place, today: "2026-01-02",
            folder: "/data/visitor/mx1234", files: [.init(path: "a.h5", size: 10, sha256: "00")], program: "test")
        let dataset = entry.sciCatDataset
        #expect(dataset["type"]?.string == "raw" && dataset["ownerGroup"]?.string == "MX-1234")
        #expect(dataset["startTime"]?.string == "2025-11-30T14:02:11+01:00")
        #expect(dataset["scientificMetadata"]?["wavelength"]?["unit"]?.string == "A")
        #expect(
            dataset["techniques"]?.elements?.first?["pid"]?.string == "http://purl.org/pan-science/PaNET/PaNET01164")
        #expect(entry.sciCatFiles()["dataFileList"]?.elements?.first?["chk"]?.string == "00")
        #expect(entry.panoscDataset["techniques"]?.elements?.first?["panetId"]?.string == "PaNET01164")
        #expect(entry.panoscDataset["isPublic"] == .bool(false))
        let xml = String(decoding: entry.icatIngest(name: "set"), as: UTF8.self)
        #expect(xml.contains("<type name=\"MX_wavelength\" units=\"Å\"/>") && xml.contains("PaNET:PaNET01164"))
        guard let folder = ProcessInfo.processInfo.environment["IMPRIMATUR_RECORDS"] else { return }
        try Data(entry.icatIngest(name: "set")).write(to: URL(fileURLWithPath: "\(folder)/icat-ingest.xml.icat"))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import JSON
import TestSupport
import Testing

@testable import DataCite

/// Author files of the tests, and tables as this checkout has them.
enum Example {
    /// What the author of the worked example says.
    static let author = """
        // publication.json5
        {
          schema: 1,
          data: ["lyso_*.h5"],
          abstract: "Complete rotation data set of one crystal.",
          technicalInfo: "NeXus NXmx in HDF5, images compressed with bitshuffle and LZ4.",
          creators: [
            { family: "Carberry", given: "Josiah", orcid: "0000-0002-1825-0097",
              affiliations: [{ name: "European Synchrotron Radiation Facility", ror: "02550n020" }] },
          ],
          contributors: [{ role: "DataCollector", family: "Carberry", given: "Josiah" }],
          contact: { family: "Carberry", given: "Josiah", email: "josiah@example.org" },
          licence: "CC-BY-4.0",
          embargo: { until: "2027-01-02" },
          funding: [{ funder: "European Commission", ror: "00k4n6c32", award: "823852", title: "PaNOSC",
                      url: "https://cordis.europa.eu/project/id/823852" }],
          related: [
            { session: "10.15151/ESRF-ES-90632739" }, { pdb: "1ABC" }, { paper: "10.1107/S0000000000000000" },
            { letter: "doi:10.1107/S2414314600000000" }, { instrument: "10.5072/beamline-id30b" },
          ],
          techniques: ["PaNET01164"],
          sample: { name: "hen egg-white lysozyme" },
          proposal: { facility: "esrf", number: "MX-1234" },
        }
        """

    static var facts: DataSetFacts {
        let origin = Origin.stated(.object(path: "/entry", attribute: nil, in: SourceID(1)))
        var facts = DataSetFacts()
        facts.facility = Leaf("ESRF", origin)
        facts.beamline = Leaf("ID30B", origin)
        facts.collected = Leaf("2025-11-30T14:02:11+01:00/2025-11-30T14:08:11+01:00", origin)
        facts.probe = Sourced(.xray, origin)
        facts.wavelengths = [Sourced(0.9677, origin)]
        facts.frames = Sourced(3600, origin)
        facts.scans = 1
        facts.increment = Sourced(0.1, origin)
        facts.exposure = Sourced(0.1, origin)
        facts.distance = Sourced(210, origin)
        facts.temperature = Sourced(100, origin)
        facts.detector = Leaf("EIGER2 X 9M", origin)
        facts.definition = Leaf("NXmx", origin)
        return facts
    }

    static var context: RecordContext {
        var context = RecordContext(today: "2026-01-02")
        context.doi = "10.5072/zenodo.123456"
        context.landingPage = "https://zenodo.org/records/123456"
        context.publisher = "Zenodo"
        context.registry = "10.17616/R3QP53"
        context.metadataAddress = "https://zenodo.org/records/123456/files/dataset.cif"
        context.bytes = 41_200_000_000
        context.formats = ["application/zip", "application/x-hdf5"]
        return context
    }

    static let tables: RecordTables = {
        let rules = Folder.checkout.appendingPathComponent("rules")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: rules.path + "/facilities")) ?? []
        return RecordTables(facilities: names, first: 2) { path in
            (try? Data(contentsOf: rules.appendingPathComponent(path))).map { [UInt8]($0) }
        }
    }()

    static func assembly(_ text: String = author, facts: DataSetFacts = facts) throws -> RecordAssembly {
        let (file, faults) = AuthorFile.read(Array(text.utf8))
        #expect(faults.map(\.sentence) == [])
        return RecordAssembly(author: file, facts: facts, tables: tables, context: context)
    }
}

/// Oracle: the worked example of the shared folder, written by hand.
@Suite(.enabled(if: Folder.shared != nil)) struct AssembledExampleTests {
    @Test func `author file, data and tables make the worked example in its three forms`() throws {
        let record = try Example.assembly().record
        var lines = String(decoding: try WorkedExampleTests.bytes("mx-example.xml"), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        lines.remove(at: 1)
        #expect(String(decoding: record.dataCiteXML(), as: UTF8.self) == lines.joined(separator: "\n"))
        let rest = try JSONReader.read(WorkedExampleTests.bytes("mx-example.datacite.json"))
        #expect(record.restJSON().sorted == rest.sorted)
        let invenio = try JSONReader.read(WorkedExampleTests.bytes("mx-example.invenio.json"))
        #expect(InvenioDraft(record).json.sorted == invenio.sorted)
    }
}

/// Oracle: the design of the author file, and positions counted by hand.
@Suite struct AuthorFileTests {
    @Test func `an unknown key is told with its line and the key that is meant`() {
        let (_, faults) = AuthorFile.read(
            Array("{\n  schema: 1,\n  titel: \"x\",\n  creators: [{ famly: \"A\" }],\n}".utf8))
        #expect(
            faults.map(\.sentence) == [
                "line 3, column 3: the file has no key 'titel'; did you mean 'title'?",
                "line 4, column 14: a creator has no name",
                "line 4, column 16: a creator has no key 'famly'; did you mean 'family'?",
            ])
    }

    @Test(arguments: [
        ("{ schema: 2 }", "'schema' is 1 in this version"), ("{ }", "the file has no 'schema'"),
        ("[1]", "the file is an object"),
        ("{ schema: 1, embargo: {} }", "'embargo' has no end"),
        ("{ schema: 1, embargo: { until: \"2027-01-01\", years: 3 } }", "'embargo' has two ends"),
        ("{ schema: 1, related: [{ pdb: \"1abc\", paper: \"10.1/x\" }] }", "a relation names two things"),
        ("{ schema: 1, keywords: \"x\" }", "'keywords' is a list"),
        ("{ schema: 1, licence: true }", "'licence' is a text"),
        ("{ schema: 1, title: \"a\", title: \"b\" }", "'title' stands twice"),
        ("{ schema: 1, creators: \"data\" }", "'creators' is a list, or \"from-data\""),
        ("{ schema: 1, ", "a name in quotes is expected"),
    ])
    func `what means nothing is a fault`(text: String, words: String) {
        let faults = AuthorFile.read(Array(text.utf8)).faults
        #expect(faults.contains { $0.words.contains(words) || words.hasPrefix("a name") }, "\(faults)")
    }

    @Test func `null stands for what is not known`() {
        let (file, faults) = AuthorFile.read(Array("{ schema: 1, title: null, embargo: null, related: [] }".utf8))
        #expect(faults.isEmpty && file.title == nil && file.embargo == nil)
    }
}

/// Oracle: publication.md sections 2 and 3, by hand.
@Suite struct AssemblyTests {
    @Test func `an author who contradicts the data is told with both places`() throws {
        let text = "{ schema: 1, sample: { name: \"thaumatin\" }, images: 1800, doi: \"10.5072/zenodo.1\" }"
        var facts = Example.facts
        facts.sample = Leaf("lysozyme", .stated(.object(path: "/entry/sample/name", attribute: nil, in: SourceID(1))))
        let assembly = try Example.assembly(text, facts: facts)
        #expect(assembly.contradictions.map(\.property) == ["identifier", "sample", "number of images"])
        #expect(assembly.contradictions[1].stated.origin.place?.spot == .text(offset: 29, item: "name", row: nil))
        #expect(assembly.contradictions[1].found.origin.place?.source == SourceID(1))
    }

    @Test func `parts of the title that are unknown are left out`() throws {
        let record = try Example.assembly("{ schema: 1 }", facts: DataSetFacts()).record
        #expect(record.title?.value == "Raw diffraction images")
        #expect(record.creators.isEmpty && record.rights.isEmpty && record.geoLocations.isEmpty)
    }

    @Test func `a policy fills licence and embargo and says so`() throws {
        var context = Example.context
        context.policy = DataPolicy.read(
            Array("{ name: 'esrf', licence: 'CC-BY-4.0', embargo: { years: 3, from: 'collected' } }".utf8),
            in: SourceID(9))
        let file = AuthorFile.read(Array("{ schema: 1, policy: \"esrf\" }".utf8)).file
        let assembly = RecordAssembly(author: file, facts: Example.facts, tables: Example.tables, context: context)
        #expect(assembly.record.embargo?.until.value == "2028-11-30")
        #expect(assembly.record.publicationYear?.value == "2028")
        #expect(assembly.record.rights.first?.identifier?.value == "CC-BY-4.0")
        #expect(assembly.notes.count == 2)
    }

    @Test func `relatedIdentifierType PDB is never written`() throws {
        for code in ["1abc", "1ABC", "pdb_00001abc", "10.2210/PDB1ABC/pdb"] {
            let record = try Example.assembly("{ schema: 1, related: [{ pdb: \"\(code)\" }] }").record
            #expect(record.relatedIdentifiers.first?.type?.value == "DOI")
            #expect(record.relatedIdentifiers.first?.value.value == "10.2210/pdb1abc/pdb")
        }
    }

    @Test func `the address of the contact reaches no form`() throws {
        let record = try Example.assembly().record
        var json = JSONWriter(.compact)
        json.value(.array([record.restJSON(), InvenioDraft(record).json]))
        for bytes in [record.dataCiteXML(), json.finish()] {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("josiah@example.org"))
        }
        #expect(record.contact?.email?.value == "josiah@example.org")
    }

    @Test func `year as number, text and date`() throws {
        let record = try Example.assembly().record
        #expect(record.restAttributes["publicationYear"] == .integer(2027))
        #expect(record.publicationYear?.value == "2027")
        #expect(InvenioDraft(record).json["metadata"]?["publication_date"] == .string("2027-01-02"))
    }

    @Test func `three language codes and SPDX capitals per output`() throws {
        let record = try Example.assembly().record
        #expect(record.restAttributes["language"] == .string("en"))
        let invenio = InvenioDraft(record).json["metadata"]
        #expect(invenio?["languages"] == .array([.object([JSONMember("id", .string("eng"))])]))
        #expect(invenio?["rights"] == .array([.object([JSONMember("id", .string("cc-by-4.0"))])]))
        #expect(record.rights.first?.identifier?.value == "CC-BY-4.0")
    }

    @Test func `a range of times becomes days and loses nothing`() throws {
        let dates = InvenioDraft(try Example.assembly().record).json["metadata"]?["dates"]?.elements
        #expect(dates?.first?["date"] == .string("2025-11-30"))
        #expect(dates?.first?["description"] == .string("2025-11-30T14:02:11+01:00/2025-11-30T14:08:11+01:00"))
    }

    @Test func `data without a zone give a day and a note`() {
        var notes: [String] = []
        let start = Leaf("2025-11-30 14:02:11.123", .assumed("test"))
        #expect(CollectionTime.range(from: start, to: nil, notes: &notes)?.value == "2025-11-30")
        #expect(notes.count == 1)
        let zoned = Leaf("2025-11-30T14:02:11+0100", .assumed("test"))
        #expect(
            CollectionTime.range(from: zoned, to: nil, notes: &notes)?.value == "2025-11-30T14:02:11+01:00")
    }
}

/// Oracle: W3C NOTE-datetime and the calendar.
@Suite struct W3CDateTests {
    @Test(arguments: [
        "2026", "2026-02", "2024-02-29", "2026-01-01T12:00:00+01:00", "2026-01-01T12:00Z",
        "2026-01-01T12:00:00.5-05:30",
    ])
    func `a date is read`(text: String) {
        #expect((try? W3CDate.read(text).get()) != nil)
    }

    @Test(arguments: [
        "", "last tuesday", "2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01 12:00", "0000",
    ])
    func `what is no date is none`(text: String) {
        #expect(W3CDate.read(text) == .failure(.form))
    }

    @Test func `a time asks for its zone`() {
        #expect(W3CDate.read("2026-01-01T12:00:00") == .failure(.noZone))
    }

    @Test func `three years after 29 February is 1 March`() throws {
        #expect(try W3CDate.read("2024-02-29").get().later(years: 3).dayText == "2027-03-01")
    }

    @Test func `zones are counted`() throws {
        let west = try W3CDate.read("2026-01-01T12:00:00-05:00").get()
        let greenwich = try W3CDate.read("2026-01-01T17:00:00Z").get()
        #expect(west.instant == greenwich.instant)
    }
}

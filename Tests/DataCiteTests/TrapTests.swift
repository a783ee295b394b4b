// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import JSON
import Testing

@testable import DataCite

/// What differs between the forms of one record. Oracle: DataCite 4.7, its REST interface, InvenioRDM 14 and RFC 7946.
@Suite struct TrapTests {
    private func leaf(_ text: String) -> Leaf { Leaf(text, .assumed("test")) }

    private func xml(_ record: PublicationRecord) -> String { String(decoding: record.dataCiteXML(), as: UTF8.self) }

    private func rest(_ record: PublicationRecord) -> JSONValue? { record.restJSON()["data"]?["attributes"] }

    @Test func `GeoJSON order`() throws {
        let record = try Example.assembly().record
        let feature = InvenioDraft(record).json["metadata"]?["locations"]?["features"]?.elements?.first
        // Grenoble lies 5.69 degrees east and 45.21 degrees north.
        #expect(feature?["geometry"]?["coordinates"]?.elements?.compactMap(\.double) == [5.69, 45.21])
        let point = rest(record)?["geoLocations"]?.elements?.first?["geoLocationPoint"]
        #expect(point?["pointLongitude"]?.double == 5.69 && point?["pointLatitude"]?.double == 45.21)
    }

    @Test func `publisher as string and object`() throws {
        let record = try Example.assembly().record
        #expect(rest(record)?["publisher"]?["name"]?.string == "Zenodo")
        #expect(rest(record)?["publisher"]?["publisherIdentifier"]?.string?.hasSuffix("10.17616/R3QP53") == true)
        #expect(InvenioDraft(record).json["metadata"]?["publisher"]?.string == "Zenodo")
    }

    @Test func `affiliation as string and object`() throws {
        let record = try Example.assembly().record
        let name = "European Synchrotron Radiation Facility"
        let ours = rest(record)?["creators"]?.elements?.first?["affiliation"]?.elements?.first
        #expect(ours?["name"]?.string == name && ours?["affiliationIdentifier"]?.string == "https://ror.org/02550n020")
        let theirs = InvenioDraft(record).json["metadata"]?["creators"]?.elements?.first?["affiliations"]
        #expect(theirs?.elements?.first?["name"]?.string == name)
        #expect(xml(record).contains(">\(name)</affiliation>"))
    }

    @Test func `valueUri and valueURI, schemeURI in related items`() throws {
        let record = try Example.assembly().record
        let subjects = rest(record)?["subjects"]?.elements ?? []
        let address = "http://purl.org/pan-science/PaNET/PaNET01164"
        #expect(subjects.contains { $0["valueUri"]?.string == address && $0["valueURI"] == nil })
        #expect(xml(record).contains("valueURI=\"\(address)\"") && !xml(record).contains("valueUri"))
        let metadata = rest(record)?["relatedIdentifiers"]?.elements?.first {
            $0["relationType"]?.string == "HasMetadata"
        }
        #expect(metadata?["schemeUri"]?.string != nil && metadata?["schemeURI"] == nil)
        // None is written; one that is read is not lost in silence.
        let read = try PublicationRecord(
            xml: Array(
                """
                <resource xmlns="http://datacite.org/schema/kernel-4"><relatedItems><relatedItem relatedItemType="Book"
                relationType="Cites"><titles><title>A</title></titles></relatedItem></relatedItems></resource>
                """.utf8), named: "x.xml")
        #expect(read.unkept == ["relatedItems"])
    }

    @Test func `empty optional properties vanish`() {
        var record = PublicationRecord()
        record.titles = [RecordText(leaf("Images"))]
        let text = xml(record)
        for name in [
            "subjects", "contributors", "dates", "relatedIdentifiers", "sizes", "rightsList", "geoLocations",
            "fundingReferences", "language",
        ] { #expect(!text.contains("<\(name)"), "\(name)") }
        func empties(_ value: JSONValue, _ path: String) -> [String] {
            switch value {
            case .null: [path]
            case .array(let elements):
                elements.isEmpty ? [path] : elements.flatMap { empties($0, path + "[]") }
            case .object(let members):
                members.isEmpty ? [path] : members.flatMap { empties($0.value, path + "." + $0.name) }
            default: []
            }
        }
        #expect(empties(record.restJSON(), "") == [])
        #expect(empties(InvenioDraft(record).json["metadata"] ?? .null, "metadata") == [])
    }

    @Test(arguments: ["affiliation", "nameIdentifier"])
    func `every element of the any-type hole is checked`(_ element: String) throws {
        let known =
            element == "affiliation" ? "affiliationIdentifier=\"x\"" : "nameIdentifierScheme=\"ORCID\" schemeURI=\"x\""
        func strays(_ attributes: String, _ inner: String = "A") throws -> [Stray] {
            try PublicationRecord(
                xml: Array(
                    """
                    <resource xmlns="http://datacite.org/schema/kernel-4"><creators><creator>
                    <creatorName>A</creatorName><\(element) \(attributes)>\(inner)</\(element)></creator></creators>
                    <contributors><contributor contributorType="Other"><contributorName>B</contributorName>
                    <\(element) \(attributes)>\(inner)</\(element)></contributor></contributors></resource>
                    """.utf8), named: "x.xml"
            ).strays
        }
        #expect(try strays(known).isEmpty)
        #expect(try strays(known + " lang=\"en\"").count == 2)
        #expect(try strays(known, "A<b>B</b>").count == 2)
    }
}

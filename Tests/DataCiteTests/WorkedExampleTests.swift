// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import JSON
import TestSupport
import Testing

@testable import DataCite

/// Oracle: one record written by hand in three forms, `oracles/datacite/mx-example` of the shared folder.
@Suite(.enabled(if: Folder.shared != nil)) struct WorkedExampleTests {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(Folder.shared)
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("oracles/datacite/\(name)")))
    }

    @Test func `a record read from XML is written with the same bytes`() throws {
        let bytes = try Self.bytes("mx-example.xml")
        let record = try PublicationRecord(xml: bytes, named: "mx-example.xml")
        let written = String(decoding: record.dataCiteXML(), as: UTF8.self)
        // The comment on line 2 tells what the example is and is no part of the record.
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.remove(at: 1).hasPrefix("<!--"))
        #expect(written == lines.joined(separator: "\n"))
    }

    @Test func `the same record as REST JSON has the same values`() throws {
        var record = try PublicationRecord(xml: Self.bytes("mx-example.xml"), named: "mx-example.xml")
        record.url = Leaf("https://zenodo.org/records/123456", .derived("the target"))
        let stated = try JSONReader.read(Self.bytes("mx-example.datacite.json"))
        #expect(record.restJSON().sorted == stated.sorted)
    }

    @Test func `the same record as InvenioRDM JSON has the same values`() throws {
        var record = try PublicationRecord(xml: Self.bytes("mx-example.xml"), named: "mx-example.xml")
        record.embargo = record.date("Available").map { Embargo(until: Leaf($0.value, $0.origin)) }
        let stated = try JSONReader.read(Self.bytes("mx-example.invenio.json"))
        #expect(InvenioDraft(record).json.sorted == stated.sorted)
    }
}

extension JSONValue {
    /// The same with the members of every object in the order of their names.
    var sorted: JSONValue {
        switch self {
        case .object(let members):
            .object(members.map { JSONMember($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
        case .array(let elements): .array(elements.map(\.sorted))
        default: self
        }
    }
}

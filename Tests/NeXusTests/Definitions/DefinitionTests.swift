// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import NeXus

/// Oracle: the manual's table of occurrence, definitions written here whose facts are known, and laws: facts and NXDL
/// give one model, the same folder gives the same bytes.
@Suite struct DefinitionTests {
    private static let example = """
        <definition xmlns="urn:any" name="NXexample" extends="NXobject" type="group" category="application">
          <symbols><symbol name="n"/></symbols>
          <group type="NXentry">
            <field name="required"/>
            <field name="by_minimum" minOccurs="0"/>
            <field name="optional" optional="True"/>
            <field name="recommended" recommended="true" minOccurs="1"/>
            <field name="two" type="NX_INT" minOccurs="2" maxOccurs="3" nameType="partial"/>
            <field name="never" maxOccurs="0" optional="true" deprecated="Use ``other`` instead (issue #12)"/>
            <field name="list" units="NX_LENGTH">
              <dimensions rank="2"><dim index="1" value="n"/><dim index="2" value="3" required="false"/></dimensions>
              <enumeration open="true"><item value="a|b"/><item value="50%"/></enumeration>
              <attribute name="note" optional="true"/>
            </field>
            <choice name="shape"><group type="NXa"/><group type="NXb"/></choice>
            <choice name="alone"><group type="NXa"/></choice>
            <link name="data" target="/NXentry/list"/>
            <field name="required" type="NX_CHAR"/>
          </group>
        </definition>
        """

    private static let base = """
        <definition name="NXobject" type="group" category="base"><attribute name="sure" optional="false"/>
        <field name="free"/><field type="NX_INT"/></definition>
        """

    private func folder(_ files: [String: String]) throws -> URL {
        let folder = try Folder.temporary()
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
        }
        return folder
    }

    private func example() throws -> URL {
        try folder(["NXexample.nxdl.xml": Self.example, "NXobject.nxdl.xml": Self.base])
    }

    @Test func `occurrence follows the manual, and what cannot be used is a fault with its line`() throws {
        let folder = try example()
        defer { try? FileManager.default.removeItem(at: folder) }
        let read = try NXDLFolder(reading: folder.path)
        let definition = try #require(read.definitions.first { $0.name == "NXexample" })
        let items = try #require(definition.items.first).items
        func item(_ name: String) throws -> Item { try #require(items.first { $0.name == name }, "\(name)") }
        #expect(try item("required").minimum == 1 && items.filter { $0.name == "required" }.count == 1)
        #expect(try item("required").type == "NX_CHAR")
        #expect(try item("by_minimum").minimum == 0)
        #expect(try item("optional").minimum == 0)
        #expect(try item("recommended").minimum == 0 && item("recommended").isRecommended)
        #expect(try item("two").minimum == 2 && item("two").maximum == 3)
        #expect(try item("never").maximum == 0)
        #expect(try item("never").deprecation?.replacement == "other")
        #expect(
            try item("never").deprecation?.issue == "https://github.com/nexusformat/definitions/issues/12")
        #expect(try item("shape").minimum == 1)
        let object = try #require(read.definitions.first { $0.name == "NXobject" })
        #expect(object.items.map(\.minimum) == [1, 0])
        #expect(
            read.faults.map(\.description) == [
                "NXexample.nxdl.xml:16: choice 'alone' has fewer than two groups",
                "NXobject.nxdl.xml:2: field without a name",
            ])
    }

    @Test func `facts and NXDL give one model, and the same folder the same bytes`() throws {
        let folder = try example()
        defer { try? FileManager.default.removeItem(at: folder) }
        let once = try DefinitionImport(folder: folder.path, release: "v2030.01", date: "2030-01-02")
        let again = try DefinitionImport(folder: folder.path, release: "v2030.01", date: "2030-01-02")
        #expect(once.facts == again.facts)
        let file = try FactsFile(Array(once.facts.utf8), path: "facts.tsv")
        for definition in try NXDLFolder(reading: folder.path).definitions {
            #expect(file.definition(definition.name) == definition)
        }
        #expect(file.provenance.release == "v2030.01" && file.provenance.date == "2030-01-02")
        #expect(file.files.map(\.path) == ["NXexample.nxdl.xml", "NXobject.nxdl.xml"])
        #expect(try DefinitionImport.differences(facts: file, folder: folder.path).isEmpty)
        try "<x/>".write(
            to: folder.appendingPathComponent("NXobject.nxdl.xml"), atomically: false, encoding: .utf8)
        #expect(try DefinitionImport.differences(facts: file, folder: folder.path) == ["NXobject.nxdl.xml differs"])
    }

    @Test func `facts that are cut or spoiled are read as far as they go`() throws {
        let folder = try example()
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = Array(try DefinitionImport(folder: folder.path).facts.utf8)
        var generator = SystemRandomNumberGenerator()
        for end in stride(from: 26, to: bytes.count, by: 7) {
            var spoiled = Array(bytes[..<end])
            for _ in 0..<3 {
                spoiled[Int.random(in: 26..<end + 1, using: &generator) - 1] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            guard let file = try? FactsFile(spoiled, path: "facts.tsv") else { continue }
            #expect(file.names.compactMap { file.definition($0) }.count <= file.names.count)
        }
        #expect(throws: Failure.self) { try FactsFile(Array("other".utf8), path: "facts.tsv") }
    }

    @Test func `a folder without NXobject lies over the default release`() throws {
        let folder = try folder(["NXexample.nxdl.xml": Self.example])
        defer { try? FileManager.default.removeItem(at: folder) }
        let library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)
        let set = try library.set([folder.path])
        #expect(set.definition("NXmx") != nil && set.definition("NXexample") != nil)
        #expect(set.applicationNames.contains("NXexample") && set.applicationNames.contains("NXmx"))
        #expect(throws: Failure.self) { try library.set(["v2019.99", "v1999.01"]) }
        #expect(throws: Failure.self) { try library.set(["/nowhere"]) }
    }

    @Test(
        "tags are read as they are written in files",
        arguments: [
            ("v2018.5", "v2018.5"), ("2024.02", "v2024.02"), ("v2024.02.post1.dev34-g0ad0f78", "v2024.02"),
            ("1.4", "v2018.5"), ("1.0", nil), ("2024", nil), ("v2024.13", nil),
        ] as [(String, String?)])
    func releases(text: String, tag: String?) {
        #expect(Release.declared(version: text)?.tag == tag)
    }

    @Test func `a release that does not ship is replaced by the newest that is not later`() throws {
        #expect(try #require(Release("v2023.10")).nearestShipped?.tag == "v2022.07")
        #expect(try #require(Release("v2012.1")).nearestShipped?.tag == "v2018.5")
        #expect(
            Release.declared(address: "https://github.com/x/definitions/blob/v2024.02/NXmx.nxdl.xml")?.tag == "v2024.02"
        )
    }

    @Test func `definitions are listed, shown and compared`() throws {
        let library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)
        let set = try library.set(["v2026.01"])
        #expect(set.list(.application).split(separator: "\n").count == 85)
        let shown = try #require(set.show("NXmx/entry/instrument/(NXdetector)/pixel_mask"))
        #expect(shown.hasPrefix("pixel_mask  field, NX_INT, recommended, shape 2[i,j]"))
        #expect(set.show("NXnope") == nil && set.show("NXmx/nowhere") == nil)
        let difference = try #require(try library.set(["v2018.5"]).difference(to: set, of: "NXmx"))
        #expect(difference.contains("+ /(NXentry)/end_time_estimated  field, NX_DATE_TIME, required"))
        #expect(set.difference(to: set, of: "NXmx") == "")
    }
}

/// Oracle: the tables of the reference, counted by another program on the same NXDL files.
@Suite(.enabled(if: Folder.shared != nil)) struct ReleaseTests {
    private func table(_ name: String) throws -> [[String]] {
        let file = try #require(Folder.shared).appendingPathComponent("reference/nexus/\(name)")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test("the importer counts what the census counts, and writes the facts that ship", arguments: Release.shipped)
    func census(release: Release) throws {
        let source = try #require(Folder.shared).appendingPathComponent("reference/nexus-definitions/\(release.tag)")
        let shipped = DefinitionLibrary.path(
            of: release.tag, in: Folder.checkout.appendingPathComponent("rules/nexus").path)
        let facts = try FactsFile(Array(try Data(contentsOf: URL(fileURLWithPath: shipped))), path: shipped)
        let result = try DefinitionImport(folder: source.path, date: facts.provenance.date)
        #expect(Array(result.facts.utf8) == Array(try Data(contentsOf: URL(fileURLWithPath: shipped))))
        let rows = try table("census.tsv")
        let row = try #require(rows.first { $0[0] == release.tag })
        for (name, count) in result.census.rows {
            guard let column = rows[0].firstIndex(of: name) else { continue }
            #expect(row[column] == String(count), "\(name)")
        }
    }

    @Test("items of NXmx are required, recommended and excluded as the table says", arguments: Release.shipped)
    func requiredByRelease(release: Release) throws {
        let rows = try table("nxmx_by_release.tsv")
        let column = try #require(rows[0].firstIndex(of: release.tag))
        let library = DefinitionLibrary(folder: Folder.checkout.appendingPathComponent("rules/nexus").path)
        let tree = try #require(try library.set([release.tag]).application("NXmx")).tree
        var found: [String: String] = [:]
        var open = tree.children.map { (path: $0.step(below: ""), node: $0, isSure: true) }
        while let (path, node, isSure) = open.popLast() {
            found[path] =
                node.item.maximum == 0
                ? "F" : node.isRequired ? (isSure ? "R" : "r") : node.item.isRecommended ? "C" : "O"
            open += node.children.map { ($0.step(below: path), $0, isSure && node.isRequired) }
        }
        for row in rows.dropFirst() where !row[0].contains("CHANNELNAME") {
            let expected = row[column]
            let own = found[row[0]] ?? found[row[0].replacingOccurrences(of: "/@", with: "@")] ?? "-"
            #expect(own == expected, "\(row[0])")
        }
    }
}

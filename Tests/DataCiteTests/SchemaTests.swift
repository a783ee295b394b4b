// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import TestSupport
import Testing
import XML

@testable import DataCite

/// Oracle: the schemas 4.7 and 4.6 of DataCite as xmllint applies them, and the official examples of both.
@Suite struct SchemaTests {
    static func facts(_ version: String) throws -> SchemaFacts {
        let folder = Folder.checkout.appendingPathComponent("rules/datacite/4.7")
        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        return try #require(
            SchemaFacts(
                structure: try bytes("structure.tsv"), vocabularies: try bytes("vocabularies.tsv"), version: version))
    }

    @Test func `what the schema does not allow is told with its element`() throws {
        let record = try Example.assembly().record
        let text = String(decoding: record.dataCiteXML(), as: UTF8.self)
        #expect(try Self.facts("4.7").breaches(of: Array(text.utf8), named: "record") == [])
        let wrong = text.replacingOccurrences(of: "\"IsSourceOf\"", with: "\"isSourceOf\"")
        let breaches = try Self.facts("4.7").breaches(of: Array(wrong.utf8), named: "record")
        #expect(breaches.map(\.element) == ["relatedIdentifier"])
        #expect(breaches.first?.isVocabulary == true)
    }

    @Test func `control characters and document types are refused`() throws {
        #expect(throws: XMLFault.self) { try Self.facts("4.7").breaches(of: Array("<a".utf8), named: "record") }
        #expect(throws: XMLFault.self) {
            try PublicationRecord(xml: Array("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".utf8), named: "record")
        }
    }

    @Test(
        .enabled(if: Folder.shared != nil && FileManager.default.fileExists(atPath: "/usr/bin/xmllint")),
        arguments: ["4.7", "4.6"])
    func `the verdict on examples and mutants is that of the official schema`(version: String) throws {
        let shared = try #require(Folder.shared)
        let kernel = shared.appendingPathComponent("reference/datacite/kernel-\(version)")
        let facts = try Self.facts(version)
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.run(
            "/usr/bin/python3",
            [shared.appendingPathComponent("oracles/datacite/mutants.py").path, "--emit", folder.path])
        for kernel in ["4.6", "4.7"] {
            let examples = shared.appendingPathComponent("reference/datacite/kernel-\(kernel)/example")
            for name in try FileManager.default.contentsOfDirectory(atPath: examples.path) where name.hasSuffix(".xml")
            {
                try FileManager.default.copyItem(
                    at: examples.appendingPathComponent(name),
                    to: folder.appendingPathComponent("\(kernel)-\(name)"))
            }
        }
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name.hasSuffix(".xml") {
            let path = folder.appendingPathComponent(name)
            let theirs = try Self.run(
                "/usr/bin/xmllint", ["--nonet", "--noout", "--schema", kernel.path + "/metadata.xsd", path.path])
            let ours = try facts.breaches(of: [UInt8](try Data(contentsOf: path)), named: name)
            #expect((theirs == 0) == ours.isEmpty, "\(name): xmllint \(theirs), ours \(ours.map(\.words))")
            count += 1
        }
        #expect(count >= 70 + 30)
    }

    @discardableResult static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import Foundation
import Remote
import TestSupport
import Testing

@testable import Deposit

/// Oracle: the published rules of DataCite, which the mock keeps.
@Suite struct MintTests {
    static let doi = "10.5072/4k7m-9qd2-3"

    static func record(_ server: MockDataCite, page: String = "/page") -> PublicationRecord {
        func leaf(_ text: String) -> Leaf { Leaf(text, .assumed("test")) }
        var record = PublicationRecord()
        record.identifier = leaf(doi)
        record.url = leaf(server.url + page)
        var party = Party()
        party.name = leaf("Carberry, Josiah")
        party.family = leaf("Carberry")
        party.given = leaf("Josiah")
        party.kind = leaf("Personal")
        party.affiliations = [Affiliation(leaf("An Institute"))]
        record.creators = [party]
        record.titles = [RecordText(leaf("Raw X-ray diffraction images"))]
        record.publisher = Publisher(leaf("An Institute"))
        record.publicationYear = leaf("2026")
        record.resourceType = ResourceType(general: leaf("Dataset"), text: leaf("Raw images"))
        return record
    }

    static func run(
        _ server: MockDataCite, account: String = "ABC.DEF:s3cr3t", confirms: String? = doi, isProduction: Bool = false
    ) throws -> MintRun {
        var patience = Patience()
        patience.pause = 0.001
        patience.web.silence = 2
        let target = try MintTarget(address: server.url, isProduction: isProduction, realPrefixes: ["10.5281"])
        return MintRun(
            target, secret: WebSecret(account: account), agent: "test", patience: patience, note: { _ in },
            confirm: { _, _ in confirms })
    }

    @Test func `a DOI goes from draft to registered to findable and back to registered`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        let record = Self.record(server)
        let run = try Self.run(server)
        #expect(try run.draft(record).state == .draft)
        #expect(try run.register(record).state == .registered)
        #expect(try run.publish(record).state == .findable)
        #expect(try run.update(record).state == .findable)
        #expect(try run.hide(Self.doi).state == .registered)
        #expect(throws: DepositStop.self) { try run.delete(Self.doi) }
        #expect(server.states == [Self.doi: "registered"])
    }

    @Test(arguments: [
        [MockDataCite.Loss.beforeTheCall], [.afterTheCall], [.afterTheCall, .beforeTheCall, .afterTheCall],
    ])
    func `a lost answer makes no orphan`(losses: [MockDataCite.Loss]) throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        server.lose(losses)
        #expect(try Self.run(server).draft(Self.record(server)).state == .draft)
        #expect(server.states == [Self.doi: "draft"])
        server.lose(losses)
        #expect(try Self.run(server).publish(Self.record(server)).state == .findable)
        #expect(server.states.count == 1)
    }

    @Test func `drafts alone are deleted, and a lost answer to it is no fault`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        _ = try Self.run(server).draft(Self.record(server))
        server.lose([.afterTheCall])
        try Self.run(server).delete(Self.doi)
        #expect(server.states.isEmpty)
    }

    @Test func `validate answers 200 and has errors: one error per source is not all`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        var record = Self.record(server)
        #expect(try Self.run(server).validate(record).isEmpty)
        record.creators = []
        record.titles = []
        #expect(try Self.run(server).validate(record).map(\.source) == ["creators", "titles"])
        // What was named first is mended; asked again, the rest is told.
        record.creators = Self.record(server).creators
        #expect(try Self.run(server).validate(record).map(\.source) == ["titles"])
    }

    @Test func `drafts of DataCite are validated by us`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        var record = Self.record(server)
        record.creators = []
        #expect(try Self.run(server).draft(record).state == .draft)
        #expect(throws: DepositStop.self) { try Self.run(server).publish(record) }
        #expect(server.states == [Self.doi: "draft"])
    }

    @Test func `without the typed DOI nothing lasting is done`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        let record = Self.record(server)
        _ = try Self.run(server).draft(record)
        for typed in [nil, "", "10.5072/other"] as [String?] {
            let run = try Self.run(server, confirms: typed)
            #expect(throws: DepositStop.self) { try run.register(record) }
            #expect(throws: DepositStop.self) { try run.publish(record) }
            #expect(throws: DepositStop.self) { try run.delete(Self.doi) }
        }
        #expect(server.states == [Self.doi: "draft"])
    }

    @Test func `a landing page that is not there stops, a closed one does not`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        let gone = Self.record(server, page: "/gone")
        _ = try Self.run(server).draft(gone)
        #expect(throws: DepositStop.self) { try Self.run(server).register(gone) }
        #expect(try Self.run(server).register(Self.record(server, page: "/closed")).state == .registered)
    }

    @Test func `10.5072 in production is refused, a real prefix in tests as well`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        var record = Self.record(server)
        #expect(throws: DepositStop.self) { try Self.run(server, isProduction: true).draft(record) }
        record.identifier = Leaf("10.5281/zenodo.1", .assumed("test"))
        #expect(throws: DepositStop.self) { try Self.run(server).draft(record) }
        #expect(server.requests.isEmpty)
    }

    @Test func `a wrong account is told without its words`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        let stop = #expect(throws: DepositStop.self) {
            try Self.run(server, account: "ABC.DEF:wr0ng").draft(Self.record(server))
        }
        #expect(stop?.kind == .refusal && stop?.description.contains("wr0ng") == false)
        #expect(WebSecret(account: "no colon") == nil)
    }

    @Test func `a list is written with a journal, and goes on where it was`() throws {
        let server = try MockDataCite(account: "ABC.DEF:s3cr3t")
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let image = miniCBF(["# Wavelength 0.9795 A", "# 2026-01-01T10:00:00.000"])
        try Data(image).write(to: folder.appendingPathComponent("x.cbf"))
        func write(_ name: String, _ doi: String, _ title: String) throws {
            let text = """
                { schema: 1, data: ["x.cbf"], doi: "\(doi)", url: "\(server.url)/page", title: "\(title)",
                  creators: [{ family: "Carberry", given: "Josiah" }], licence: "CC0-1.0" }
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        for number in 1...3 { try write("\(number).json5", "10.5072/\(number)", "Images \(number)") }
        try Data("1.json5\n2.json5\nabsent.json5\n3.json5\n".utf8).write(to: folder.appendingPathComponent("list"))
        func mint(_ words: [String]) throws -> (code: Int32, words: String) {
            let process = Process()
            process.executableURL = BuiltFile.url("imprimatur")
            process.arguments = ["mint"] + words + ["--api", server.url, "--publisher", "An Institute"]
            process.currentDirectoryURL = folder
            process.environment = [
                "PATH": "/usr/bin:/bin", "IMPRIMATUR_DATACITE_TEST": "ABC.DEF:s3cr3t",
                "IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path,
            ]
            let output = folder.appendingPathComponent("output")
            try Data().write(to: output)
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = process.standardOutput
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
        }
        func puts() -> Int { server.requests.count { $0.method == "PUT" } }
        // The second is not there yet: its fault does not stop the third.
        for number in [1, 3] { #expect(try mint(["draft", "\(number).json5"]).code == 0) }
        var before = puts()
        var run = try mint(["update", "--list", "list"])
        #expect(run.code == 3 && run.words.contains("2 of 4 records written"), "\(run.words)")
        #expect(run.words.contains("2.json5: 10.5072/2 is not there") && run.words.contains("'absent.json5'"))
        #expect(puts() == before + 2)
        _ = try mint(["draft", "2.json5"])
        before = puts()
        // A line that was cut is no line.
        let journal = folder.appendingPathComponent("list.journal")
        let lines = try String(contentsOf: journal, encoding: .utf8)
        try Data(lines.dropLast(12).utf8).write(to: journal)
        try write("1.json5", "10.5072/1", "Other images")
        run = try mint(["update", "--list", "list"])
        #expect(run.words.contains("3 of 4 records written"), "\(run.words)")
        #expect(puts() == before + 3)
        run = try mint(["update", "--list", "list"])
        #expect(run.words.contains("0 of 4 records written, 3 by an earlier run"), "\(run.words)")
        #expect(try mint(["update", "--list", "list", "1.json5"]).code == 2)
    }

    @Test func `suffixes are told apart and checked`() throws {
        for _ in 0..<1_000 {
            let suffix = MintSuffix.new()
            #expect(MintSuffix.isSound(suffix) && DOIForm.isRegistrable(suffix))
        }
        let suffix = try #require(MintSuffix.suffix(of: 0x12_3456_7890))
        for index in suffix.indices where suffix[index] != "-" {
            for other in "0123456789abcdefghjkmnpqrstvwxyz" where other != suffix[index] {
                var changed = suffix
                changed.replaceSubrange(index...index, with: String(other))
                #expect(!MintSuffix.isSound(changed))
            }
        }
    }

    private enum DOIForm {
        static func isRegistrable(_ suffix: String) -> Bool {
            suffix.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }
}

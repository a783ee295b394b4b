// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import JSON
import Packaging
import TestSupport
import Testing
import Transport

/// What the server has decides what is done. Oracle: the ledger of the server.
@Suite struct StateTests {
    private func id(_ bench: Bench) -> String { bench.server.records.keys.first ?? "" }

    @Test func `a second deposit of the same package sends nothing`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        let before = bench.server.ledger.count
        _ = try bench.deposit()
        let after = bench.server.ledger.dropFirst(before)
        #expect(!after.contains { ["draft", "doi", "record", "announce", "content", "commit"].contains($0.call) })
    }

    @Test func `content is never sent to a committed entry, one with other bytes is deleted first`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.files["b.zip"]?.content = [1, 2, 3] }
        let found = try bench.run { (run) throws(DepositStop) in try run.verify() }
        #expect(found.differences.count == 1)
        _ = try bench.deposit()
        #expect(bench.server.ledger.contains { $0.call == "delete" && $0.key == "b.zip" })
        _ = try bench.publish()
        bench.expectSoundLedger(repeats: 1)
    }

    @Test(arguments: ["delete", "announce"])
    func `a server that is busy for a moment is asked again for one file`(_ call: String) throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.files["b.zip"]?.content = [1, 2, 3] }
        // What a server says whose database is locked, before anything was done and after.
        bench.server.fail(call, .refuse(500))
        bench.server.fail(call, .doneBut(500))
        let report = try bench.deposit()
        #expect(report.differences.isEmpty && bench.server.faultsLeft == 0)
        _ = try bench.publish()
        bench.expectSoundLedger(repeats: 1)
    }

    @Test func `an entry of another kind of transfer is deleted and announced anew`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.files["b.zip"] = .init(status: "pending", content: nil, transfer: "M") }
        _ = try bench.deposit()
        #expect(bench.server.records[id(bench)]?.files["b.zip"]?.transfer == "L")
    }

    @Test func `a file that is none of ours stops`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.files["notes.txt"] = .init(status: "completed", content: [1]) }
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("notes.txt") == true)
        let report = try bench.publish()
        #expect(report.state == .draft && report.differences.contains { $0.subject.contains("notes.txt") })
        #expect(bench.server.published.isEmpty)
    }

    @Test func `a draft that is gone is told, and no second one is made`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.remove(id(bench))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("no longer there") == true)
        #expect(bench.server.drafts == 1)
    }

    @Test func `a draft that somebody has changed is told, with what was changed`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.edit(id(bench), title: "Another title")
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("metadata.title is 'Another title'") == true)
        let report = try bench.publish()
        #expect(report.state == .draft && report.differences.contains { $0.subject == "metadata.title" })
        #expect(bench.server.published.isEmpty)
        _ = try bench.run { (run) throws(DepositStop) in
            run.takesOver = true
            return try run.deposit()
        }
        _ = try bench.publish()
        bench.expectSoundLedger()
    }

    @Test func `a revision that files alone have made is no change of the record`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.revision += 3 }
        bench.record = try JSONReader.read(
            Array("{\"metadata\": {\"title\": \"A mended title\", \"publication_date\": \"2026-01-02\"}}".utf8))
        #expect(try bench.deposit().differences.isEmpty)
        #expect(try bench.deposit().title == "A mended title")
    }

    @Test func `412 shows who changed what`() throws {
        let bench = try Bench()
        bench.server.fail("record", .refuse(412))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("somebody else has changed the draft") == true)
    }

    @Test func `publication in review is refused in our words`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        bench.server.change(id(bench)) { $0.inReview = true }
        let stop = bench.stop { () throws(DepositStop) in try bench.publish() }
        #expect(stop?.kind == .difference && stop?.words.contains("community") == true)
        #expect(!bench.server.ledger.contains { $0.call == "publish" })
    }

    @Test func `publication without the typed DOI is refused`() throws {
        let bench = try Bench()
        let report = try bench.deposit()
        for word in ["", "yes", "10.5072/other", String((report.doi ?? "").dropLast())] {
            let stop = bench.stop { () throws(DepositStop) in try bench.publish(word) }
            #expect(stop?.kind == .refusal && stop?.remedy.contains(report.doi ?? "?") == true)
        }
        #expect(!bench.server.ledger.contains { $0.call == "publish" })
    }

    @Test func `a source changed during upload stops before commit`() throws {
        let bench = try Bench()
        let sums = "00000000000000000000000000000000  a.zip\n"
        try Data(sums.utf8).write(to: bench.path("MD5SUMS"))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("not the file of the package") == true)
        #expect(!bench.server.ledger.contains { $0.call == "commit" && $0.key == "a.zip" })
    }

    @Test func `a file that changed before publication is not published`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        try Data([1, 2, 3]).write(to: bench.path("b.zip"))
        let report = try bench.publish()
        #expect(report.state == .draft && report.differences.contains { $0.subject == "'b.zip'" })
        #expect(bench.server.published.isEmpty)
    }

    @Test func `an embargo in the past is refused before the call`() throws {
        let bench = try Bench()
        bench.record = try JSONReader.read(
            Array(
                """
                {"access": {"record": "public", "files": "restricted", "embargo": {"active": true, "until": "2026-11-30"}},
                 "metadata": {"title": "Images of lysozyme"}}
                """.utf8))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .refusal && stop?.words.contains("2026-11-30") == true)
        #expect(bench.server.ledger.isEmpty)
    }

    @Test func `more than 100 files are refused by the plan, not by the server`() throws {
        let bench = try Bench(Dictionary(uniqueKeysWithValues: (0..<101).map { ("f\($0)", 1) }))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .difference && stop?.words.contains("101 files") == true)
        #expect(bench.server.ledger.isEmpty)
    }

    @Test func `quota is refused by the plan`() throws {
        let bench = try Bench(["a.zip": 1000, "b.zip": 500])
        let contents = try DepositContents(bench.package)
        for (bytes, fileBytes, words) in [(1499, nil, "1500 bytes"), (nil, 999, "'a.zip' has 1000 bytes")] {
            var target = try bench.target()
            target.limits.bytes = bytes
            target.limits.fileBytes = fileBytes
            do throws(DepositStop) {
                try contents.check(target)
                Issue.record("it was let pass")
            } catch {
                #expect(
                    error.kind == .difference && error.words.contains(words) && error.remedy.contains("package plan"))
            }
        }
        #expect(bench.server.ledger.isEmpty)
    }

    @Test func `PUT keeps pids`() throws {
        let bench = try Bench(["a.zip": 10])
        let report = try bench.deposit()
        #expect(bench.server.records.values.first?.doi == report.doi && report.doi != nil)
        bench.record = try JSONReader.read(Array("{\"pids\": {}, \"metadata\": {\"title\": \"Images\"}}".utf8))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .refusal && stop?.words.contains("pids") == true)
    }

    @Test func `files.enabled is expected once only`() throws {
        // The mock says it while there are no files; with files it would be an error like others.
        let bench = try Bench(["a.zip": 10])
        _ = try bench.deposit()
        let error =
            "{\"id\": \"\(id(bench))\", \"files\": {\"count\": 1}, \"errors\": [{\"field\": \"files.enabled\"}]}"
        bench.server.edit(id(bench), title: "Another title")
        bench.server.fail("record", .refuse(200, [:], error))
        let stop = bench.stop { () throws(DepositStop) in
            try bench.run { (run) throws(DepositStop) in
                run.takesOver = true
                return try run.deposit()
            }
        }
        #expect(stop?.kind == .difference && stop?.words.contains("files.enabled") == true)
    }

    @Test func `a new version asked for twice is one, and sends what changed alone`() throws {
        let bench = try Bench()
        let first = try bench.deposit().id ?? ""
        _ = try bench.publish()
        try Data([9, 9, 9]).write(to: bench.path("b.zip"))
        try FileManager.default.removeItem(at: bench.path("README.md"))
        bench.server.fail("version", .doneBut(504))
        bench.server.fail("import", .doneBut(504))
        let before = bench.server.ledger.count
        let report = try bench.run(isNew: true) { (run) throws(DepositStop) in try run.newVersion(of: first) }
        #expect(report.differences.isEmpty && report.id != first && bench.server.drafts == 2)
        let again = try bench.run { (run) throws(DepositStop) in try run.newVersion(of: first) }
        #expect(again.id == report.id && bench.server.drafts == 2)
        let sent = bench.server.ledger.dropFirst(before).filter { $0.call == "content" }
        #expect(sent.map(\.key) == ["b.zip"])
        #expect(bench.server.records[report.id ?? ""]?.files.keys.sorted() == ["a.zip", "b.zip"])
    }

    @Test func `the documents that name the DOI are written once it is known`() throws {
        let bench = try Bench(["a.zip": 10])
        let record = bench.record
        let report = try bench.run { (run) throws(DepositStop) in
            run.naming = { (reserved) throws(DepositStop) in
                let text = "data_x\n_database.dataset_DOI '\(reserved.doi)'\n'\(reserved.address(ofFile: "a.zip"))'\n"
                try? Data(text.utf8).write(to: bench.path("dataset.cif"))
                return (try DepositContents(bench.package), try RecordBody(record))
            }
            return try run.deposit()
        }
        #expect(report.differences.isEmpty && report.files.map(\.key) == ["a.zip", "dataset.cif"])
        let other =
            "data_x\n_database.dataset_DOI '10.5072/other'\n'\(bench.server.url)/api/records/x/files/a.zip/content'\n"
        try Data(other.utf8).write(to: bench.path("dataset.cif"))
        let found = try bench.deposit()
        #expect(found.differences.count == 2, "\(found.differences)")
        #expect(try bench.publish().state == .draft && bench.server.published.isEmpty)
    }

    @Test func `a key with blank, %, +, #, Ü survives`() throws {
        let bench = try Bench(["a b%41+#Ü.zip": 10, "'q\"&=?;.bin": 20])
        _ = try bench.deposit()
        _ = try bench.publish()
        bench.expectSoundLedger()
    }

    @Test func `two clients on one package: one refuses`() throws {
        let bench = try Bench()
        let stop = bench.stop { () throws(DepositStop) in
            try bench.run { (_) throws(DepositStop) in try bench.deposit() }
        }
        #expect(stop?.kind == .refusal && stop?.words.contains("another 'imprimatur deposit'") == true)
        #expect(bench.server.ledger.isEmpty)
    }

    @Test func `a journal that was cut at any byte leads to one draft and the same files`() throws {
        let whole = try Bench()
        _ = try whole.deposit()
        let journal = whole.folder.appendingPathComponent("package/journal")
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: journal.path).first { $0.hasSuffix(".jsonl") })
        let bytes = try Data(contentsOf: journal.appendingPathComponent(name))
        // From the line with the number of the draft on: nothing after it was sent before that line was on the disk.
        let lines = bytes.indices.filter { bytes[$0] == 0x0A }
        let first = lines[1] + 1
        for end in stride(from: first, through: bytes.count, by: max(1, bytes.count / 40)) {
            try bytes.prefix(end).write(to: journal.appendingPathComponent(name))
            let report = try whole.deposit()
            #expect(report.differences.isEmpty && whole.server.drafts == 1, "cut at \(end)")
        }
        whole.expectSoundConduct()
    }

    @Test func `a line that is none of a journal is refused`() throws {
        let bench = try Bench()
        _ = try bench.deposit()
        let journal = bench.folder.appendingPathComponent("package/journal")
        for name in try FileManager.default.contentsOfDirectory(atPath: journal.path) where name.hasSuffix(".jsonl") {
            let place = journal.appendingPathComponent(name)
            try (Data("rubbish\n".utf8) + Data(contentsOf: place)).write(to: place)
        }
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .refusal && stop?.words.contains("line 1") == true)
    }

    @Test func `discard asks first, deletes the draft, and nothing here`() throws {
        let bench = try Bench()
        let report = try bench.deposit()
        let refused = bench.stop { () throws(DepositStop) in
            try bench.run { (run) throws(DepositStop) in try run.discard { _ in "other" } }
        }
        #expect(refused?.kind == .refusal && bench.server.records.count == 1)
        let done = try bench.run { (run) throws(DepositStop) in try run.discard { _ in report.id } }
        #expect(done.state == .discarded && bench.server.records.isEmpty)
        #expect(FileManager.default.fileExists(atPath: bench.path("a.zip").path))
    }
}

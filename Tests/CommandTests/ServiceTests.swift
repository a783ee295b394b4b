// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Requests of control systems, watched folders, files with a writer. Oracle: the shapes of messages as their senders document them
/// (ESS wrdn, event-model of Bluesky, zocalo), and the files that each test makes.
@Suite struct ServiceTests {
    // MARK: Messages

    private static func paths(_ request: ServedRequest) -> [String]? {
        if case .check(let targets, _) = request.demand { targets.map(\.path) } else { nil }
    }

    private static func isRefused(_ request: ServedRequest) -> Bool {
        if case .refused = request.demand { true } else { false }
    }

    @Test(
        "a message names its file and itself",
        arguments: [
            ("/data/a.nxs", "/data/a.nxs", ""), ("\"/data/a.nxs\"", "/data/a.nxs", ""),
            ("{\"path\":\"a.nxs\",\"id\":7}", "a.nxs", "id"),
            (
                "{\"job_id\":\"j\",\"file_name\":\"a.nxs\",\"error_encountered\":false,\"metadata\":\"{}\"}", "a.nxs",
                "job_id"
            ),
            ("{\"recipes\":[\"x\"],\"parameters\":{\"filename\":\"a.nxs\",\"ispyb_dcid\":5}}", "a.nxs", "ispyb_dcid"),
            ("{\"path\":\"file:///data/a%20b.nxs\"}", "/data/a b.nxs", ""),
        ])
    func names(message: String, path: String, identifier: String) {
        var reader = RequestReader()
        let request = reader.read(Array(message.utf8))
        #expect(Self.paths(request) == [path])
        #expect(request.identifiers.map(\.name) == (identifier.isEmpty ? [] : [identifier]))
    }

    @Test("files of a run are checked when it stops, each once")
    func runsOfBluesky() {
        var reader = RequestReader()
        func resource(_ uid: String, _ uri: String) -> [UInt8] {
            Array("[\"stream_resource\",{\"uid\":\"\(uid)\",\"run_start\":\"r\",\"uri\":\"\(uri)\"}]".utf8)
        }
        for (uid, uri) in [
            ("1", "file://localhost/a.h5"), ("2", "file://localhost/a.h5"), ("3", "file:///b.h5"),
        ] {
            guard case .held = reader.read(resource(uid, uri)).demand else {
                Issue.record("\(uri) is not held")
                continue
            }
        }
        #expect(reader.waiting == (2, 1))
        #expect(Self.isRefused(reader.read(resource("4", "file://elsewhere/c.h5"))))
        #expect(Self.isRefused(reader.read(resource("5", "https://host/c.h5"))))
        let stop = Array(
            "{\"name\":\"stop\",\"doc\":{\"uid\":\"s\",\"run_start\":\"r\",\"exit_status\":\"success\"}}".utf8)
        let request = reader.read(stop)
        #expect(Self.paths(request) == ["/a.h5", "/b.h5"])
        if case .check(let targets, _) = request.demand {
            #expect(targets.first?.identifiers.first { $0.name == "uid" }?.value == .string("1"))
        }
        #expect(reader.waiting == (0, 0))
        guard case .passed = reader.read(stop).demand else {
            Issue.record("a second stop is not passed")
            return
        }
    }

    @Test(
        "a message that is not understood is refused",
        arguments: [
            "{", "[]", "{}", "{\"path\":1}", "{\"path\":\"\"}", "{\"parameters\":{}}", "[\"stream_resource\",{}]",
            "[\"other\",{}]", "{\"path\":\"a\",\"profile\":1}", "\u{0}", "{\"path\":\"file://host/a\"}",
        ])
    func refused(message: String) {
        var reader = RequestReader()
        #expect(Self.isRefused(reader.read(Array(message.utf8))))
    }

    // MARK: serve --lines

    private static func events(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
    }

    @Test("each request is answered once, in order, and the last word is the end")
    func answersInOrder() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = try Self.made("golden/nxmx.nxs.json", in: folder).path
        let vast = "{\"path\":\"" + String(repeating: "x", count: 3 << 20) + "\"}"
        let lines = (0..<40).map { number in
            switch number % 4 {
            case 0: good
            case 1: "{\"path\":\"\(good)\",\"id\":\(number)}"
            case 2: "{not json"
            default: number == 7 ? vast : "{\"path\":\"/absent.cif\"}"
            }
        }
        let run = try BuiltProgram.run("serve", "--lines", "-j", "2", input: lines.joined(separator: "\n\n") + "\n")
        let events = try Self.events(run.output)
        let answers = events.filter { ["answer", "refused"].contains($0["event"]?.string ?? "") }
        #expect(answers.compactMap { $0["request"]?.integer } == Array(1...40))
        #expect(answers[1]["id"]?.integer == 1 && answers[1]["code"]?.integer == 0)
        #expect(answers[2]["event"]?.string == "refused")
        #expect(answers[3]["code"]?.integer == 3)
        #expect(answers[7]["event"]?.string == "refused")
        #expect(events.first?["event"]?.string == "run" && events.last?["event"]?.string == "runEnd")
        #expect(run.code == 0)
    }

    @Test("a profile that does not ship is refused, one that does is used")
    func profiles() throws {
        let input =
            "{\"path\":\"/absent\",\"profile\":\"archive\"}\n{\"path\":\"/absent\",\"profile\":\"/etc/passwd\"}\n"
        let events = try Self.events(try BuiltProgram.run("serve", "--lines", input: input).output)
        #expect(events.first { $0["event"]?.string == "answer" }?["profile"]?.string == "archive")
        #expect(events.first { $0["event"]?.string == "refused" }?["request"]?.integer == 2)
    }

    // MARK: Files with a writer

    private static func made(_ recipe: String, in folder: URL) throws -> URL {
        let file = folder.appendingPathComponent("made.nxs")
        try Recipe(reading: Folder.checkout.appendingPathComponent("corpora/" + recipe).path).build(at: file.path)
        return file
    }

    @Test("a file that a process holds locked is being written, at any age")
    func locked() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try Self.made("golden/nxmx.nxs.json", in: folder)
        let handle = try FileHandle(forUpdating: file)
        #expect(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        for more in [[], ["--isolate"]] {
            let run = try BuiltProgram.run(
                ["check", "-f", "jsonl"] + more + [file.path], in: folder, input: "", environment: [:])
            let found = try Self.events(run.output).first { $0["rule"]?.string == "FILE-013" }
            #expect(found?["values"]?["state"]?.string == "locked")
            #expect(run.code == 4)
        }
        flock(handle.fileDescriptor, LOCK_UN)
        #expect(try BuiltProgram.run("check", file.path).code == 0)
        try handle.close()
    }

    // MARK: watch

    @Test("a watch checks each file once, and again what has changed")
    func watchOnce() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let visit = folder.appendingPathComponent("visit")
        try FileManager.default.createDirectory(
            at: visit.appendingPathComponent("in"), withIntermediateDirectories: true)
        let file = try Self.made("golden/nxmx.nxs.json", in: visit)
        try FileManager.default.copyItem(at: file, to: visit.appendingPathComponent("in/other.nxs"))
        try Data("words".utf8).write(to: visit.appendingPathComponent("notes.txt"))
        func ends(_ more: String...) throws -> [String] {
            let run = try BuiltProgram.run(
                ["watch", "--once", "--settle", "0.3", "--ledger", "seen.sqlite", "--format", "jsonl"] + more + [
                    "visit"
                ],
                in: folder, input: "", environment: ["IMPRIMATUR_RULES": Folder.checkout.path + "/rules"])
            return try Self.events(run.output).filter { $0["event"]?.string == "fileEnd" }.compactMap {
                $0["path"]?.string
            }.sorted()
        }
        #expect(try ends() == ["visit/in/other.nxs", "visit/made.nxs"])
        #expect(try ends() == [])
        #expect(try ends("--no-notices") == [])
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file.path)
        #expect(try ends() == ["visit/made.nxs"])
        #expect(try ends("--profile", "archive") == ["visit/in/other.nxs", "visit/made.nxs"])
    }

    @Test("a master is checked with its data files, which are not told themselves")
    func watchMaster() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let visit = folder.appendingPathComponent("visit")
        try FileManager.default.createDirectory(at: visit, withIntermediateDirectories: true)
        _ = try Self.made("golden/eiger-writer.nxs.json", in: visit)
        let run = try BuiltProgram.run(
            "watch", "--once", "--settle", "0.2", "--format", "jsonl", "visit", in: folder,
            environment: ["IMPRIMATUR_RULES": Folder.checkout.path + "/rules"])
        let ends = try Self.events(run.output).filter { $0["event"]?.string == "fileEnd" }
        #expect(ends.compactMap { $0["path"]?.string } == ["visit/made.nxs"])
        #expect(run.code == 0)
    }

    @Test("a ledger that is another database, or lies in the folder, is refused")
    func ledgers() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("visit"), withIntermediateDirectories: true)
        try Data("no database".utf8).write(to: folder.appendingPathComponent("other"))
        let rules = ["IMPRIMATUR_RULES": Folder.checkout.path + "/rules"]
        let inside = try BuiltProgram.run(
            "watch", "--once", "--ledger", "visit/a", "visit", in: folder, environment: rules)
        #expect(inside.code == 2 && inside.complaints.contains("would lie in"))
        let other = try BuiltProgram.run(
            "watch", "--once", "--ledger", "other", "visit", in: folder, environment: rules)
        #expect(other.code == 3 || other.code == 2)
        #expect(FileManager.default.contents(atPath: folder.path + "/other") == Data("no database".utf8))
    }

    // MARK: Storage

    @Test("doctor tells of the storage of a folder, and leaves nothing there")
    func doctor() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try BuiltProgram.run("doctor", folder.path)
        #expect(run.code == 0 && run.output.contains("SWMR") && run.output.contains("locks of files"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        #expect(try BuiltProgram.run("doctor", folder.path + "/absent").code == 2)
    }

    @Test("inspect --layout counts the chunks of a frame and of a sinogram")
    func layout() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try Self.made("golden/nxmx.nxs.json", in: folder)
        let run = try BuiltProgram.run("inspect", "--layout", file.path)
        // Five frames of 20 x 30 pixels of four bytes, a chunk each.
        #expect(run.output.contains("1 chunk, 2.4 kB of the file"))
        #expect(run.output.contains("5 chunks, 12.0 kB of the file"))
        #expect(run.output.contains("for 600 bytes"))
        #expect(try BuiltProgram.run("inspect", "--layout", "--json", file.path).code == 2)
    }
}

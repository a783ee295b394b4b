// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import TestSupport
import Testing

/// The program as a person runs it, ended by force. Oracle: the ledger of the server.
@Suite struct KillTests {
    /// Runs the program; ends it by SIGKILL after so many seconds, if it has not ended.
    private func run(
        _ bench: Bench, _ words: [String], killedAfter seconds: Double? = nil
    ) throws -> (code: Int32, words: String) {
        let process = Process()
        process.executableURL = BuiltFile.url("imprimatur")
        process.arguments = ["deposit"] + words
        process.environment = [
            "PATH": "/usr/bin:/bin", "IMPRIMATUR_TOKEN": MockRepository.token,
            "IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path,
        ]
        let output = bench.folder.appendingPathComponent("output-\(UUID().uuidString)")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        process.standardInput = FileHandle.nullDevice
        try process.run()
        if let seconds {
            usleep(UInt32(seconds * 1_000_000))
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return (code, try String(contentsOf: output, encoding: .utf8))
    }

    @Test func `kill -9 at any byte resumes, with one draft and the same files`() throws {
        let record = try #require(
            """
            {"access": {"record": "public", "files": "public"}, "files": {"enabled": true},
             "metadata": {"title": "Images of lysozyme", "publication_date": "2026-01-02"}}
            """.data(using: .utf8))
        // A hundred of them on demand: IMPRIMATUR_KILLS=100.
        let wanted = ProcessInfo.processInfo.environment["IMPRIMATUR_KILLS"].flatMap { Int($0) } ?? 4
        var numbers = SeededNumbers(seed: UInt64(wanted))
        var killed = 0
        while killed < wanted {
            let bench = try Bench(["a.zip": 3_000_000, "b.zip": 2_000_000, "README.md": 40])
            let file = bench.folder.appendingPathComponent("record.json")
            try record.write(to: file)
            let words = ["--target", bench.server.url, "--record", file.path, bench.package]
            var repeats = 0
            for _ in 0..<4 {
                // Moments of all steps: from before the first call to the end of the upload, and of the publication.
                let moment = Double.random(in: 0.02...0.25, using: &numbers)
                let isPublishing = bench.server.records.values.first?.files.count == bench.files.count
                let doi = bench.server.records.values.first?.doi ?? ""
                let (code, output) = try run(
                    bench, (isPublishing ? ["publish", "--confirm", doi] : []) + words, killedAfter: moment)
                #expect(!output.contains(MockRepository.token))
                if code == -9 {
                    killed += 1
                    repeats += 2
                }
            }
            let (code, output) = try run(bench, words)
            #expect(code == 0, "\(output)")
            let doi = try #require(bench.server.records.values.first?.doi)
            let published = try run(bench, ["publish", "--confirm", doi] + words)
            #expect(published.code == 0, "\(published.words)")
            bench.expectSoundLedger(repeats: repeats)
        }
        print("\(killed) times ended by force")
    }

    @Test func `exit codes tell findings, refusals and interruptions apart`() throws {
        let bench = try Bench(["a.zip": 1000])
        let file = bench.folder.appendingPathComponent("record.json")
        try Data("{\"metadata\": {\"title\": \"Images\", \"publication_date\": \"2026-01-02\"}}".utf8).write(to: file)
        let words = ["--target", bench.server.url, "--record", file.path, bench.package]
        bench.server.fail("draft", .refuse(403))
        #expect(try run(bench, words).code == 2)
        bench.server.fail("draft", .redirect("https://elsewhere.example.org/"))
        #expect(try run(bench, words).code == 3)
        #expect(try run(bench, words).code == 0)
        bench.server.change(bench.server.records.keys.first ?? "") { $0.files["a.zip"]?.content = [1] }
        #expect(try run(bench, ["verify"] + words).code == 1)
        #expect(try run(bench, ["publish", "--confirm", "10.5072/x"] + words).code == 1)
        #expect(try run(bench, ["resume"] + words).code == 0)
        #expect(try run(bench, ["publish", "--confirm", "10.5072/x"] + words).code == 2)
        #expect(try run(bench, ["publish", "--production", "--confirm", "10.5072/x"] + words).code == 2)
        #expect(try run(bench, ["--target", "zenod", bench.package]).words.contains("did you mean 'zenodo'"))
        #expect(bench.server.published.isEmpty)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Oracle: programs that say what the test wrote into them, so that each reason to fail is there once and alone.
@Suite struct VerdictGateTests {
    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("in"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("changes"), withIntermediateDirectories: true)
        for name in ["a.cif", "b.cif"] { try write("data_x\n", "in/\(name)") }
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// A program that says this of every file.
    private func program(
        _ name: String, status: String = "pass", code: Int = 0, findings: [(String, String)] = [],
        notChecked: [(String, String)] = [], before: String = ""
    ) throws {
        let found = findings.map {
            #"{"event":"finding","rule":"\#($0.0)","level":"\#($0.1)","message":"m","count":1,"places":[]}"#
        }
        let unchecked = notChecked.map { #"{"rule":"\#($0.0)","reason":"\#($0.1)"}"# }.joined(separator: ",")
        let end = #"{"event":"fileEnd","status":"\#(status)","notChecked":[\#(unchecked)],"failures":[]}"#
        let lines = (found + [end]).joined(separator: "\n")
        try write("#!/bin/sh\n\(before)\ncat <<'END'\n\(lines)\nEND\nexit \(code)\n", name)
        let file = folder.appendingPathComponent(name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    private func gate(_ more: String...) throws -> BuiltProgram.Result {
        let names = ["old", "new", "in"].map { folder.appendingPathComponent($0).path }
        let folders = [
            "--changes", folder.appendingPathComponent("changes").path, "--kept",
            folder.appendingPathComponent("kept").path,
        ]
        return try BuiltProgram.run(more + folders + names, program: "compare-verdicts")
    }

    @Test func `two programs that say the same pass, also when runs were kept`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try program("old", status: "fail", code: 1, findings: [("AXIS-002", "A")])
        try program("new", status: "fail", code: 1, findings: [("AXIS-002", "A")])
        for _ in 0..<2 {
            let result = try gate("--no-times")
            #expect(result.code == 0, "\(result.output)")
            #expect(result.output == "2 files, 0 complaints\n")
        }
    }

    @Test(arguments: [("A", 1), ("B", 1), ("C", 0), ("G", 0)] as [(String, Int32)])
    func `a finding of level A or B that came or went is announced`(level: String, code: Int32) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (more, fewer) in [("new", "old"), ("old", "new")] {
            try program(more, findings: [("SCAN-025", level)])
            try program(fewer)
            let silent = try gate("--no-times")
            #expect(silent.code == code, "\(silent.output)")
            #expect(
                silent.output.contains("rule  SCAN-025 \(level)  \(more == "new" ? "gained 2  lost 0" : "gained 0")"))
        }
        try write("SCAN-02 and SCAN-0251 are others, and so is a line of another kind.\n", "changes/x.rule.md")
        try write("SCAN-025 looks.\n", "changes/x.feature.md")
        #expect(try gate("--no-times").code == code)
        try write("SCAN-025 looks at frames that\nwere announced.\n", "changes/x.rule.md")
        let announced = try gate("--no-times")
        #expect(announced.code == 0, "\(announced.output)")
        #expect(announced.output.contains("x.rule.md"))
    }

    @Test(arguments: ["unread", "refused", "limit", "definition"])
    func `a file that turned indeterminate has a line with its reason`(word: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try program("old")
        try program("new", status: "indeterminate", code: 3, notChecked: [("BEAM-001", word), ("BEAM-002", "gated")])
        let silent = try gate("--no-times")
        #expect(silent.code == 1)
        #expect(silent.output.contains("status  pass -> indeterminate  2 (\(word))"), "\(silent.output)")
        #expect(silent.output.contains("code  0 -> 3  2"))
        try write("A file may be indeterminate.\n\nWhat is \(word) is said.\n", "changes/x.rule.md")
        #expect(try gate("--no-times").code == 1, "status and word stand in one paragraph")
        try write("A file is indeterminate where a value is \(word).\n", "changes/x.rule.md")
        let announced = try gate("--no-times")
        #expect(announced.code == 0, "\(announced.output)")
    }

    @Test(arguments: ["incomplete", "skipped", "indeterminate"])
    func `a file of which nothing was checked is told so`(status: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try program("old")
        try program("new", status: status, code: 3)
        #expect(try gate("--no-times").code == 1)
        try write("A file is \(status) when nothing could be looked at.\n", "changes/x.rule.md")
        #expect(try gate("--no-times").code == 0)
    }

    @Test(arguments: ["exit 70", "exit 2", "kill -SEGV $$"])
    func `a program that leaves its codes fails`(words: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try program("old")
        try program("new", before: words)
        let result = try gate("--no-times")
        #expect(result.code == 1)
        #expect(result.output.contains("code  "), "\(result.output)")
    }

    @Test func `a verdict by chance fails, of the old program it is told`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let counter = folder.appendingPathComponent("counter").path
        let chance = "echo >> \(counter)\n[ $(($(wc -l < \(counter)) % 2)) = 0 ] && exit 1"
        try program("old")
        try program("new", before: chance)
        let result = try gate("--no-times")
        #expect(result.code == 1)
        #expect(result.output.contains("by chance  "), "\(result.output)")
    }

    @Test func `twice the time fails`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let work = "i=0\nwhile [ $i -lt COUNT ]; do i=$((i+1)); done"
        try program("old", before: work.replacingOccurrences(of: "COUNT", with: "20000"))
        try program("new", before: work.replacingOccurrences(of: "COUNT", with: "100000"))
        let result = try gate()
        #expect(result.code == 1)
        #expect(result.output.contains("ms  ") && result.output.contains("time  median"), "\(result.output)")
        try program("new", before: work.replacingOccurrences(of: "COUNT", with: "1000"))
        #expect(try gate().code == 0)
    }

    @Test func `with --bytes one byte fails`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try program("old", before: "echo \"'a sentence'\"")
        try program("new", before: "echo \"'another sentence'\"")
        #expect(try gate("--no-times").code == 0)
        let result = try gate("--no-times", "--bytes")
        #expect(result.code == 1)
        #expect(result.output.contains("+ 'another sentence'"), "\(result.output)")
    }

    @Test func `wrong usage ends with 2, a path that is not there with 3`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltProgram.run(["--nonsense"], program: "compare-verdicts").code == 2)
        #expect(try BuiltProgram.run(["a", "b", "/nonexistent"], program: "compare-verdicts").code == 3)
    }
}

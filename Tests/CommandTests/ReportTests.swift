// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Findings
import Foundation
import JSON
import TestSupport
import Testing

/// Oracle: golden files reviewed by hand, and docs/schema/report-1.json.
@Suite struct ReportTests {
    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try SmallFiles.write(to: folder)
    }

    @Test func `the report for people names fault, place, reason and remedy`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "circle.cif", in: folder)
        try expectGolden(result.output, "circle.txt")
        #expect(result.complaints == "")
    }

    @Test func `what a file lacks by release is a table`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.removeItem(at: folder.appendingPathComponent("rules"))
        let text = """
            {shows: 'items lost', base: '\(Folder.checkout.path)/corpora/golden/nxmx.nxs.json', changes: [
                {remove: '/entry/sample/name'}, {remove: '/entry/end_time_estimated'},
                {remove: '/entry/source'}, {remove: '/entry/instrument/name'}]}
            """
        let recipe = folder.appendingPathComponent("lacking.nxs.json")
        try Data(text.utf8).write(to: recipe)
        try Recipe(reading: recipe.path).build(at: folder.appendingPathComponent("lacking.nxs").path)
        try expectGolden(BuiltProgram.run("check", "lacking.nxs", in: folder).output, "lacking.txt")
    }

    @Test func `the JSON report fits its schema`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            "check", "--format", "json", "circle.cif", "good.cif", "fake.h5", "missing.cif", in: folder)
        let schema = try JSONReader.read(
            Array(try Data(contentsOf: Folder.checkout.appendingPathComponent("docs/schema/report-1.json"))))
        let report = try JSONReader.read(Array(result.output.utf8))
        #expect(SchemaValidator(root: schema).faults(of: report) == [])
        #expect(report["files"]?.elements?.count == 4)
        let kinds = schema["$defs"]?["file"]?["properties"]?["kind"]?["enum"]?.elements?.compactMap(\.string)
        #expect(kinds == FileKind.allCases.map(\.rawValue))
        #expect(report["summary"]?["fail"]?.integer ?? 0 >= 1)
        let experiment = report["files"]?.elements?[1]["experiments"]?.elements?.first
        #expect(experiment?["distance_mm"]?.double == 200)
        #expect(experiment?["beam_centre_px"] == .array([.number(499.5), .number(499.5)]))
    }

    @Test func `a report that departs from the schema is seen`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let schema = try JSONReader.read(
            Array(try Data(contentsOf: Folder.checkout.appendingPathComponent("docs/schema/report-1.json"))))
        let text = try BuiltProgram.run("check", "-f", "json", "circle.cif", in: folder).output
        for (from, to) in [
            ("\"status\": \"fail\"", "\"status\": \"failed\""), ("\"line\":", "\"lines\":"), ("\"why\":", "\"wy\":"),
        ] {
            let changed = text.replacingOccurrences(of: from, with: to)
            #expect(changed != text)
            #expect(SchemaValidator(root: schema).faults(of: try JSONReader.read(Array(changed.utf8))) != [])
        }
    }

    @Test func `JSON lines begin with run, end with runEnd and are JSON each`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "-f", "jsonl", "circle.cif", "good.cif", in: folder)
        let events = try result.output.split(separator: "\n").map {
            try JSONReader.read(Array($0.utf8))["event"]?.string
        }
        #expect(events.first == "run")
        #expect(events.last == "runEnd")
        #expect(events.filter { $0 == "file" }.count == 2)
        #expect(events.filter { $0 == "fileEnd" }.count == 2)
        #expect(events.contains("finding"))
    }

    @Test func `the same run gives the same bytes, in isolation or not`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for format in ["text", "json", "jsonl"] {
            let plain = try BuiltProgram.run("check", "-f", format, "circle.cif", in: folder)
            let again = try BuiltProgram.run("check", "-f", format, "circle.cif", in: folder)
            let isolated = try BuiltProgram.run("check", "--isolate", "-f", format, "circle.cif", in: folder)
            #expect(plain.output == again.output)
            #expect(plain.output == isolated.output)
        }
    }

    @Test func `reports go to several files at once, whole, in the form their names tell`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            "check", "-q", "-o", "r.json", "-o", "r.txt", "-o", "r.jsonl", "circle.cif", in: folder)
        #expect(result.output == "")
        #expect(result.code == 1)
        let direct = try BuiltProgram.run("check", "-f", "json", "circle.cif", in: folder).output
        #expect(try String(contentsOf: folder.appendingPathComponent("r.json"), encoding: .utf8) == direct)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") } == [])
        let lines = try String(contentsOf: folder.appendingPathComponent("r.jsonl"), encoding: .utf8)
        #expect(lines.hasPrefix("{\"event\":\"run\""))
    }

    @Test func `a report that cannot be written is a failure and leaves nothing behind`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "-q", "-o", "nowhere/r.json", "good.cif", in: folder)
        #expect(result.code == 3)
        #expect(result.complaints.contains("cannot write 'nowhere/r.json'"))
    }

    @Test func `a full disk is a failure`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "'\(BuiltProgram.url.path)' check good.cif > /dev/full 2> complaints"]
        shell.currentDirectoryURL = folder
        shell.environment = ["IMPRIMATUR_RULES": folder.appendingPathComponent("rules").path]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 3)
        let complaints = try String(contentsOf: folder.appendingPathComponent("complaints"), encoding: .utf8)
        #expect(complaints.contains("cannot write 'standard output'"))
    }

    @Test func `nothing colours a pipe, and NO_COLOR is heard`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let plain = try BuiltProgram.run("check", "circle.cif", in: folder)
        #expect(!plain.output.contains("\u{1B}"))
        let forced = try BuiltProgram.run("check", "--color", "always", "circle.cif", in: folder)
        #expect(forced.output.contains("\u{1B}[1;31mA\u{1B}[0m"))
        // No colour of ours is told as a control character of a file.
        #expect(!forced.output.contains("\\x1b"))
    }

    @Test func `twenty columns are enough`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = try BuiltProgram.run("check", "circle.cif", in: folder, environment: ["COLUMNS": "20"])
        #expect(report.code == 1)
        let lines = report.output.split(separator: "\n")
        #expect(lines.map(\.count).max() ?? 0 <= 30)
        #expect(lines.count { $0.count > 20 } < 4)
        #expect(try BuiltProgram.run("check", "circle.cif", in: folder, environment: ["COLUMNS": "1"]).code == 1)
    }

    @Test func `control characters of a file never reach the terminal`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hostile = SmallFiles.good.replacingOccurrences(of: "s1", with: "'\u{1B}[2J'")
        try Data(hostile.utf8).write(to: folder.appendingPathComponent("hostile.cif"))
        let result = try BuiltProgram.run("check", "--all", "hostile.cif", in: folder)
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.output.contains("\\x1b[2J"))
    }
}

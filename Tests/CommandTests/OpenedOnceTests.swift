// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import Glibc
import Report
import TestSupport
import Testing

/// Oracle: strace(1), which sees each opening, in whatever process.
@Suite final class OpenedOnceTests {
    private let folder: URL

    init() throws {
        folder = try Folder.temporary()
        let recipe = Folder.checkout.appendingPathComponent("corpora/FILE-007/pass-all-frames.nxs.json").path
        try Recipe(reading: recipe).build(at: folder.appendingPathComponent("a.nxs").path)
        for (name, text) in [("b.cif", SmallFiles.good), ("c.cif", SmallFiles.circle)] {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try Data(miniCBF([])).write(to: folder.appendingPathComponent("d_00001.cbf"))
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("run"), withIntermediateDirectories: false)
        for number in 1...4 {
            let header = usualHeader.map { $0.replacing("10.0000 deg.", with: "10.\(number - 1)000 deg.") }
            for name in ["s_0000\(number).cbf", "run/img_000\(number).cbf"] {
                try Data(miniCBF(name: "s_0000\(number)", header)).write(to: folder.appendingPathComponent(name))
            }
        }
        let golden = Folder.checkout.appendingPathComponent("corpora/golden/archive.cif")
        let described = try String(contentsOf: golden, encoding: .utf8)
        try Data(described.utf8).write(to: folder.appendingPathComponent("z.cif"))
        try Data(described.replacing(/run\.zip  ZIP  (\S+)/) { "\($0.1)  .  ." }.utf8)
            .write(to: folder.appendingPathComponent("e.cif"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let series = (1...4).map { "s_0000\($0).cbf" }
    private static let images = (1...4).map { "run/img_000\($0).cbf" }
    private static let lists = ["SHA256SUMS", "MD5SUMS", "manifest.tsv"].map { "pack/deposit/\($0)" }
    private static let names =
        ["a.nxs", "a_000001.h5", "a_000002.h5", "b.cif", "c.cif", "d_00001.cbf", "e.cif", "z.cif", "p.json5"] + series
        + images + lists

    private static let inputs = [["a.nxs"], ["b.cif"], ["d_00001.cbf"], ["a.nxs", "b.cif", "c.cif", "d_00001.cbf"]]

    private static let commands: [[String]] =
        Formats.all.flatMap { form in inputs.map { ["check", "-f", form.row.name] + $0 } }
        + inputs.map { ["check", "--isolate", "--all"] + $0 }
        + inputs.map { ["check", "-f", "jsonl", "--compat", "checkimgcif"] + $0 }
        + inputs.map { ["check", "--frames", "all", "-f", "html"] + $0 }
        + inputs.flatMap { [["inspect"] + $0, ["inspect", "--json"] + $0, ["inspect", "--layout"] + $0] }
        + inputs.map { ["inspect", "--table", "raw-data"] + $0 } + inputs.map { ["checksum"] + $0 }
        + [["compare", "a.nxs", "b.cif"], ["compare", "b.cif", "c.cif"], ["describe", "d_00001.cbf"]]

    @Test(arguments: commands) func `each input is opened once, whatever is printed of it`(command: [String]) throws {
        let (counts, _, complaints) = try opens(of: "$P " + command.joined(separator: " "))
        let linked: Set<String> = command.contains("a.nxs") ? ["a_000001.h5", "a_000002.h5"] : []
        for name in Self.names {
            let count = counts[name, default: 0]
            // Digests and a look at the bytes of a file follow no link.
            let mayStayShut = linked.contains(name) && (command[0] == "checksum" || command.contains("--layout"))
            let wanted = command.contains(name) || linked.contains(name) ? 1 : 0
            #expect(count == wanted || count == 0 && mayStayShut, "\(name): \(count), \(complaints)")
        }
    }

    /// What runs before, a line of a shell, and what it opens.
    private struct Use: Sendable, CustomTestStringConvertible {
        var before = "true"
        let line: String
        let files: [String]
        /// What a sample may leave shut.
        var sampled: [String] = []
        var testDescription: String { line }
    }

    private static let packed =
        "$P package init -o p.json5 s_*.cbf && $P package build --unchecked -o pack p.json5 s_*.cbf"

    private static let checked = "$P package init -o p.json5 s_*.cbf && $P package build -o pack p.json5 s_*.cbf"

    private static let uses: [Use] = [
        // The first and the last frame are read, and those between whose size stands out.
        Use(line: "$P check e.cif", files: ["e.cif", images[0], images[3]], sampled: [images[1], images[2]]),
        Use(line: "$P check --frames all e.cif", files: ["e.cif"] + images),
        Use(line: "$P check --isolate --frames all e.cif", files: ["e.cif"] + images),
        Use(line: "$P check --frames all -f html e.cif", files: ["e.cif"] + images),
        Use(line: "$P check --frames all --local . z.cif", files: ["z.cif"] + images),
        Use(line: "$P check --frames all --sub run.zip=. z.cif", files: ["z.cif"] + images),
        Use(line: "$P check --isolate --frames all --sub run.zip=. z.cif", files: ["z.cif"] + images),
        Use(line: "$P compare --frames all e.cif z.cif --sub run.zip=.", files: ["e.cif", "z.cif"] + images),
        Use(line: "$P check --frames all s_*.cbf", files: series),
        Use(line: "$P check --isolate --frames all s_*.cbf", files: series),
        Use(line: "$P check -r run", files: images), Use(line: "$P inspect s_*.cbf", files: series),
        Use(line: "$P compare --frames all s_00001.cbf s_00002.cbf", files: Array(series[..<2])),
        Use(line: "$P describe --allow-findings s_*.cbf", files: series),
        Use(line: "$P describe --allow-findings a.nxs", files: ["a.nxs", "a_000001.h5", "a_000002.h5"]),
        Use(line: "$P inspect --frame 1 -o o.png s_00001.cbf", files: ["s_00001.cbf"]),
        Use(line: "$P checksum -o o.txt s_*.cbf", files: series),
        Use(before: "$P checksum -o o.txt s_*.cbf", line: "$P verify o.txt", files: series),
        Use(line: "$P convert --gonio-axis 1,0,0 -o o.nxs s_*.cbf", files: series),
        Use(line: "$P convert --gonio-axis 1,0,0 --verify none -o o.nxs s_*.cbf", files: series),
        Use(line: "$P convert --gonio-axis 1,0,0 --jobs 2 -o o.nxs -r run", files: images),
        Use(line: "$P package init -o p.json5 s_*.cbf", files: series),
        Use(
            before: "$P package init -o p.json5 s_*.cbf", line: "$P package record p.json5", files: ["p.json5"] + series
        ),
        Use(before: "$P package init -o p.json5 s_*.cbf", line: "$P package plan p.json5 s_*.cbf", files: ["p.json5"]),
        Use(
            before: "$P package init -o p.json5 s_*.cbf",
            line: "$P package build --unchecked -o pack p.json5 s_*.cbf", files: ["p.json5"] + series + lists),
        Use(
            before: "$P package init -o p.json5 s_*.cbf", line: "$P package build -o pack p.json5 s_*.cbf",
            files: ["p.json5"] + series + lists),
        Use(before: packed, line: "$P package verify pack", files: lists),
        Use(before: packed, line: "$P package bag -o bag pack", files: lists),
        Use(before: checked, line: "$P verdict write -o v.json pack", files: lists),
        Use(
            before: "\(checked) && $P verdict write -o v.json pack", line: "$P verdict verify --data . v.json",
            files: series),
        Use(line: "$P audit run --db o.sqlite run", files: images),
        Use(line: "$P watch --once --settle 0.1 run", files: images),
        Use(line: "echo '{\"path\":\"b.cif\"}' | $P serve --lines", files: ["b.cif"]),
    ]

    @Test(arguments: uses) private func `verbs that pass over their inputs again open each once`(use: Use) throws {
        #expect(try shell(use.before).code == 0)
        let (counts, code, complaints) = try opens(of: use.line)
        for name in Self.names {
            let count = counts[name, default: 0]
            let isShut = count == 0 && use.sampled.contains(name)
            let wanted = use.files.contains(name) || use.sampled.contains(name) ? 1 : 0
            #expect(count == wanted || isShut, "\(name): \(count)\n\(complaints)")
        }
        #expect(code <= 3, "\(complaints)")
    }

    /// Source: docs/decisions/0370-inputs-stay-open.md.
    @Test func `inputs beyond what a process may keep open are opened once in each pass`() throws {
        // Of 72 descriptors two are for inputs.
        for (line, most) in [
            ("$P convert --gonio-axis 1,0,0 -o o.nxs s_*.cbf", 4),
            ("$P package init -o p.json5 s_*.cbf && $P package build -o pack p.json5 s_*.cbf", 9),
        ] {
            let (counts, code, complaints) = try opens(of: "ulimit -n 72; \(line)")
            #expect(code <= 1, "\(complaints)")
            let opened = Self.series.map { counts[$0, default: 0] }
            #expect(opened.allSatisfy { (1...most).contains($0) }, "\(line): \(opened)")
        }
    }

    private func shell(_ line: String, program: String = BuiltProgram.url.path) throws -> (
        code: Int32, complaints: String
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "P": program,
            "IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path,
        ]
        let errors = folder.appendingPathComponent("errors")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
    }

    private static let isTraced: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "strace -f --seccomp-bpf -qq -o /dev/null true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// How often a line of a shell opens each file: by strace(1), which sees each call; where it is not there, by
    /// inotify(7), which takes two openings without anything between them for one.
    private func opens(of line: String) throws -> (counts: [String: Int], code: Int32, complaints: String) {
        guard Self.isTraced else { return try noticed(line) }
        let trace = folder.appendingPathComponent("trace")
        try Data().write(to: trace)
        let tracing = "strace -A -f --seccomp-bpf -qq -y -e trace=open,openat,openat2 -o '\(trace.path)' "
        let result = try shell(
            "run() { \(tracing) '\(BuiltProgram.url.path)' \"$@\"; }; \(line)", program: "run")
        var counts: [String: Int] = [:]
        for one in try String(contentsOf: trace, encoding: .utf8).split(separator: "\n") {
            for name in Self.names where one.hasSuffix("/\(name)>") { counts[name, default: 0] += 1 }
        }
        return (counts, result.code, result.complaints)
    }

    private func noticed(_ line: String) throws -> (counts: [String: Int], code: Int32, complaints: String) {
        let watch = inotify_init1(Int32(IN_NONBLOCK))
        #expect(watch >= 0)
        defer { close(watch) }
        let marks = Self.names.map { inotify_add_watch(watch, folder.appendingPathComponent($0).path, UInt32(IN_OPEN)) }
        let result = try shell(line)
        var counts: [String: Int] = [:]
        var bytes = [UInt8](repeating: 0, count: 65_536)
        // An event is a watch, a mask, a cookie and the length of a name, which a watched file does not have.
        let count = max(0, Glibc.read(watch, &bytes, bytes.count))
        for start in stride(from: 0, to: count - count % 16, by: 16) {
            let mark = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: Int32.self) }
            if mark >= 0, let index = marks.firstIndex(of: mark) { counts[Self.names[index], default: 0] += 1 }
        }
        return (counts, result.code, result.complaints)
    }
}

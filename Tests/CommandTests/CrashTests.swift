// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Oracle: the process table, and signals that come from outside. A link whose character set is 220 ends libhdf5 1.10.8 by
/// a signal; such bytes contradict the format, and no library is asked about them.
@Suite struct CrashTests {
    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        let recipe = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json")
        let good = folder.appendingPathComponent("good.nxs")
        try Recipe(reading: recipe.path).build(at: good.path)
        var bytes = try Data(contentsOf: good)
        let link = Data([0x01, 0x10, 0x01, 0x05]) + Data("entry".utf8)
        let place = try #require(bytes.range(of: link))
        bytes[place.lowerBound + 2] = 220
        try bytes.write(to: folder.appendingPathComponent("killer.nxs"))
    }

    private func status(_ name: String, in output: String) throws -> String? {
        let report = try JSONReader.read(Array(output.utf8))
        return report["files"]?.elements?.first { $0["path"]?.string == name }?["status"]?.string
    }

    /// A sound file that takes a while: many rows that nobody asks for.
    private func writeSlow() throws {
        try SmallFiles.write(to: folder)
        let rows = (0..<50_000).map { "row_\($0) 'of no use' \($0).5\n" }.joined()
        let text = SmallFiles.good + "loop_\n_nobody.id\n_nobody.text\n_nobody.number\n" + rows
        try Data(text.utf8).write(to: folder.appendingPathComponent("slow.cif"))
    }

    private func start(_ words: [String]) throws -> (process: Process, output: URL) {
        let process = Process()
        process.executableURL = BuiltProgram.url
        process.arguments = words
        process.currentDirectoryURL = folder
        process.environment = ["IMPRIMATUR_RULES": folder.appendingPathComponent("rules").path]
        let output = folder.appendingPathComponent("output")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }

    /// Processes of this program that a process has started.
    private func children(of process: Int32) -> [Int32] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
        return all.filter { child in
            let facts = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
            return facts.split(separator: ")").last?.split(separator: " ").dropFirst().first.map(String.init)
                == "\(process)"
        }
    }

    @Test func `a reader that is killed four times costs its file, and the next is checked`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try writeSlow()
        let (process, output) = try start(["check", "--isolate", "-f", "json", "slow.cif", "good.cif"])
        var killed = Set<Int32>()
        while process.isRunning, killed.count < 4 {
            for child in children(of: process.processIdentifier) where !killed.contains(child) && killed.count < 4 {
                // It has got its file; where that cannot be seen, it is about to.
                let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd")) ?? []
                let hasFile = files.contains {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child)/fd/\($0)"))?
                        .hasSuffix("slow.cif") == true
                }
                if hasFile || files.isEmpty, kill(child, SIGKILL) == 0 { killed.insert(child) }
            }
            usleep(2000)
        }
        process.waitUntilExit()
        #expect(killed.count == 4)
        #expect(process.terminationStatus == 3)
        let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        #expect(try status("slow.cif", in: text) == "indeterminate")
        #expect(text.contains("FILE-011"))
        #expect(text.contains("signal 9, Killed"))
        #expect(try status("good.cif", in: text) == "pass")
    }

    @Test(arguments: [SIGSEGV, SIGBUS])
    func `a program that a signal ends while it reads starts again and says the same`(number: Int32) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try writeSlow()
        let plain = try BuiltProgram.run("check", "-f", "json", "slow.cif", in: folder)
        let (process, output) = try start(["check", "-f", "json", "slow.cif"])
        var isHit = false
        while process.isRunning, !isHit {
            let maps = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/maps", encoding: .utf8)
            if maps?.contains("slow.cif") == true { isHit = kill(process.processIdentifier, number) == 0 }
            usleep(1000)
        }
        var hasWorker = false
        while process.isRunning {
            hasWorker = hasWorker || !children(of: process.processIdentifier).isEmpty
            usleep(1000)
        }
        #expect(isHit)
        #expect(hasWorker)
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == plain.code)
        #expect(String(decoding: try Data(contentsOf: output), as: UTF8.self) == plain.output)
    }

    @Test(arguments: [[], ["--isolate"]])
    func `a file that would end libhdf5 is refused in our words and ends the run with 3`(options: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            ["check", "-f", "json"] + options + ["killer.nxs"], in: folder, input: "", environment: [:])
        #expect(result.code == 3)
        #expect(try status("killer.nxs", in: result.output) == "indeterminate")
        #expect(!result.output.contains("FILE-011"))
        #expect(result.complaints.contains("a link message contradicts the format of HDF5"))
    }

    @Test func `the files beside it are checked as if it were not there`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let alone = try BuiltProgram.run("check", "-f", "json", "good.nxs", in: folder)
        try FileManager.default.copyItem(
            at: folder.appendingPathComponent("good.nxs"), to: folder.appendingPathComponent("same.nxs"))
        let result = try BuiltProgram.run("check", "-f", "json", "good.nxs", "killer.nxs", "same.nxs", in: folder)
        #expect(result.code == 3)
        #expect(try status("good.nxs", in: result.output) == status("good.nxs", in: alone.output))
        #expect(try status("same.nxs", in: result.output) == status("good.nxs", in: alone.output))
    }

    @Test func `a stream of events begins once`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "-f", "jsonl", "killer.nxs", in: folder)
        #expect(result.output.split(separator: "\n").filter { $0.contains("\"event\":\"run\"") }.count == 1)
    }

    @Test(arguments: [["inspect"], ["inspect", "--json"], ["describe"], ["compare", "good.nxs"]])
    func `other verbs live on as well`(words: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(words + ["killer.nxs"], in: folder, input: "", environment: [:])
        #expect(result.code == 3)
        #expect(result.complaints.contains("a link message contradicts the format of HDF5"))
        #expect(result.output.hasPrefix("{") == words.contains("--json"))
    }

    @Test func `a reader that used its processor time is not tried again`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            "check", "-f", "json", "good.nxs", in: folder, environment: ["IMPRIMATUR_ISOLATE": "spent"])
        #expect(result.code == 3)
        #expect(result.output.contains("s of processor time"))
    }

    @Test func `a list of names from standard input is read once`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("check", "-f", "json", "-", in: folder, input: "killer.nxs\n")
        #expect(result.code == 3)
        #expect(try status("killer.nxs", in: result.output) == "indeterminate")
    }

    /// Oracle: /proc. The guard of a process that waits for a slow reader would end it after two minutes.
    @Test(arguments: [
        ["describe", "--url", "https://example.org/a/"], ["check", "-f", "json"], ["inspect", "--json"],
    ])
    func `no guard is armed while a report goes into a slow pipe`(words: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = BuiltProgram.url
        process.arguments = words + ["good.nxs"]
        process.currentDirectoryURL = folder
        process.environment = ["IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path]
        let pipe = Pipe()
        // F_SETPIPE_SZ: the least a pipe holds, which is full before the program writes.
        #expect(fcntl(pipe.fileHandleForWriting.fileDescriptor, 1031, 4096) >= 0)
        let filling = Data(repeating: 0x20, count: 4096)
        try pipe.fileHandleForWriting.write(contentsOf: filling)
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? pipe.fileHandleForWriting.close()
        var lines: [Substring] = []
        var sleeps = 0
        for _ in 0..<1000 where sleeps < 10 {
            usleep(20_000)
            lines = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
                .split(separator: "\n")
            sleeps = lines.contains { $0.hasPrefix("State:\tS") } ? sleeps + 1 : 0
        }
        let words = lines.first { $0.hasPrefix("SigCgt:") }?.dropFirst("SigCgt:\t".count)
        let caught = words.flatMap { UInt64($0, radix: 16) }
        #expect(caught.map { $0 & (1 << UInt64(SIGALRM - 1) | 1 << UInt64(SIGXCPU - 1)) } == 0)
        let all = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(sleeps == 10)
        #expect(all.count > filling.count)
        #expect(process.terminationReason == .exit)
    }
}

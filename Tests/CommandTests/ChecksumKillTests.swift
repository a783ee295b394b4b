// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Runs that are killed, and go on. Oracle: a run that was not, sha256sum, and the bytes that the system counts.
///
/// `make test-checksum` does the same with 5 000 files.
@Suite struct ChecksumKillTests {
    private static let count = 400
    private static let size = 192 * 1024

    private static func write(to folder: URL) throws {
        var bytes = [UInt8](repeating: 0, count: size)
        for number in 0..<count {
            withUnsafeBytes(of: number) { bytes.replaceSubrange(0..<8, with: $0) }
            try Data(bytes).write(to: folder.appendingPathComponent("frame_\(number)"))
        }
    }

    /// Begins a run and kills it after a while; the bytes that it read, nil when it had ended before.
    private static func kill(after milliseconds: UInt32, in folder: URL) throws -> Int? {
        let process = Process()
        process.executableURL = BuiltProgram.url
        process.arguments = ["checksum", "-q", "-r", "-o", "SHA256SUMS", "-o", "MD5SUMS", "data"]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(milliseconds * 1000)
        // Stopped first, so that nothing is read between the count and the end.
        Foundation.kill(process.processIdentifier, SIGSTOP)
        usleep(2000)
        let counts = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/io", encoding: .utf8)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        guard process.terminationReason == .uncaughtSignal, let counts else { return nil }
        let line = counts.split(separator: "\n").first { $0.hasPrefix("rchar: ") }
        return line.flatMap { Int($0.dropFirst(7)) }
    }

    @Test func `a run that is killed again and again gives the same lists and reads little twice`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Self.write(to: data)
        let whole = try BuiltProgram.run("checksum", "-q", "-r", "-o", "whole.sha256", "data", in: folder)
        #expect(whole.code == 0 && whole.complaints.isEmpty)
        var kills = 0
        var read = 0
        var generator = SeededNumbers(seed: 20_261_130)
        for _ in 0..<40 where kills < 10 {
            guard let bytes = try Self.kill(after: UInt32.random(in: 5...60, using: &generator), in: folder) else {
                break
            }
            kills += 1
            read += bytes
        }
        let journal = folder.appendingPathComponent("SHA256SUMS.part")
        let isDone = FileManager.default.fileExists(atPath: folder.appendingPathComponent("SHA256SUMS").path)
        // A run may have been killed before it began one.
        let kept = try? String(contentsOf: journal, encoding: .utf8)
        let left = isDone ? 0 : max(0, (kept?.split(separator: "\n").count ?? 0) - 1)
        if !isDone {
            let last = try BuiltProgram.run(
                "checksum", "-r", "-o", "SHA256SUMS", "-o", "MD5SUMS", "data", in: folder)
            #expect(last.code == 0)
            if left > 0 { #expect(last.complaints.contains("were read by an earlier run: \(left) of \(Self.count)")) }
            read += (Self.count - left) * Self.size
        }
        #expect(!FileManager.default.fileExists(atPath: journal.path))
        let list = try Data(contentsOf: folder.appendingPathComponent("SHA256SUMS"))
        #expect(list == (try Data(contentsOf: folder.appendingPathComponent("whole.sha256"))))
        // What each kill costs: the files in flight, and what a start reads of the program itself.
        let allowed = Self.count * Self.size + kills * (16 * Self.size + 2_000_000)
        #expect(kills > 0 && read < allowed, "\(kills) kills, \(read) bytes of \(Self.count * Self.size)")
    }

    @Test func `a journal is believed only where it is whole and the file is as it was`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["a", "b", "c"] { try Data("\(name)1".utf8).write(to: folder.appendingPathComponent(name)) }
        // A file that cannot be read keeps the list from being written, and the journal stays.
        let first = try BuiltProgram.run("checksum", "-o", "S.sha256", "a", "b", "c", "gone", in: folder)
        let journal = folder.appendingPathComponent("S.sha256.part")
        var lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(first.code == 3 && lines.count == 4)
        // One line tells another digest, one file changes, one line is cut.
        let a = try #require(lines.firstIndex { $0.contains("\"a\"") })
        let digest = try #require(lines[a].range(of: "\"sha256\":\""))
        lines[a].replaceSubrange(digest.upperBound..<lines[a].index(after: digest.upperBound), with: "0")
        try Data((lines.joined(separator: "\n") + "\nfeed").utf8).write(to: journal)
        try Data("b2".utf8).write(to: folder.appendingPathComponent("b"))
        let second = try BuiltProgram.run("checksum", "-o", "S.sha256", "a", "b", "c", in: folder)
        #expect(second.code == 0 && second.complaints.contains("were read by an earlier run: 1 of 3"), "\(second)")
        let verified = try BuiltProgram.run("verify", "S.sha256", in: folder)
        #expect(verified.code == 0, "\(verified.output)")
        #expect(!FileManager.default.fileExists(atPath: journal.path))
    }
}

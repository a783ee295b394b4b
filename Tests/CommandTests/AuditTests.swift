// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Audits of small folders. Oracle: what was put into each folder, and what `check` says of the same files.
///
/// `make test-audit` does more: kills, full disks, files made to break readers.
@Suite struct AuditTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    /// A description that passes.
    private static let good =
        (try? String(
            contentsOf: Folder.checkout.appendingPathComponent("corpora/examples/i04-eiger.cif"), encoding: .utf8))
        ?? ""

    private func write(_ name: String, _ text: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func audit(_ words: String...) throws -> BuiltProgram.Result {
        try BuiltProgram.run(["audit"] + words, in: folder, input: "", environment: [:])
    }

    /// Good files in some folders, a bad one, a page that is none, and a note.
    private func fill(_ good: Int = 6) throws {
        for number in 0..<good { try write("data/run\(number % 3)/scan\(number).cif", Self.good) }
        let bad = Self.good.replacingOccurrences(of: " 0.979491\n", with: " ?\n")
        try write("data/run1/bad.cif", bad)
        try write("data/run2/page.nxs", "<!DOCTYPE html><html></html>\n")
        try write("data/notes.txt", "notes\n")
    }

    private func export(_ store: String) throws -> String {
        let exported = try audit("export", "--db", store)
        #expect(exported.code == 0)
        return exported.output
    }

    @Test func `every file has a row, and nothing that was not read passes`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill()
        let run = try audit("run", "data", "--db", "a.sqlite")
        #expect(run.code == 3 || run.code == 1, "\(run.complaints)")
        let all = try audit("list", "--db", "a.sqlite", "--all").output.split(separator: "\n")
        #expect(all.count == 9, "\(all)")
        #expect(all.filter { $0.hasSuffix(": pass") }.count == 6)
        #expect(all.contains { $0.hasPrefix("data/run1/bad.cif: fail") })
        #expect(!all.contains { $0.hasPrefix("data/run2/page.nxs: pass") })
        #expect(all.contains { $0.hasPrefix("data/notes.txt: skipped") })
        let listed = try audit("list", "--db", "a.sqlite", "--rule", "BEAM-001").output
        #expect(listed.hasPrefix("data/run1/bad.cif: fail"))
        #expect(listed.split(separator: "\n").count == 1)
    }

    @Test func `what is shown of a file is what check says of it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill()
        _ = try audit("run", "data", "--db", "a.sqlite", "-q")
        let shown = try audit("show", "--db", "a.sqlite", "data/run1/bad.cif").output
        let checked = try BuiltProgram.run(
            ["check", "--frames", "none", "data/run1/bad.cif"], in: folder, input: "",
            environment: [:]
        ).output
        #expect(!shown.isEmpty)
        #expect(shown == checked)
    }

    @Test func `one worker and two, and shards that are merged, say the same`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill(12)
        for workers in ["1", "2"] { _ = try audit("run", "data", "--db", "w\(workers).sqlite", "-j", workers, "-q") }
        let whole = try export("w1.sqlite")
        #expect(try export("w2.sqlite") == whole)
        for shard in 1...3 { _ = try audit("run", "data", "--db", "s\(shard).sqlite", "--shard", "\(shard)/3", "-q") }
        let lacking = try audit("merge", "--db", "m.sqlite", "s1.sqlite", "s3.sqlite")
        #expect(lacking.code == 3)
        #expect(lacking.complaints.contains("shard 2/3"))
        #expect(lacking.complaints.contains("audit run data --shard 2/3"))
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("m.sqlite").path))
        #expect(try audit("merge", "--db", "m.sqlite", "s1.sqlite", "s2.sqlite", "s3.sqlite").code != 2)
        #expect(try export("m.sqlite") == whole)
    }

    @Test func `only what changed is read again, and the difference names it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill()
        _ = try audit("run", "data", "--db", "a.sqlite", "-q")
        let old = folder.appendingPathComponent("old.sqlite")
        try FileManager.default.copyItem(at: folder.appendingPathComponent("a.sqlite"), to: old)
        #expect(try audit("plan", "data", "--db", "a.sqlite").output.contains("to check     0 files"))
        try write("data/run1/bad.cif", Self.good)
        try write("data/run0/new.cif", Self.good)
        try FileManager.default.removeItem(at: folder.appendingPathComponent("data/run0/scan0.cif"))
        #expect(try audit("plan", "data", "--db", "a.sqlite").output.contains("to check     2 files"))
        _ = try audit("resume", "--db", "a.sqlite", "-q")
        let difference = try audit("diff", "old.sqlite", "a.sqlite")
        #expect(difference.code == 1)
        let words = difference.output.split(separator: "\n").map { $0.prefix { $0 != "," && $0 != "(" } }
        #expect(
            words.map { $0.trimmingCharacters(in: .whitespaces) } == [
                "added: data/run0/new.cif", "gone: data/run0/scan0.cif", "mended: data/run1/bad.cif",
            ])
        #expect(try audit("diff", "a.sqlite", "a.sqlite").code == 0)
    }

    @Test(
        "wrong use is told, and nothing is checked",
        arguments: [
            (["run", "data"], "name a file with --db"), (["run", "nowhere", "--db", "a.sqlite"], "is no folder"),
            (["resume", "--db", "a.sqlite"], "no store"), (["run", "data", "--db", "data/a.sqlite"], "would lie in"),
            (["run", "data", "--db", "a.sqlite", "--shard", "4/3"], "such as 3/8"),
            (["run", "data", "--db", "a.sqlite", "--tier", "all"], "metadata, frames or fixity"),
        ])
    func wrongUse(_ words: [String], _ said: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill(1)
        let result = try BuiltProgram.run(["audit"] + words, in: folder, input: "", environment: [:])
        #expect(result.code == 2)
        #expect(result.complaints.contains(said), "\(result.complaints)")
    }

    @Test func `what is elsewhere is counted and not fetched`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(
            "data/lfs.h5",
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
                + "\nsize 12345\n")
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("data/annex.h5").path,
            withDestinationPath: "../.git/annex/objects/aa/bb/SHA256E-s777--abcdef.h5/SHA256E-s777--abcdef.h5")
        try write("data/good.cif", Self.good)
        let plan = try audit(
            "plan", "data", "--db", "a.sqlite", "--missing-content", "metadata", "--recall-list", "names.txt")
        #expect(plan.output.contains("1 files, 12.3 kB, in Git LFS"), "\(plan.output)")
        #expect(plan.output.contains("1 files, 777 bytes, in git-annex"), "\(plan.output)")
        let names = try String(contentsOf: folder.appendingPathComponent("names.txt"), encoding: .utf8)
        #expect(names == "data/annex.h5\ndata/lfs.h5\n")
        #expect(try audit("run", "data", "--db", "a.sqlite", "--missing-content", "metadata", "-q").code == 0)
        #expect(try audit("run", "data", "--db", "b.sqlite", "-q").code == 3)
        let listed = try audit("list", "--db", "b.sqlite", "--status", "indeterminate").output
        #expect(listed.contains("key SHA256E-s777--abcdef.h5, 777 bytes"), "\(listed)")
    }
}

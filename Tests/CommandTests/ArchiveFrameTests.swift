// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Foundation
import TestSupport
import Testing
import Transport

/// Frames of files that a description names, through the program. Oracle: the same frames as plain files, and what each
/// recipe of the corpora declares.
@Suite final class ArchiveFrameTests {
    private let folder: URL

    init() throws { folder = try Folder.temporary() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let location = "https://zenodo.org/records/1000000/files/run.zip"

    /// A description of an archive on a server.
    private func describe() throws {
        let base = Folder.checkout.appendingPathComponent("corpora/golden/archive.cif")
        let text = try String(contentsOf: base, encoding: .utf8).replacing("run.zip", with: Self.location)
        try Data(text.utf8).write(to: folder.appendingPathComponent("d.cif"))
    }

    private var members: [MadeArchive.Member] {
        (1...4).map { MadeArchive.Member("run/img_000\($0).cbf", MadeImage.cbf(fast: 400, slow: 300, seed: $0)) }
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    private func report(_ words: [String]) throws -> String {
        let result = try BuiltProgram.run(
            ["check", "d.cif", "--all", "--frames", "all", "--no-digest"] + words, in: folder, input: "",
            environment: [:])
        #expect(result.complaints.isEmpty, "\(result.complaints)")
        return result.output
    }

    @Test("an archive, the folder it was made of and a search below it say the same, here and in a worker")
    func alike() throws {
        try describe()
        for member in members { try write(member.bytes, "plain/" + member.name) }
        try write(MadeArchive.zip(members), "made.zip")
        try write(MadeArchive.gzip(MadeArchive.tar(members)), "made.tgz")
        let plain = try report(["--sub", Self.location + "=plain"])
        #expect(plain.contains("4 of 4 frames of scan 's1' read"))
        for words in [
            ["--sub", Self.location + "=made.zip"], ["--local", "plain"],
            ["--sub", "https://zenodo.org/records/1000000/files/=kept"],
        ] {
            if words[1].hasSuffix("kept") { try write(MadeArchive.zip(members.reversed()), "kept/run.zip") }
            for isolation in [[], ["--isolate"]] { #expect(try report(words + isolation) == plain, "\(words)") }
        }
        for isolation in [[], ["--isolate"]] {
            let stream = try report(["--sub", Self.location + "=made.tgz"] + isolation)
            #expect(stream.contains("4 of 4 frames of scan 's1' read"))
            #expect(stream.contains("is declared ZIP; its first bytes are those of TGZ"))
        }
    }

    @Test("without an option nothing is opened, and the list of what was not checked says so")
    func passedOver() throws {
        try describe()
        try write(MadeArchive.zip(members), "run.zip")
        let text = try report([]).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(!text.contains("frames of scan 's1' read"))
        #expect(text.contains("this run does not open them"))
    }

    @Test("where nothing is found the run ends with 3, and with 2 for what is no place at all")
    func nowhere() throws {
        try describe()
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
        for (words, code) in [
            (["--local", "empty"], 3), (["--local", "absent"], 2), (["--sub", Self.location + "=absent.zip"], 2),
            (["--sub", "nothing"], 2),
        ] {
            let result = try BuiltProgram.run(
                ["check", "d.cif", "-q"] + words, in: folder, input: "", environment: [:])
            #expect(result.code == Int32(code), "\(words) \(result.complaints)")
        }
    }

    @Test(
        "a path that stands for no location is told and ends with 3; a folder stands for its beginning without a slash")
    func unmet() throws {
        try describe()
        for member in members { try write(member.bytes, "kept/run.zip/" + member.name) }
        for isolation in [[], ["--isolate"]] {
            func run(_ words: String...) throws -> BuiltProgram.Result {
                try BuiltProgram.run(
                    ["check", "d.cif", "--all", "--frames", "all"] + words + isolation, in: folder, input: "",
                    environment: [:])
            }
            let whole = try run("--sub", "https://zenodo.org/records/1000000/files=kept")
            #expect(whole.complaints.isEmpty, "\(whole.complaints)")
            #expect(whole.output.contains("4 of 4 frames of scan 's1' read"), "\(whole.output)")
            for wrong in ["https://zenodo.org/records/100000/files/", "https://zenodo.org/records/1000000/file"] {
                let result = try run("--sub", wrong + "=kept")
                #expect(result.code == 3, "\(wrong)")
                #expect(
                    result.complaints.contains(
                        "--sub '\(wrong)=kept' fits no location of the files that were read, which name "
                            + "'\(Self.location)'"), "\(result.complaints)")
            }
            let beside = try run("--sub", Self.location + "=kept/run.zip", "--sub", "https://other.org/=kept")
            #expect(beside.code == 3)
            #expect(beside.output.contains("4 of 4 frames of scan 's1' read"))
        }
    }

    @Test("URL=PATH is taken apart at the first sign behind which something is there")
    func substitutes() {
        func parts(_ words: String, _ there: String...) -> [String]? {
            Substitutes.Substitute(words) { there.contains($0.text) }.map { [$0.location, $0.path.text] }
        }
        #expect(parts("https://a.org/x.zip=y.zip", "y.zip") == ["https://a.org/x.zip", "y.zip"])
        #expect(parts("https://a.org/?n=1=y.zip", "y.zip") == ["https://a.org/?n=1", "y.zip"])
        #expect(parts("https://a.org/x=a=b.zip", "a=b.zip") == ["https://a.org/x", "a=b.zip"])
        #expect(parts("https://a.org/?n=1=absent") == ["https://a.org/?n=1", "absent"])
        for words in ["", "a", "=a", "a="] { #expect(parts(words) == nil) }
    }

    @Test("a worker says of the archives of the corpora what the program says itself")
    func corpora() throws {
        let corpora = Corpora(in: Folder.checkout.appendingPathComponent("corpora").path)
        let wanted = ["DATA-008/fail-beside", "DATA-010/pass-in-zip", "DATA-012/fail-bit", "DATA-013/fail-link-member"]
        let built = try corpora.build(into: folder.path) { recipe in wanted.contains { recipe.hasPrefix($0 + ".cif") } }
        #expect(built.count == wanted.count)
        for one in built {
            let here = try BuiltProgram.run(["check", one.file, "--all"], in: folder, input: "", environment: [:])
            let worker = try BuiltProgram.run(
                ["check", one.file, "--all", "--isolate"], in: folder, input: "", environment: [:])
            #expect(here.output == worker.output && here.code == worker.code, "\(one.recipe)")
        }
    }
}

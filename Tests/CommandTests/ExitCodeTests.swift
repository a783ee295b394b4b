// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CommandLine
import Foundation
import TestSupport
import Testing

/// Oracle: the table of exit codes in docs/guide/reports.md.
@Suite struct ExitCodeTests {
    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try SmallFiles.write(to: folder)
    }

    @Test(
        arguments: [
            (["check", "good.cif"], 0), (["check", "circle.cif"], 1), (["check", "--exit-zero", "circle.cif"], 0),
            (["check", "--fail-at", "C", "good.cif"], 1), (["check", "missing.cif"], 3), (["check", "notes.txt"], 3),
            (["check", "circle.cif", "missing.cif"], 3), (["check", "--exit-zero", "missing.cif"], 3),
            (["check", "--nonsense", "good.cif"], 2), (["check", "--profile", "defualt", "good.cif"], 2),
            (["check", "."], 2),
            (["check"], 2), ([], 2), (["chekc"], 2), (["rules"], 2), (["rules", "explain", "AXIS-999"], 2),
            (["check", "--answers", "missing.json5", "good.cif"], 2), (["check", "@missing"], 2),
            (["--version"], 0), (["--help"], 0), (["check", "--help"], 0), (["help", "rules"], 0), (["doctor"], 0),
            (["rules", "list"], 0), (["completions", "bash"], 0), (["completions", "csh"], 2), (["man"], 0),
            (["inspect", "good.cif"], 0), (["inspect", "missing.cif"], 3),
        ] as [([String], Int32)])
    func `each way to end has its code`(arguments: [String], code: Int32) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(arguments, in: folder, input: "", environment: [:])
        #expect(result.code == code, "\(result.output)\(result.complaints)")
        if code == 2 {
            #expect(result.output == "")
            #expect(result.complaints.hasPrefix("imprimatur: "))
        }
    }

    @Test(arguments: [
        (["chekc", "x"], "did you mean 'check'?"), (["check", "--formt", "x"], "did you mean '--format'?"),
        (["check", "-f", "jsno", "x"], "did you mean 'json'?"),
        (["check", "--profile", "defualt", "x"], "did you mean 'default'?"),
        (["rules", "explain", "AXIS-02"], "did you mean 'AXIS-002'?"),
        (["rules", "lits"], "did you mean 'rules list'?"),
        (["check", "."], "give -r"), (["check", "-o"], "'-o' lacks its value, FILE"),
        (["check", "--all=yes", "x"], "takes no value"),
        (["check", "--fail-at", "D", "x"], "'D' is no value of '--fail-at', which takes A, B, C or G"),
        (["describe", "--wavelength", "-1", "x"], "'-1' is no value of '--wavelength', which takes a number above 0"),
        (["describe", "--temperature=hot", "x"], "which takes a number above 0"),
        (["describe", "--gonio-axis", "0,1", "x"], "which takes three numbers, such as 0,1,0"),
        (["describe", "--archive", "zpi", "x"], "did you mean 'zip'?"),
        (["definitions", "import", "--date", "2026-13-01", "x"], "which takes a day, such as 2026-01-31"),
    ])
    func `a slip is named, with what was meant`(arguments: [String], words: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(arguments, in: folder, input: "", environment: [:])
        #expect(result.code == 2)
        #expect(result.complaints.contains(words))
    }

    /// An option that is in none of the rows of its verb ends the program with these words.
    @Test(arguments: VerbTable.entries.map(\.name))
    func `a verb asks for options of its own rows alone`(name: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let verb = try #require(VerbTable.verbs.first { $0.name == name })
        let operands = [String](repeating: "good.cif", count: max(1, verb.operand?.minimum ?? 0))
        let words = verb.words + (verb.operand == nil ? [] : operands)
        let result = try BuiltProgram.run(words, in: folder, input: "", environment: [:])
        #expect(!result.complaints.contains("has no option"), "\(result.complaints)")
        #expect((0...3).contains(result.code), "\(result.complaints)")
    }

    @Test func `an import of broken definitions alone says so and writes nothing`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("<definition name=\"NXx\" category=\"app".utf8).write(
            to: folder.appendingPathComponent("NXx.nxdl.xml"))
        let result = try BuiltProgram.run("definitions", "import", ".", "-o", "facts.tsv", in: folder)
        #expect(result.code == 2)
        #expect(result.complaints.contains("NXx.nxdl.xml:"))
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("facts.tsv").path))
    }

    @Test func `lists of names come from standard input, from files, and with bytes of zero`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let fromPipe = try BuiltProgram.run("check", "-", in: folder, input: "good.cif\ncircle.cif\n")
        #expect(fromPipe.output.contains("2 files: 1 pass, 1 fail"))
        try Data("good.cif\0circle.cif\0".utf8).write(to: folder.appendingPathComponent("list"))
        let fromList = try BuiltProgram.run("check", "--from0", "@list", in: folder)
        #expect(fromList.output == fromPipe.output)
        let fromFolder = try BuiltProgram.run("check", "-r", ".", in: folder)
        #expect(fromFolder.output.contains("circle.cif: FAIL"))
        #expect(!fromFolder.output.contains("notes.txt"))
    }
}

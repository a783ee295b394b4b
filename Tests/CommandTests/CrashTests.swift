// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Oracle: the process table. A link whose character set is 220 ends libhdf5 1.10.8 by a signal; the program lives on.
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

    @Test(arguments: [[], ["--isolate"]])
    func `a file that ends its reader is indeterminate and ends the run with 3`(options: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            ["check", "-f", "json"] + options + ["killer.nxs"], in: folder, input: "", environment: [:])
        #expect(result.code == 3)
        #expect(try status("killer.nxs", in: result.output) == "indeterminate")
        #expect(result.output.contains("FILE-011"))
        #expect(result.complaints.contains("the process that read it ended (signal 11"))
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

    @Test func `inspect lives on as well`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run("inspect", "killer.nxs", in: folder)
        #expect(result.code == 3)
        #expect(result.complaints.contains("the process that read it ended (signal 11"))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Folders as beamlines keep them. Oracle: what was put into each folder.
@Suite struct FolderTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    /// A complete NXmx file whose frames lie in two files of their own.
    private static let master = """
        base: '\(Folder.checkout.path)/corpora/golden/nxmx.nxs.json', changes: [
            {remove: '/entry/data/data'}, {remove: '/entry/instrument/detector/data'},
            {remove: '/entry/data@signal'}, {remove: '/entry/data@axes'}, {remove: '/entry/data@omega_indices'},
            {remove: '/entry/data/omega'},
            {set: '/entry/data/data_000001', to: {'$external': 'x_data_000001.h5', '$path': '/entry/data/data'}},
            {set: '/entry/data/data_000002', to: {'$external': 'x_data_000002.h5', '$path': '/entry/data/data'}}]
        """

    private static func block(_ frames: Int, from first: Int) -> String {
        """
        tree: {entry: {'@NX_class': 'NXentry', data: {'@NX_class': 'NXdata', data: {
            '$counts': 1, '$type': 'int32', '$shape': [\(frames), 20, 30], '$chunk': [1, 20, 30],
            '@image_nr_low': \(first), '@image_nr_high': \(first + frames - 1)}}}}
        """
    }

    private func make(_ name: String, _ body: String) throws {
        let recipe = folder.appendingPathComponent("recipe.json")
        try Data("{shows: 'a file of a folder', expect: [], \(body)}".utf8).write(to: recipe)
        try Recipe(reading: recipe.path).build(at: folder.appendingPathComponent(name).path)
        try FileManager.default.removeItem(at: recipe)
    }

    private func makeSeries(missing: Set<Int> = []) throws {
        try make("x_master.h5", Self.master)
        if !missing.contains(1) { try make("x_data_000001.h5", Self.block(3, from: 1)) }
        if !missing.contains(2) { try make("x_data_000002.h5", Self.block(2, from: 4)) }
    }

    private func report(_ arguments: String...) throws -> (report: JSONValue, code: Int32) {
        let result = try BuiltProgram.run(["check", "-f", "json"] + arguments, in: folder, input: "", environment: [:])
        return (try JSONReader.read(Array(result.output.utf8)), result.code)
    }

    private func rules(_ file: JSONValue?) -> [String] {
        file?["findings"]?.elements?.compactMap { $0["rule"]?.string } ?? []
    }

    @Test func `a master with its data files passes, and the data files are checked through it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries()
        let (report, code) = try report("-r", ".")
        #expect(code == 0)
        #expect(report["files"]?.elements?.compactMap { $0["path"]?.string } == ["./x_master.h5"])
        #expect(report["passedOver"]?["checked through a master"]?.integer == 2)
    }

    @Test func `a data file that is named is skipped, with its master`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries()
        let (alone, code) = try report("x_data_000001.h5")
        #expect(code == 3)
        let file = alone["files"]?.elements?.first
        #expect(file?["status"]?.string == "skipped")
        #expect(rules(file) == ["FILE-016"])
        let words = file?["findings"]?.elements?.first?["message"]?.string
        #expect(words == "file is a data file of 'x_master.h5'")
        let (both, codeOfBoth) = try report("x_data_000001.h5", "x_master.h5")
        #expect(codeOfBoth == 0)
        #expect(both["summary"]?["skipped"]?.integer == 1 && both["summary"]?["pass"]?.integer == 1)
    }

    @Test func `a series of missing data files is one finding, and a file of another spelling is offered`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries(missing: [1, 2])
        let (report, code) = try report("x_master.h5")
        #expect(code == 1)
        let findings = report["files"]?.elements?.first?["findings"]?.elements ?? []
        #expect(findings.filter { $0["level"]?.string == "A" }.compactMap { $0["rule"]?.string } == ["FILE-004"])
        try make("X_Data_000001.H5", Self.block(3, from: 1))
        try make("x_data_000002.h5", Self.block(2, from: 4))
        let words = try self.report("x_master.h5").report["files"]?.elements?.first?["findings"]?.elements?.first
        #expect(words?["message"]?.string?.contains("'X_Data_000001.H5' is there") == true)
    }

    @Test func `a damaged data file is told, although it stands in a folder`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries(missing: [2])
        try make("x_data_000002.h5", Self.block(2, from: 4) + ", changes: [{truncate: -64}]")
        let (report, code) = try report("-r", ".")
        #expect(code != 0)
        #expect(report["files"]?.elements?.contains { rules($0).contains("FILE-002") } == true)
    }

    @Test func `strangers are passed over and counted, a description that lost its entry is not`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries()
        try make("table.h5", "tree: {x: {'$range': {start: 0, step: 1, count: 5}}}")
        try Data("data_x\n_cell.length_a 10\n".utf8).write(to: folder.appendingPathComponent("structure.cif"))
        let (passed, code) = try report("-r", ".")
        #expect(code == 0)
        #expect(passed["passedOver"]?["HDF5 without NXentry"]?.integer == 1)
        #expect(passed["passedOver"]?["CIF without images"]?.integer == 1)
        try make(
            "lost.nxs",
            "base: '\(Folder.checkout.path)/corpora/golden/nxmx.nxs.json', changes: [{remove: '/entry@NX_class'}]")
        let (failed, codeOfLost) = try report("-r", ".")
        #expect(codeOfLost == 1)
        #expect(failed["files"]?.elements?.contains { rules($0).contains("NX-001") } == true)
        #expect(try report("table.h5").code == 1)
    }

    @Test func `descriptions that lead to the same frames are told once, at the last`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeSeries()
        for name in ["run_1.nxs", "run_2.nxs"] { try make(name, Self.master) }
        let (report, _) = try report("-r", ".")
        let told = report["files"]?.elements?.filter { rules($0).contains("DATA-029") } ?? []
        #expect(told.count == 1)
        let words = told.first?["findings"]?.elements?.first { $0["rule"]?.string == "DATA-029" }?["message"]?.string
        #expect(
            words
                == "3 descriptions lead to the frames of 'x_data_000001.h5' and 1 more (run_1.nxs, run_2.nxs, x_master.h5)"
        )
    }

    @Test func `two files that link to each other are not both left out`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (own, other) in [("a.h5", "b.h5"), ("b.h5", "a.h5")] {
            try make(
                own,
                "tree: {entry: {'@NX_class': 'NXentry', other: {'$external': '\(other)', '$path': '/entry/own'}, own: 1}}"
            )
        }
        let (report, _) = try report("-r", ".")
        #expect(report["files"]?.elements?.count == 1)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Folders in the layouts of detector writers and facilities. Oracle: what was put into each folder, which is sound.
@Suite struct FacilityFolderTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    private static let golden = "base: '\(Folder.checkout.path)/corpora/golden/nxmx.nxs.json'"
    /// What stands in for the frames of the base: nothing, until links are put there.
    private static let withoutFrames = """
        {remove: '/entry/data/data'}, {remove: '/entry/instrument/detector/data'}
        """

    private func make(_ name: String, _ body: String) throws {
        let path = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        let recipe = folder.appendingPathComponent("recipe.json")
        try Data("{shows: 'a file of a folder', expect: [], \(body)}".utf8).write(to: recipe)
        try Recipe(reading: recipe.path).build(at: path.path)
        try FileManager.default.removeItem(at: recipe)
    }

    private static func counts(_ frames: Int, _ seed: Int, attributes: String = "") -> String {
        "{'$counts': \(seed), '$type': 'int32', '$shape': [\(frames), 20, 30], '$chunk': [1, 20, 30]\(attributes)}"
    }

    private struct Answer {
        let code: Int32
        let checked: [String]
        let passedOver: JSONValue?
        /// Rule and message of what is told at A or B.
        let alarms: [String]
        /// Rules of all findings.
        let rules: Set<String>
    }

    private func answer(_ arguments: String...) throws -> Answer {
        let result = try BuiltProgram.run(["check", "-f", "json"] + arguments, in: folder, input: "", environment: [:])
        let report = try JSONReader.read(Array(result.output.utf8))
        let files = report["files"]?.elements ?? []
        let findings = files.flatMap { $0["findings"]?.elements ?? [] }
        return Answer(
            code: result.code, checked: files.compactMap { $0["path"]?.string }.sorted(),
            passedOver: report["passedOver"],
            alarms: findings.filter { ["A", "B"].contains($0["level"]?.string) }.map {
                "\($0["rule"]?.string ?? "") \($0["message"]?.string ?? "")"
            },
            rules: Set(findings.compactMap { $0["rule"]?.string }))
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    // MARK: DECTRIS

    /// A master of the file writer with blocks of three and two frames.
    private func makeDectris(_ name: String, fast: Int = 30) throws {
        try make(
            "\(name)_master.h5",
            """
            \(Self.golden), changes: [\(Self.withoutFrames),
                {remove: '/entry/data@axes'}, {remove: '/entry/data@omega_indices'}, {remove: '/entry/data/omega'},
                {set: '/entry/data@signal', to: 'data_000001'},
                {set: '/entry/data/data_000001',
                    to: {'$external': '\(name)_data_000001.h5', '$path': '/entry/data/data'}},
                {set: '/entry/data/data_000002',
                    to: {'$external': '\(name)_data_000002.h5', '$path': '/entry/data/data'}},
                {set: '/entry/instrument/detector/bit_depth_readout', to: 16},
                {set: '/entry/instrument/detector/bit_depth_image', to: 32},
                {set: '/entry/instrument/detector/detectorSpecific', to: {'@NX_class': 'NXcollection',
                    eiger_fw_version: '1.8.0', nimages: 5, ntrigger: 1,
                    x_pixels_in_detector: \(fast), y_pixels_in_detector: 20}}]
            """)
        for (number, frames, first) in [(1, 3, 1), (2, 2, 4)] {
            let numbers = ", '@image_nr_low': \(first), '@image_nr_high': \(first + frames - 1)"
            try make(
                "\(name)_data_00000\(number).h5",
                """
                tree: {entry: {'@NX_class': 'NXentry', data: {'@NX_class': 'NXdata',
                    data: \(Self.counts(frames, Int(name.utf8.last ?? 0) * 4 + number, attributes: numbers))}}}
                """)
        }
    }

    @Test func `a folder of three runs of a DECTRIS writer passes, each data file through its master`() throws {
        defer { remove() }
        for name in ["series_1", "series_2", "series_3"] { try makeDectris(name) }
        try Data("notes".utf8).write(to: folder.appendingPathComponent("readme.txt"))
        let answer = try answer("-r", ".")
        #expect(answer.code == 0)
        #expect(answer.checked == (1...3).map { "./series_\($0)_master.h5" })
        #expect(answer.passedOver?["checked through a master"]?.integer == 6)
        #expect(answer.alarms == [])
        #expect(!answer.rules.contains("DATA-029"))
        // A data file that is named is not failed for what its master has.
        #expect(try self.answer("series_2_data_000001.h5").rules == ["FILE-016"])
    }

    @Test func `frames larger than the detector of a DECTRIS master are told`() throws {
        defer { remove() }
        try makeDectris("series_4", fast: 29)
        let answer = try answer("-r", ".")
        #expect(answer.code == 0)
        #expect(answer.rules.contains("PIXEL-010"))
    }

    // MARK: Diamond

    @Test func `a folder of Diamond passes: entry file, stack, data files and meta file`() throws {
        defer { remove() }
        let (name, shape) = ("ins_1", "'$type': 'int32', '$shape': [5, 20, 30]")
        try make("\(name)_000001.h5", "tree: {data: \(Self.counts(3, 5))}")
        try make("\(name)_000002.h5", "tree: {data: \(Self.counts(2, 6))}")
        try make(
            "\(name)_vds.h5",
            """
            tree: {data: {'$virtual': [{file: '\(name)_000001.h5', dataset: '/data', frames: 3},
                {file: '\(name)_000002.h5', dataset: '/data', frames: 2}], \(shape)}}
            """)
        try make(
            "\(name)_meta.h5",
            """
            tree: {mask: {'$fill': 0, '$type': 'uint32', '$shape': [20, 30]},
                flatfield: {'$fill': 1, '$type': 'float32', '$shape': [20, 30]}, '_dectris': {nimages: 5, ntrigger: 1}}
            """)
        func link(_ to: String, _ file: String, _ path: String) -> String {
            "{set: '\(to)', to: {'$external': '\(name)_\(file).h5', '$path': '\(path)'}}"
        }
        let detector = "/entry/instrument/detector"
        try make(
            "\(name).nxs",
            """
            \(Self.golden), changes: [\(Self.withoutFrames),
                \(link("/entry/data/data", "vds", "/data")), \(link("/entry/data/data_000001", "000001", "/data")),
                \(link("/entry/data/data_000002", "000002", "/data")),
                \(link(detector + "/pixel_mask", "meta", "/mask")),
                \(link(detector + "/flatfield", "meta", "/flatfield")),
                {set: '\(detector)/detectorSpecific', to: {'@NX_class': 'NXcollection'}},
                \(link(detector + "/detectorSpecific/nimages", "meta", "/_dectris/nimages"))]
            """)
        let answer = try answer("-r", ".")
        #expect(answer.code == 0)
        #expect(answer.checked == ["./\(name).nxs"])
        #expect(answer.alarms == [])
        let through = answer.passedOver?["checked through a master"]?.integer ?? 0
        #expect(through + (answer.passedOver?["HDF5 without NXentry"]?.integer ?? 0) == 4)
        #expect(try self.answer("\(name)_meta.h5").rules == ["FILE-016"])
    }

    // MARK: ESRF and SLS

    @Test func `a folder of the ESRF passes: a file of scans over the files of the detector`() throws {
        defer { remove() }
        let place = "RAW_DATA/ins/ins_0001"
        for number in 0...1 {
            try make(
                "\(place)/scan0001/eiger_000\(number).h5",
                """
                tree: {'@NX_class': 'NXroot', '@creator': 'LIMA-1.9.7', '@default': '/entry_0000/eiger/plot',
                    entry_0000: {'@NX_class': 'NXentry', title: 'Lima 2D detector acquisition',
                        start_time: '2026-01-01T00:00:00.000000+01:00', instrument: {'@NX_class': 'NXinstrument',
                            eiger: {'@NX_class': 'NXdetector', data: \(Self.counts(2, 8 + number))}}}}
                """)
        }
        try make(
            "\(place)/ins_0001.h5",
            """
            tree: {'@NX_class': 'NXroot', '@creator': 'Bliss',
                '1.1': {'@NX_class': 'NXentry', title: 'fscan', start_time: '2026-01-01T00:00:00.000000+01:00',
                    end_time: '2026-01-01T00:00:10.000000+01:00', instrument: {'@NX_class': 'NXinstrument',
                        eiger: {'@NX_class': 'NXdetector', data: {'$virtual': [
                            {file: 'scan0001/eiger_0000.h5', dataset: '/entry_0000/instrument/eiger/data', frames: 2},
                            {file: 'scan0001/eiger_0001.h5', dataset: '/entry_0000/instrument/eiger/data', frames: 2}],
                            '$type': 'int32', '$shape': [4, 20, 30]}}},
                    measurement: {'@NX_class': 'NXcollection', eiger: {'$soft': '/1.1/instrument/eiger/data'}}}}
            """)
        let answer = try answer("-r", ".")
        #expect(answer.code == 0)
        #expect(answer.alarms == [])
        #expect(answer.checked.contains("./\(place)/ins_0001.h5"))
    }

    @Test func `a folder of the SLS passes: master, data files and what processing left`() throws {
        defer { remove() }
        try makeDectris("lyso_5")
        try make("lyso_5_process.h5", "tree: {peaks: {'$range': {start: 0, step: 1, count: 4}}}")
        let answer = try answer("-r", ".")
        #expect(answer.code == 0)
        #expect(answer.checked == ["./lyso_5_master.h5"])
        #expect(answer.passedOver?["HDF5 without NXentry"]?.integer == 1)
        #expect(answer.alarms == [])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Findings
import Foundation
import RuleCatalog
import TestSupport
import Testing

/// Oracle: what the sources of neggia, durin, nxmx and dxtbx ask for, on the golden file with one change each.
@Suite struct ReaderNotesTests {
    private func inspection(_ recipe: String) throws -> Inspection {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        let source = folder.appendingPathComponent("file.nxs.json").path
        try recipe.replacingOccurrences(of: "GOLDEN", with: golden).write(
            toFile: source, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent("file.nxs").path
        try Recipe(reading: source).build(at: file)
        return Inspection(file, settings: ReadingSettings())
    }

    private func notes(_ changes: String, format: String = "") throws -> [String] {
        let notes = try inspection("{base: 'GOLDEN', \(format) changes: [\(changes)]}").notes
        return (notes?.readers ?? []).map { "\($0.term) \($0.words)" }
    }

    private static let specific = """
        {set: '/entry/instrument/detector/detectorSpecific', to: {'@NX_class': 'NXcollection', nimages: 5, ntrigger: 1,
          x_pixels_in_detector: 30, y_pixels_in_detector: 20,
          pixel_mask: {$fill: 0, $type: 'uint32', $shape: [20, 30]}}},
        """

    @Test func `a file that readers can take has no notes but on its texts`() throws {
        let told = try notes(Self.specific)
        #expect(told == ["durin does not read NX_class in UTF-8; ASCII of fixed length is read by all"])
    }

    @Test(
        "what a reader stops at, or takes instead, is told",
        arguments: [
            ("{remove: '/entry/instrument/detector/detectorSpecific/nimages'}", "neggia stops without"),
            ("{remove: '/entry/instrument/detector/detectorSpecific/pixel_mask'}", "neggia stops without"),
            (
                "{remove: '/entry/instrument/detector/detectorSpecific/ntrigger'}",
                "neggia counts nimages times ntrigger"
            ),
            (
                "{remove: '/entry/instrument/detector/detectorSpecific/x_pixels_in_detector'}",
                "autoPROC takes the size of the image from"
            ),
            ("{remove: '/entry/source'}", "nxmx looks for an NXsource in /entry and finds none"),
            (
                "{remove: '/entry/instrument/detector/sensor_thickness'}",
                "nxmx stops without /entry/instrument/detector/sensor_thickness"
            ),
            (
                "{convert: '/entry/instrument/detector/x_pixel_size', type: 'int32'}",
                "durin wants floating point in /entry/instrument/detector/x_pixel_size"
            ),
            (
                "{convert: '/entry/instrument/detector/x_pixel_size', type: 'int32'}",
                "neggia wants floating point in /entry/instrument/detector/x_pixel_size"
            ),
            (
                "{remove: '/entry/instrument/detector/data'}, {rename: '/entry/data', to: '/entry/frames'}",
                "neggia looks for frames in"
            ),
            (
                "{remove: '/entry/instrument/detector/frame_time'}",
                "dxtbx sets the times of all frames to 0 without /entry/instrument/detector/frame_time"
            ),
            (
                """
                {remove: '/entry/instrument/detector/module/module_offset'},
                {set: '/entry/instrument/detector/module/fast_pixel_direction@depends_on', to: '.'}
                """, "dxtbx puts /entry/instrument/detector/module at the sample"
            ),
            ("{set: '/entry/definition', to: ['NXmx']}", "dxtbx may pass over /entry, whose definition is an array"),
            ("{remove: '/entry/data@signal'}", "dxtbx takes 'data' of /entry/data"),
            (
                "{set: '/entry/instrument/detector/saturation_value', to: [1, 2]}",
                "dxtbx wants one number in /entry/instrument/detector/saturation_value"
            ),
            (
                "{set: '/entry/more', to: {'@NX_class': 'NXdata', '@signal': 'x', x: [1]}}",
                "durin takes the last of 2 groups of class NXdata, /entry/more"
            ),
            (
                """
                {set: '/entry/data/data_000001', to: {$fill: 1, $type: 'int32', $shape: [3, 20, 30], $chunk: [1, 20, 30]}},
                {set: '/entry/data/data_000002', to: {$fill: 1, $type: 'int32', $shape: [1, 20, 30], $chunk: [1, 20, 30]}},
                {set: '/entry/data/data_000003', to: {$fill: 1, $type: 'int32', $shape: [1, 20, 30], $chunk: [1, 20, 30]}}
                """, "neggia counts 3 frames in every block but the last; one has 1"
            ),
        ] as [(String, String)])
    func readers(change: String, expected: String) throws {
        #expect(try notes(Self.specific + change).contains { $0.hasPrefix(expected) })
    }

    @Test func `the format of the file is named, and a new one is a note`() throws {
        #expect(
            try notes(Self.specific, format: "format: 'latest',").contains {
                $0.hasPrefix("neggia looks for the groups")
            })
        let storage = try inspection("{base: 'GOLDEN', format: 'latest', changes: []}").notes?.storage ?? []
        #expect(storage.map(\.term) == ["format", "frames"])
        #expect(storage.first?.words == "superblock 3, for HDF5 1.10 and later")
        #expect(storage.last?.words == "/entry/data/data; 5 x 20 x 30; signed 32-bit integer; chunks 1 x 20 x 30")
    }
}

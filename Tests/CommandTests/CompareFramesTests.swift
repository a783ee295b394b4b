// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// The pixels of two descriptions. Oracle: what was put into each file.
@Suite struct CompareFramesTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    private func make(_ name: String, _ changes: String) throws {
        let recipe = folder.appendingPathComponent("recipe.json")
        let base = "\(Folder.checkout.path)/corpora/golden/nxmx.nxs.json"
        let body = "{shows: 'a file to compare', expect: [], base: '\(base)', changes: [\(changes)]}"
        try Data(body.utf8).write(to: recipe)
        try Recipe(reading: recipe.path).build(at: folder.appendingPathComponent(name).path)
    }

    private static func frames(_ type: String, count: Int = 5, more: String = "") -> String {
        """
        {set: '/entry/data/data', to: {$counts: 1, $type: '\(type)', $shape: [\(count), 20, 30], $chunk: [1, 20, 30],
            '@target': '/entry/data/data'\(more)}}
        """
    }

    private func compare(_ first: String, _ second: String, _ options: String...) throws -> (JSONValue?, Int32) {
        let result = try BuiltProgram.run(
            ["compare", "--json"] + options + [first, second], in: folder, input: "", environment: [:])
        let report = try JSONReader.read(Array(result.output.utf8))
        return (report["experiments"]?.elements?.first?["frames"], result.code)
    }

    private func differences(_ frames: JSONValue?) -> [String] {
        frames?["differences"]?.elements?.compactMap(\.string) ?? ["no frames"]
    }

    @Test func `the same counts in another type are the same pixels`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try make("a.nxs", Self.frames("int32"))
        try make("b.nxs", Self.frames("uint32"))
        let (frames, code) = try compare("a.nxs", "b.nxs")
        #expect(differences(frames) == [] && frames?["compared"]?.integer == 3)
        // The type itself is a fact that differs.
        #expect(code == 1)
    }

    @Test func `flags of another type are flags, and counts beside them are compared`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        func boxed(_ flag: String, _ count: Int) -> String {
            ", $boxes: [[[4, 5], [3, 6], [0, 30], \(flag)], [[2, 3], [9, 10], [9, 10], \(count)]]"
        }
        try make("a.nxs", Self.frames("int32", more: boxed("-1", 77)))
        try make("b.nxs", Self.frames("uint32", more: boxed("4294967295", 77)))
        try make("c.nxs", Self.frames("uint32", more: boxed("4294967295", 78)))
        try make("d.nxs", Self.frames("uint32", more: boxed("12", 77)))
        let (same, code) = try compare("a.nxs", "b.nxs", "--frames", "all")
        #expect(differences(same) == [] && code == 1)
        let (other, otherCode) = try compare("a.nxs", "c.nxs", "--frames", "all")
        #expect(differences(other) == ["frame 3: 1 pixel differs, first at (9, 9)"] && otherCode == 1)
        // A flag where the other has a count is no agreement.
        let (lost, lostCode) = try compare("a.nxs", "d.nxs", "--frames", "all")
        #expect(differences(lost) == ["frame 5: 90 pixels differ, first at (0, 3)"] && lostCode == 1)
    }

    @Test func `frames that are missing in one are told, and those of both compared`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try make("a.nxs", Self.frames("int32"))
        try make("b.nxs", Self.frames("int32", count: 4))
        let (frames, code) = try compare("a.nxs", "b.nxs", "--frames", "all")
        #expect(differences(frames).first == "the first announces 5 frames, the second 4 frames")
        #expect(frames?["compared"]?.integer == 4 && code == 1)
    }

    @Test func `a frame that cannot be read leaves the comparison open`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try make("a.nxs", Self.frames("int32"))
        try make("b.nxs", Self.frames("int32", more: ", $filters: [{id: 32001, parameters: [1, 2]}]"))
        let (frames, code) = try compare("a.nxs", "b.nxs")
        #expect(differences(frames) == [] && frames?["compared"]?.integer == 0 && code == 3)
        #expect(frames?["notCompared"]?.elements?.first?.string?.contains("32001") == true)
        let (none, noneCode) = try compare("a.nxs", "b.nxs", "--frames", "none")
        #expect(none == nil && noneCode == 0)
    }

    @Test func `masks that flag other pixels are told, and equal ones are not`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        func masked(_ flags: [Range<Int>], _ flag: Int) -> String {
            let values = (0..<600).map { pixel in flags.contains { $0.contains(pixel) } ? "\(flag)" : "0" }
            let list = values.joined(separator: ", ")
            return Self.frames("int32")
                + ", {set: '/entry/instrument/detector/pixel_mask', to: {$type: 'uint32', $shape: [20, 30], $value: [\(list)]}}"
        }
        try make("a.nxs", masked([90..<150], 1))
        try make("b.nxs", masked([90..<150], 2))
        try make("c.nxs", masked([120..<150, 212..<213], 1))
        let (same, code) = try compare("a.nxs", "b.nxs")
        #expect(differences(same) == [] && code == 0)
        let (other, otherCode) = try compare("a.nxs", "c.nxs")
        #expect(
            differences(other) == ["pixel mask: 30 pixels flagged in the first alone, 1 pixel in the second alone"])
        #expect(otherCode == 1)
    }
}

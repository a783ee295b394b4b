// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import HDF5
import TestSupport
import Testing

/// Oracle: the recipe itself, read back with the HDF5 module; the law that equal recipes give equal bytes.
@Suite final class RecipeTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Builds a recipe of changes to the golden file.
    private func build(_ text: String, as name: String = "made.nxs") throws -> String {
        let recipe = folder.appendingPathComponent("recipe.nxs.json").path
        let base = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        try text.replacing("GOLDEN", with: base).write(toFile: recipe, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent(name).path
        try Recipe(reading: recipe).build(at: file)
        return file
    }

    private func changed(_ changes: String) throws -> Snapshot {
        return try Snapshot.read(try build("{base: 'GOLDEN', changes: [\(changes)]}"))
    }

    private func dataset(_ path: String, _ snapshot: Snapshot) throws -> Dataset {
        try #require(try object(path, snapshot).dataset)
    }

    private func object(_ path: String, _ snapshot: Snapshot) throws -> Object {
        let id = try #require(snapshot.object(at: path))
        return snapshot[id]
    }

    @Test func `each kind of change does what it says`() throws {
        let snapshot = try changed(
            """
            {remove: '/entry/title'}, {remove: '/entry/sample/transformations/omega@units'},
            {set: '/entry/sample/name@local', to: 'x'}, {set: '/entry/notes', to: {'@NX_class': 'NXnote', text: ['a', 'b']}},
            {rename: '/entry/end_time', to: '/entry/finished'}, {rename: '/entry@default', to: '/entry@Default'},
            {convert: '/entry/instrument/detector/distance', type: 'float32>'},
            {convert: '/entry/definition', type: 'string[8] blanks'},
            {reshape: '/entry/instrument/detector/pixel_mask', shape: [10, 60]}
            """)
        #expect(snapshot.object(at: "/entry/title") == nil)
        let omega = try object("/entry/sample/transformations/omega", snapshot)
        #expect(omega.attribute("units") == nil)
        #expect(omega.attribute("vector")?.value == .reals([-1, 0, 0]))
        let name = try object("/entry/sample/name", snapshot)
        #expect(name.attribute("local")?.value.firstString == "x")
        #expect(try dataset("/entry/notes/text", snapshot).value.texts?.map(\.string) == ["a", "b"])
        #expect(snapshot.object(at: "/entry/end_time") == nil)
        #expect(try dataset("/entry/finished", snapshot).value.firstString == "2026-01-01T00:00:00.010Z")
        let entry = try object("/entry", snapshot)
        #expect(entry.attribute("default") == nil)
        #expect(entry.attribute("Default")?.value.firstString == "data")
        let distance = try dataset("/entry/instrument/detector/distance", snapshot)
        #expect(distance.type == .float(bytes: 4, bigEndian: true))
        #expect(distance.value.firstDouble == Double(Float(0.2)))
        let definition = try dataset("/entry/definition", snapshot)
        #expect(definition.type == .string(fixedBytes: 8, isUTF8: true, padding: .blankPadded))
        #expect(definition.value.firstString == "NXmx")
        #expect(try dataset("/entry/instrument/detector/pixel_mask", snapshot).shape == [10, 60])
    }

    @Test func `links of every kind are made`() throws {
        let snapshot = try changed(
            """
            {set: '/entry/hard', to: {$hard: '/entry/title'}}, {set: '/entry/soft', to: {$soft: '/nowhere'}},
            {set: '/entry/external', to: {$external: 'gone.h5', $path: '/data'}}
            """)
        let entry = try object("/entry", snapshot)
        #expect(entry.link("hard")?.target == .hard(try object("/entry/title", snapshot).id))
        #expect(entry.link("soft")?.target == .soft("/nowhere"))
        #expect(entry.link("external")?.target == .external(file: "gone.h5", path: "/data"))
    }

    @Test func `storage is as the recipe asks`() throws {
        let snapshot = try changed(
            """
            {set: '/a', to: {$counts: 3, $type: 'uint32', $shape: [3, 20, 30], $chunk: [2, 20, 30], $filters: ['bitshuffle-lz4']}},
            {set: '/b', to: {$fill: 7, $type: 'int16', $shape: [40], $chunk: [10], $filters: ['shuffle', 'deflate'], $maxShape: [null]}},
            {set: '/c', to: {$null: true, $type: 'float64'}}, {set: '/d', to: {$unwritten: true, $type: 'int32', $shape: [2]}},
            {set: '/e', to: {$virtual: [{file: 'x.h5', dataset: '/y', frames: 2}, {file: 'z.h5', dataset: '/y', frames: 1}],
             $type: 'uint16', $shape: [3, 4, 5]}}, {set: '/f', to: [true, false]}
            """)
        let a = try dataset("/a", snapshot)
        #expect(a.layout == .chunked(Chunking(shape: [2, 20, 30], allocated: 2, gaps: [])))
        #expect(a.filters.map(\.id) == [32008])
        let b = try dataset("/b", snapshot)
        #expect(b.filters.map(\.id) == [2, 1])
        #expect(b.value == .integers([Int64](repeating: 7, count: 40)))
        #expect(b.maxShape == [nil])
        #expect(try dataset("/c", snapshot).value == .null)
        #expect(try dataset("/d", snapshot).value == .notRead(.unwritten))
        guard case .virtual(let mappings) = try dataset("/e", snapshot).layout else {
            Issue.record("not virtual")
            return
        }
        #expect(mappings.map(\.file) == ["x.h5", "z.h5"])
        #expect(try dataset("/f", snapshot).type.isBoolean)
    }

    @Test func `bytes of the finished file can be changed`() throws {
        let open = try Snapshot.read(build("{base: 'GOLDEN', format: 'latest', changes: [{superblockFlags: 5}]}"))
        #expect(open.superblock.isOpenForWriting)
        #expect(open.superblock.isOpenForSWMR)
        let whole = try Data(contentsOf: URL(fileURLWithPath: build("{base: 'GOLDEN'}")))
        let cut = try Data(contentsOf: URL(fileURLWithPath: build("{base: 'GOLDEN', changes: [{truncate: -100}]}")))
        #expect(cut == whole.dropLast(100))
        let patched = try Data(
            contentsOf: URL(fileURLWithPath: build("{base: 'GOLDEN', changes: [{patch: 1, bytes: '58'}]}")))
        #expect(patched[1] == 0x58)
        #expect(patched.dropFirst(2) == whole.dropFirst(2))
        let block = try Snapshot.read(build("{base: 'GOLDEN', userBlock: 512}"))
        #expect(block.superblock.offset == 512)
    }

    @Test func `equal recipes give equal bytes`() throws {
        let one = try Data(contentsOf: URL(fileURLWithPath: build("{base: 'GOLDEN'}", as: "one.nxs")))
        let two = try Data(contentsOf: URL(fileURLWithPath: build("{base: 'GOLDEN'}", as: "two.nxs")))
        #expect(one == two)
    }

    @Test(arguments: [
        ("{}", "there is neither 'base' nor 'tree'"),
        ("{base: 'GOLDEN', changes: [{remove: '/entry/nothing'}]}", "there is nothing to remove"),
        ("{base: 'GOLDEN', changes: [{set: '/entry/nothing/x', to: 1}]}", "the group that would hold it is not there"),
        ("{base: 'GOLDEN', changes: [{add: '/x'}]}", "this is none of"),
        ("{tree: {a: [[1, 2], [3]]}}", "the lists are of unequal length"),
        ("{tree: {a: [1, 'x']}}", "the list mixes integer and text"),
        ("{tree: {a: {$value: 1, $type: 'int7'}}}", "'int7' is no type"),
        ("{base: 'recipe.nxs.json'}", "the bases go in a circle"),
        ("{tree: ", "line 1"),
    ]) func `a recipe that cannot be built says why`(recipe: String, why: String) throws {
        let fault = #expect(throws: RecipeFault.self) { try build(recipe) }
        #expect(fault?.what.contains(why) == true, "\(String(describing: fault))")
    }

    @Test func `every recipe of the corpora can be read and says what it shows`() throws {
        let folder = Folder.checkout.appendingPathComponent("corpora").path
        let corpora = Corpora(in: folder)
        let recipes = try corpora.recipes()
        #expect(recipes.contains("golden/nxmx.nxs.json") && recipes.contains { Corpora.isText($0) })
        for name in recipes {
            let path = folder + "/" + name
            let shows =
                try Corpora.isText(name) ? TextRecipe(reading: path).shows : Recipe(reading: path).shows
            #expect(!shows.isEmpty, "\(name)")
        }
    }
}

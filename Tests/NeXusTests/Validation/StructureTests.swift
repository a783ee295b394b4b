// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import HDF5
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

@testable import NeXus

/// Oracle: the law that a file is told of as if it were the only one, whatever was checked before it in the same run.
@Suite struct StructureTests {
    /// Files that share a structure and differ in values, and files that differ in structure by one item.
    private static let rules = [
        "NX-003", "NX-005", "NX-006", "NX-010", "NX-012", "NX-015", "NX-017", "NX-020", "NX-021", "NX-024", "NX-025",
        "NX-027", "NX-028", "SCAN-017",
    ]

    /// Everything that a check tells, and nothing else of it.
    private static func told(_ files: FileSet, _ library: DefinitionLibrary) throws -> [String] {
        let validation = try Validation(of: files, library: library)
        return validation.applied.map { "\($0)" }
            + validation.deviations.map { finding in
                let values = finding.values.map { "\($0.name)=\($0.value)" }
                return "\(finding.rule) \(finding.message) \(finding.places.map(\.text)) \(finding.count) \(values)"
            }
    }

    private static func built(in scratch: URL) throws -> [(name: String, files: FileSet)] {
        let corpora = Folder.checkout.appendingPathComponent("corpora")
        var recipes = [corpora.appendingPathComponent("golden/nxmx.nxs.json")]
        for rule in rules {
            let folder = corpora.appendingPathComponent(rule)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            recipes += names.filter { $0.hasSuffix(".nxs.json") }.sorted().map(folder.appendingPathComponent)
        }
        return try recipes.enumerated().map { index, recipe in
            let path = scratch.appendingPathComponent("\(index).nxs").path
            try Recipe(reading: recipe.path).build(at: path)
            return (recipe.path, try FileSet.read(path, policy: .nexus))
        }
    }

    @Test("what was checked before changes nothing, in either order") func orders() throws {
        let scratch = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let all = try Self.built(in: scratch)
        #expect(all.count > 2 * Self.rules.count)
        let alone = try all.map { try Self.told($0.files, DefinitionLibrary(folder: Judged.library.folder)) }
        #expect(Set(alone).count > Self.rules.count)
        for order in [Array(all.indices), all.indices.reversed(), Array(all.indices)] {
            let library = DefinitionLibrary(folder: Judged.library.folder)
            for index in order {
                #expect(try Self.told(all[index].files, library) == alone[index], "\(all[index].name)")
                // Once more, now that all of its own structure is known.
                #expect(try Self.told(all[index].files, library) == alone[index], "\(all[index].name), again")
            }
        }
    }

    @Test("a name that equals another one in other bytes is judged by its own") func names() throws {
        let scratch = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: scratch) }
        // The sign for kelvin equals the letter K as a string.
        let files = try ["K", "\u{212A}"].map { name in
            let path = scratch.appendingPathComponent("\(name.utf8.count).nxs").path
            let writer = try Writer(creating: path)
            try writer.group("/entry", nexusClass: "NXentry")
            try writer.dataset("/entry/" + name, .scalar(1.0))
            try writer.close()
            return try FileSet.read(path, policy: .nexus)
        }
        let library = DefinitionLibrary(folder: Judged.library.folder)
        for file in files + files.reversed() {
            #expect(
                try Self.told(file, library) == Self.told(file, DefinitionLibrary(folder: Judged.library.folder)))
        }
        #expect(try Self.told(files[0], library) != Self.told(files[1], library))
    }
}

/// Oracle: the bound that the memory of structures states.
@Suite struct StructureCacheTests {
    @Test("a full memory takes nothing more, and has room again before the next file") func bound() throws {
        let cache = StructureCache()
        cache.prepare()
        let first = try #require(cache.number(of: "first"))
        #expect(cache.number(of: "first") == first)
        var kept = 1
        while cache.number(of: "name \(kept)") != nil, kept < 1 << 20 { kept += 1 }
        #expect(kept < 1 << 17)
        #expect(cache.number(of: [1, 2, 3]) == nil)
        #expect(cache.number(of: "first") == first)
        cache.prepare()
        #expect(cache.number(of: "another") != nil)
        #expect(cache.number(of: [1, 2, 3]) != nil)
    }

    @Test("names that are not ASCII have no number") func bytes() {
        let cache = StructureCache()
        #expect(cache.number(of: "K") != nil)
        #expect(cache.number(of: "\u{212A}") == nil)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import HDF5
import TestSupport
import Testing

@testable import NeXus

/// Oracle: recipes, whose text says what each member is.
@Suite struct TreeTests {
    private static func tree(_ changes: String, others: String = "") throws -> NeXusTree {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        let path = folder.appendingPathComponent("file.nxs.json").path
        try "{base: '\(golden)', changes: [\(changes)], others: {\(others)}}".write(
            toFile: path, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent("file.nxs").path
        try Recipe(reading: path).build(at: file)
        return NeXusTree(try FileSet.read(file, policy: .nexus))
    }

    private static func target(_ link: String, others: String = "") throws -> String {
        let tree = try Self.tree("{set: '/entry/x', to: \(link)}", others: others)
        let entry = try #require(tree.entries.first)
        guard let member = tree.member("x", of: entry) else { return "none" }
        switch member.target {
        case .group(_, let className): return "group \(className ?? "")"
        case .field(let node): return "field \(node.file) \(node.path)"
        case .absent(let lost): return "absent \(lost)"
        case .notRead(let unseen): return "not read \(unseen)"
        case .other: return "other"
        }
    }

    @Test("present, absent and not read are three states") func states() throws {
        #expect(try Self.target("{'$soft': '/entry/definition'}") == "field 0 /entry/x")
        #expect(try Self.target("{'$soft': '/entry/sample'}") == "group NXsample")
        #expect(try Self.target("{'$soft': '/entry/none'}") == "absent missing(\"/entry/none\")")
        #expect(try Self.target("{'$soft': '/entry/x'}") == "absent circle(\"/entry/x\")")
        #expect(try Self.target("{'$external': 'gone.h5', '$path': '/data'}") == "absent file(\"gone.h5\")")
        #expect(try Self.target("{'$external': '/etc/x.h5', '$path': '/data'}") == "not read file(\"/etc/x.h5\")")
        #expect(
            try Self.target("{'$external': 'a.h5', '$path': '/data'}", others: "'a.h5': {data: 1}")
                == "field 1 /entry/x")
        #expect(
            try Self.target("{'$external': 'a.h5', '$path': '/none'}", others: "'a.h5': {data: 1}")
                == "absent missing(\"a.h5:/none\")")
    }

    @Test("an empty class is none, for the reader of experiments as for the definitions") func emptyClass() throws {
        let tree = try Self.tree("{set: '/entry/instrument@NX_class', to: ''}")
        let entry = try #require(tree.entries.first)
        #expect(tree.member("instrument", of: entry)?.className == nil)
        #expect(
            tree.groups("NXinstrument", in: entry, customaryName: "instrument").map(\.path) == ["/entry/instrument"])
        #expect(tree.groups("", in: entry).isEmpty)
    }

    @Test("links that lead nowhere are members, and no groups or fields") func broken() throws {
        let tree = try Self.tree("{set: '/entry/x', to: {'$soft': '/entry/none'}}")
        let entry = try #require(tree.entries.first)
        #expect(tree.members(of: entry).contains { $0.name == "x" && $0.isBroken })
        #expect(tree.child("x", of: entry) == nil)
        #expect(tree.hasLink("x", in: entry))
    }

    @Test("an entry behind an external link is an entry") func linkedEntry() throws {
        let others = "'a.h5': {e: {'@NX_class': 'NXentry', definition: 'NXmx'}}"
        let tree = try Self.tree(
            "{remove: '/entry'}, {set: '/e', to: {'$external': 'a.h5', '$path': '/e'}}", others: others)
        #expect(tree.entries.map(\.path) == ["/e"])
        #expect(tree.entries.first.flatMap { tree.definitionName(of: $0) } == "NXmx")
    }
}

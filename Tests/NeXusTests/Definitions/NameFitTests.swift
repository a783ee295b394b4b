// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import NeXus

/// Oracle: nxdl.xsd on nameType, and the table of nexusformat/definitions:dev_tools/tests/test_nxdl_utils.py.
@Suite struct NameFitTests {
    @Test(
        "a name fits by its tokens and scores by what agrees",
        arguments: [
            ("data_1", "DATA_1", Item.Match.partial, 2 + 4), ("data1", "DATA", .partial, 4),
            ("_end", "AXIS_end", .partial, 4),
            ("omega_end", "AXISNAME_end", .partial, 4), ("AXISNAME_end", "AXISNAME_end", .specified, 24),
            ("fooxbar", "A_x_Z", .partial, nil), ("foo_x_bar", "A_x_Z", .partial, 3), ("x", "MYPROC", .any, 0),
            ("procedure", "PROCESS", .any, 5), ("a b", "ANY", .any, nil), ("end.", "ANY", .any, nil),
            ("lower", "Lower", .specified, nil),
        ] as [(String, String, Item.Match, Int?)])
    func scores(name: String, concept: String, match: Item.Match, expected: Int?) {
        #expect(nameFit(name, concept, match) == expected)
    }

    @Test("a long name against many runs of capitals ends at once")
    func length() {
        let pattern = String(repeating: "Aa", count: 15)
        #expect(nameFit(String(repeating: "a", count: 256), pattern, .partial) != nil)
        #expect(nameFit(String(repeating: "a", count: 100_000), pattern, .partial) == nil)
    }

    @Test("the table of NIAC", .enabled(if: Folder.shared != nil))
    func table() throws {
        let file = try #require(Folder.shared).appendingPathComponent("oracles/nexus/namefit.json")
        let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: file))
        for row in table.fit {
            #expect((nameFit(row.name, row.concept, row.match) != nil) == row.fits, "\(row.name) \(row.concept)")
        }
        for row in table.score {
            #expect((nameFit(row.name, row.concept, row.match) ?? -1) == row.score, "\(row.name) \(row.concept)")
        }
        for row in table.precedence {
            let better = nameFit(row.better.name, row.better.concept, row.better.match) ?? -1
            let worse = nameFit(row.worse.name, row.worse.concept, row.worse.match) ?? -1
            #expect(better > worse, "\(row.better.name) \(row.worse.concept)")
        }
    }

    private struct Row: Decodable {
        let name: String
        let concept: String
        let nameType: String
        let fits: Bool?
        let score: Int?

        var match: Item.Match { Item.Match(rawValue: nameType) ?? .specified }
    }

    private struct Pair: Decodable {
        let better: Row
        let worse: Row
    }

    private struct Table: Decodable {
        let fit: [Row]
        let score: [Row]
        let precedence: [Pair]
    }
}

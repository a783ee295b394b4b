// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Testing

/// Profiles as people write them. Oracle: rules.md, Profiles.
@Suite struct ProfileTests {
    private static let catalogue = [
        Made.rule("GEOM-008", parameters: [Parameter("tolerance", "t", 2, unit: "px", limits: 0.1...50)]) { _, _ in },
        Made.rule("FILE-008", parameters: [Parameter("commonFilters", "f", words: ["1"])]) { _, _ in },
    ]

    private func load(_ text: String, parents: [String: String] = [:]) throws -> Profile {
        try Profile.load([UInt8](text.utf8), source: "mine.json5", catalogue: Self.catalogue) { name in
            parents[name].map { [UInt8]($0.utf8) }
        }
    }

    private func fault(_ text: String, parents: [String: String] = [:]) -> ConfigurationFault? {
        do {
            _ = try load(text, parents: parents)
            return nil
        } catch {
            return error as? ConfigurationFault
        }
    }

    @Test("comments, bare names and trailing commas are read")
    func json5() throws {
        let profile = try load(
            """
            { // ours
              name: 'mine', failAt: "B", answeredFails: false,
              rules: { "GEOM-008": { level: "A", parameters: { tolerance: 1, }, }, },
            }
            """)
        #expect(profile.failAt == .B && !profile.answeredFails)
        #expect(profile.rules["GEOM-008"] == Profile.Setting(level: .A, parameters: ["tolerance": .number(1)]))
    }

    @Test("what extends comes first, and the last wins")
    func extends() throws {
        let parents = [
            "one": "{ name: 'one', failAt: 'B', rules: { 'GEOM-008': { level: 'C', parameters: { tolerance: 5 } } } }",
            "two": "{ name: 'two', rules: { 'GEOM-008': { level: 'G' } } }",
        ]
        let profile = try load("{ name: 'mine', extends: ['one', 'two'], failAt: 'C' }", parents: parents)
        #expect(profile.extends == ["one", "two"])
        #expect(profile.failAt == .C)
        #expect(profile.rules["GEOM-008"] == Profile.Setting(level: .G, parameters: ["tolerance": .number(5)]))
    }

    @Test("a profile that does not speak of the fail level keeps that of the profile it extends")
    func inheritedFailLevel() throws {
        let profile = try load("{ name: 'mine', extends: ['ci'] }", parents: ["ci": "{ name: 'ci', failAt: 'B' }"])
        #expect(profile.failAt == .B)
    }

    @Test("an unknown rule, parameter or member is refused with the nearest name")
    func didYouMean() {
        #expect(fault("{ name: 'm', rules: { 'GEOM-009': {} } }")?.suggestion == "GEOM-008")
        #expect(
            fault("{ name: 'm', rules: { 'GEOM-008': { parameters: { tolerence: 1 } } } }")?.suggestion == "tolerance")
        #expect(fault("{ name: 'm', failat: 'A' }")?.suggestion == "failAt")
        #expect(fault("{ name: 'm', rules: { 'GEOM-008': { lvl: 'A' } } }")?.problem.contains("'lvl'") == true)
    }

    @Test(
        "what cannot be meant is refused",
        arguments: [
            "{ rules: {} }", "{ name: 'm', failAt: 'D' }", "{ name: 'm', rules: { 'GEOM-008': { off: '' } } }",
            "{ name: 'm', rules: { 'GEOM-008': { off: true } } }",
            "{ name: 'm', rules: { 'GEOM-008': { parameters: { tolerance: 51 } } } }",
            "{ name: 'm', rules: { 'GEOM-008': { parameters: { tolerance: 'wide' } } } }",
            "{ name: 'm', rules: { 'FILE-008': { parameters: { commonFilters: 1 } } } }",
            "{ name: 'm', extends: ['none'] }", "{ name: 'm', extends: 'default' }", "[]", "{ name: 'm'",
            "{ name: 'm', rules: { 'GEOM-008': {}, 'GEOM-008': {} } }",
        ])
    func refused(_ text: String) {
        #expect(fault(text) != nil)
    }

    @Test("profiles that extend each other are refused")
    func circle() {
        let parents = ["a": "{ name: 'a', extends: ['b'] }", "b": "{ name: 'b', extends: ['a'] }"]
        #expect(fault("{ name: 'm', extends: ['a'] }", parents: parents)?.problem.contains("extends itself") == true)
    }

    @Test("a fault of the text is told with line and column")
    func place() {
        #expect(fault("{\n  name: mine\n}")?.source.hasPrefix("mine.json5:2:") == true)
    }
}

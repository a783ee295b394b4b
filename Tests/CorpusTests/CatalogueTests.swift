// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// The catalogue as data. Oracle: its own laws, and where it is at hand the table of rules of the design.
@Suite struct CatalogueTests {
    @Test("identifiers are unique and in order")
    func identifiers() {
        #expect(Set(catalogue.map(\.id)).count == catalogue.count)
        #expect(catalogue.map(\.id) == catalogue.map(\.id).sorted())
    }

    @Test("each rule file is listed, and nothing else")
    func files() throws {
        let folder = Folder.checkout.appendingPathComponent("Sources/RuleCatalog")
        let names = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        let stems = names.compactMap { name in
            name.wholeMatch(of: /(?:.*\/)?([A-Z]+-[0-9]{3})\.swift/).map { String($0.output.1) }
        }
        #expect(stems.count > 100)
        #expect(stems.sorted() == catalogue.map { "\($0.id)" }.sorted(), "run 'swift run write-docs'")
    }

    @Test("each parameter lies within its limits", arguments: catalogue.map(\.id))
    func parameters(_ id: RuleID) throws {
        let rule = try #require(catalogue.first { $0.id == id })
        #expect(Set(rule.parameters.map(\.name)).count == rule.parameters.count)
        for parameter in rule.parameters {
            #expect(!parameter.meaning.isEmpty && !parameter.unit.isEmpty)
            guard case .number(let value) = parameter.defaultValue else { continue }
            #expect(parameter.limits?.contains(value) == true, "\(parameter.name)")
        }
    }

    @Test("each rule reads something and names its source", arguments: catalogue.map(\.id))
    func sources(_ id: RuleID) throws {
        let rule = try #require(catalogue.first { $0.id == id })
        #expect(!rule.checks.isEmpty)
        #expect(!rule.references.isEmpty && rule.references.allSatisfy { !$0.isEmpty })
        #expect(!rule.needs.contains(rule.id))
        // The mark of the object belongs to sentences of findings, which put its name in its place.
        for text in [rule.title, rule.what, rule.why, rule.fix, rule.fixInNeXus ?? ""] {
            #expect(!text.unicodeScalars.contains("\u{FFFC}"), "\(text)")
        }
    }

    @Test("no rule needs itself in the end")
    func needs() {
        let needs = Dictionary(uniqueKeysWithValues: catalogue.map { ($0.id, $0.needs) })
        for rule in catalogue {
            var open = rule.needs
            var seen: Set<RuleID> = []
            while let next = open.popLast() {
                #expect(next != rule.id)
                if seen.insert(next).inserted { open += needs[next] ?? [] }
            }
        }
    }

    @Test("the shipped profiles load and name rules of the catalogue")
    func profiles() throws {
        let folder = Folder.checkout.appendingPathComponent("rules/profiles")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json5") }
        #expect(names.count >= 5)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            let profile = try Profile.load(bytes, source: name, catalogue: catalogue) { parent in
                FileManager.default.contents(atPath: folder.path + "/\(parent).json5").map { [UInt8]($0) }
            }
            #expect(profile.name + ".json5" == name)
        }
    }

    /// Rules that this project added to the table (decisions 0171, 0375, 0386).
    private static let added: Set<RuleID> = ["BEAM-016", "LINK-013", "IMAGE-019", "IMAGE-020"]

    @Test("levels, titles and parameters are those of the table", .enabled(if: Folder.shared != nil))
    func table() throws {
        let shared = try #require(Folder.shared)
        let text = try String(contentsOf: shared.appendingPathComponent("design/rules.tsv"), encoding: .utf8)
        var rows: [String: [String]] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            rows[fields[0]] = fields
        }
        for rule in catalogue where !Self.added.contains(rule.id) || rows[rule.id.description] != nil {
            let row = try #require(rows[rule.id.description], "\(rule.id)")
            #expect(rule.level.rawValue == row[1], "\(rule.id)")
            #expect(rule.title == row[5], "\(rule.id)")
            #expect(rule.applies.rawValue == row[3], "\(rule.id)")
            let names =
                row[8] == "-"
                ? [] : row[8].split(separator: ";").map { $0.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces) }
            #expect(rule.parameters.map(\.name) == names, "\(rule.id)")
        }
    }
}

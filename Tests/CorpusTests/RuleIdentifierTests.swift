// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// Oracle: the catalogue. What sources, documentation and profiles say of a rule leads to a rule.
@Suite struct RuleIdentifierTests {
    /// Rules of the table of rules that are spoken of and not built yet.
    static let announced: Set<String> = []

    /// Every identifier of a rule in a text, by the areas of the catalogue.
    static func identifiers(in text: String) -> Set<String> {
        let areas = Set(catalogue.map(\.id.area))
        return Set(
            text.matches(of: /\b([A-Z]{2,5})-[0-9]{3}\b/).filter { areas.contains(String($0.output.1)) }.map {
                String($0.output.0)
            })
    }

    @Test(
        "every rule that is named is built or announced",
        arguments: ["Sources", "docs", "rules/profiles", "README.md"])
    func named(_ place: String) throws {
        let known = Set(catalogue.map(\.id.description)).union(Self.announced)
        let root = Folder.checkout.appendingPathComponent(place)
        let below = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        let files = below.isEmpty ? [root] : below.map(root.appendingPathComponent)
        var count = 0
        for file in files where ["swift", "md", "json5"].contains(file.pathExtension) {
            let found = Self.identifiers(in: try String(contentsOf: file, encoding: .utf8))
            count += found.count
            #expect(found.subtracting(known) == [], "\(file.path)")
        }
        #expect(count > 0)
    }

    @Test("what is announced is not built")
    func announcedOnly() {
        #expect(Self.announced.intersection(catalogue.map(\.id.description)) == [])
    }

    @Test("an identifier that nobody built would be seen")
    func unknown() {
        #expect(Self.identifiers(in: "see AXIS-998, SHA-256 and `NX-001`") == ["AXIS-998", "NX-001"])
    }
}

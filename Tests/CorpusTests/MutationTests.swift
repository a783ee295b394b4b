// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import RuleEngine
import TestSupport
import Testing

/// Oracle: a law: whatever one character does to a good file, its check ends, and each finding on syntax has a place.
///
/// `make fuzz` tries ten thousand.
@Suite struct MutationTests {
    static let seed: UInt64 = 20_261_120

    @Test func `a file with one character changed is checked to its end, and syntax faults have places`() throws {
        var numbers = SeededNumbers(seed: Self.seed)
        let files = CorpusFile.all.filter { !$0.isRecipe && $0.name.hasSuffix(".cif") }.map(\.name).sorted()
        try #require(!files.isEmpty)
        var settings = FileCheck.Settings(profile: Profile(name: "mutation"))
        settings.parts = [.experiments, .digests]
        let check = FileCheck(settings)
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("mutated.cif").path
        var placed = 0
        for number in 0..<150 {
            let name = try #require(files.randomElement(using: &numbers))
            let bytes = Array(try Data(contentsOf: CorpusFile.root.appendingPathComponent(name)))
            let mutation = TextMutation(count: min(bytes.count, 8192), reach: 8192, numbers: &numbers)
            try Data(mutation.applied(to: bytes)).write(to: URL(fileURLWithPath: path))
            let report = check.check(path)
            #expect(report.sha256 != nil)
            for finding in report.findings where finding.rule.area == "CIF" && finding.rule != "CIF-012" {
                let isPlaced = finding.places.contains { place in
                    if case .text(let line, let column, _, _) = place.kind { return line >= 1 && column >= 1 }
                    return false
                }
                #expect(isPlaced, "seed \(Self.seed), case \(number): \(name), \(mutation): \(finding.rule)")
                placed += isPlaced ? 1 : 0
            }
        }
        #expect(placed > 0)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import ImgCIF
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// Parameters that work before the rules run. Oracle: the edits between the names, counted by hand.
@Suite struct ParameterTests {
    @Test(
        "a profile sets how far away a name is offered",
        arguments: [
            // One letter of number_of_axes is exchanged.
            (name: "number_of_axis", edits: 0, isOffered: false), ("number_of_axis", 1, true),
            // Three are left out.
            ("number_of_a", 2, false), ("number_of_a", 3, true), ("number_of_a", 5, true),
        ])
    func nearestName(name: String, edits: Int, isOffered: Bool) throws {
        let text = "{ name: 'own', rules: { 'DICT-001': { parameters: { maxDistance: \(edits) } } } }"
        let profile = try Profile.load(Array(text.utf8), source: "own", catalogue: catalogue) { _ in nil }
        var reading = ReadingSettings()
        reading.dictionaries = DictionaryLibrary(folder: Folder.checkout.appendingPathComponent("rules/imgcif").path)
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("small.cif").path
        try "data_a\n_axis.id x\n_diffrn_detector.\(name) 2\n".write(toFile: path, atomically: true, encoding: .utf8)
        let report = FileCheck(FileCheck.Settings(profile: profile, reading: reading)).check(path)
        let messages = report.findings.filter { $0.rule == "DICT-001" }.map(\.message)
        #expect(
            messages == [
                "_diffrn_detector.\(name) is in no dictionary"
                    + (isOffered ? "; nearest: _diffrn_detector.number_of_axes" : "")
            ])
    }
}

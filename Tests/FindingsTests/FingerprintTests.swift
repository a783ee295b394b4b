// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Testing

/// Oracle: the law of docs/decisions/0310-fingerprints.md.
@Suite struct FingerprintTests {
    private func finding(
        _ message: String, rule: RuleID = "AXIS-002", level: Level = .A, count: Int = 1,
        at places: [ResolvedPlace] = [ResolvedPlace(kind: .file)]
    ) -> Finding {
        Finding(
            rule: rule, level: level, title: "t", message: message, count: count, places: places, values: [], why: "w",
            fix: "f", references: [])
    }

    private func print(_ finding: Finding) -> Fingerprint { Fingerprint.of([finding])[0] }

    @Test func `numbers, lines, levels and counts are no part of it`() {
        let a = finding(
            "distance is -12.5 mm, 3 of 7", count: 2,
            at: [ResolvedPlace(kind: .text(line: 3, column: 1, item: "_a.b", row: 2))])
        let b = finding(
            "distance is 1e-07 mm, 12 of 1800", level: .B, count: 9,
            at: [ResolvedPlace(kind: .text(line: 90, column: 7, item: "_a.b", row: 5))])
        #expect(print(a) == print(b))
    }

    @Test func `rule, item, object, attribute and names in quotes are`() {
        let first = finding("axis 'omega1' is not defined")
        #expect(print(first) != print(finding("axis 'omega2' is not defined")))
        #expect(print(first) != print(finding("axis 'omega1' is not defined", rule: "AXIS-001")))
        let units = ResolvedPlace(kind: .object(path: "/entry/a", attribute: "units"))
        let bare = ResolvedPlace(kind: .object(path: "/entry/a", attribute: nil))
        #expect(print(finding("m", at: [units])) != print(finding("m", at: [bare])))
    }

    @Test func `those of one file are told apart by their order`() {
        let prints = Fingerprint.of([finding("1 is 2"), finding("3 is 4"), finding("5 is 6")])
        #expect(Set(prints).count == 3)
        #expect(prints[0] == print(finding("7 is 8")))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Testing

/// Oracle: the words of docs/guide/answers.md; days by date(1).
@Suite struct FilePatternTests {
    @Test(arguments: [
        ("scan1.cif", "scan1.cif", true), ("scan1.cif", "a/scan1.cif", true), ("scan1.cif", "a/xscan1.cif", false),
        ("*.cif", "a/b.cif", true), ("*.cif", "a/b.nxs", false), ("a/*.cif", "a/b.cif", true),
        ("a/*.cif", "x/a/b.cif", true), ("a/*.cif", "a/c/b.cif", false), ("a/**.cif", "a/c/b.cif", true),
        ("a/**/b.cif", "a/c/d/b.cif", true), ("sc?n.cif", "scan.cif", true), ("sc?n.cif", "sc/n.cif", false),
        ("", "a", false), ("**", "a/b", true), ("*", "a/b", true),
    ])
    func `a pattern fits names, paths and their ends`(_ pattern: String, _ path: String, _ fits: Bool) {
        #expect(FilePattern(pattern).matches(path) == fits)
    }

    @Test func `a long pattern of stars takes no long time`() {
        let pattern = FilePattern(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 4000)))
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 11016), ("2026-11-30", 20787), ("2100-03-01", 47541),
    ])
    func `days are counted`(_ text: String, _ number: Int) { #expect(Day.number(text) == number) }

    @Test(arguments: [
        "2026-02-30", "2100-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T", "", "+026-01-01",
    ])
    func `what is no day is none`(_ text: String) { #expect(Day.number(text) == nil) }
}

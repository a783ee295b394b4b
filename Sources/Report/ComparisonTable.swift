// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// The verdicts of the reference checker and ours, line by line.
enum ComparisonTable {
    /// Lines of at most `width` columns; each test on one, with its reason below where it did not pass.
    static func text(_ comparison: Compatibility, width: Int) -> String {
        var text = pad("tests of \(comparison.program), block '\(Printable.text(comparison.block))'", 60)
        text += "there  here\n"
        for row in comparison.rows {
            let rules = row.findings.map(\.description).joined(separator: ", ")
            text += "  " + pad(row.test, 58) + pad(word(row.isPass), 7) + word(row.isPassHere)
            text += (rules.isEmpty ? "" : "  \(rules)") + "\n"
            if !row.isPass { text += note("there: ", row.reason, width) }
            if let difference = row.difference { text += note("differs: ", difference, width) }
        }
        for stop in comparison.stops { text += "  besides: " + wrap(stop, width, 11) + "\n" }
        return text
    }

    private static func word(_ isPass: Bool) -> String { isPass ? "PASS" : "FAIL" }

    private static func note(_ front: String, _ words: String, _ width: Int) -> String {
        "      " + front + wrap(words, width, 6 + front.count) + "\n"
    }

    private static func wrap(_ words: String, _ width: Int, _ indent: Int) -> String {
        Printable.wrap(Printable.text(words), width: max(width, 60), indent: indent)
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict004 = Rule(
        "DICT-004", .B, "value is outside the range of its item", applies: .imgCIF,
        what: """
            Numbers against the range of the dictionary, bounds included. Frame numbers, wavelengths and \
            temperatures are told by SCAN-007, BEAM-001 and META-009.
            """,
        why: "The value has no meaning for this item, so that programs refuse it or compute nonsense.",
        fix: "Correct the value, or write ? when it is not known.",
        references: ["DDLm _enumeration.range"],
        checks: [.conformance])
}

extension DictionaryFault.OutsideRange {
    var told: Told {
        Told(
            "\(name) = \(shown) is outside \(words)",
            values: [("name", .text(name)), ("value", .text(raw)), ("range", .text(range))])
    }

    private var words: String {
        let ends = range.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (ends.first ?? "", ends.last ?? "") {
        case (let low, ""): return "the range from \(low) on"
        case ("", let high): return "the range up to \(high)"
        case (let low, let high): return "the range \(low) to \(high)"
        }
    }
}

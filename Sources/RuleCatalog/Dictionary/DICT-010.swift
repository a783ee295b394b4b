// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict010 = Rule(
        "DICT-010", .B, "name and alias carry different values", applies: .imgCIF,
        what: """
            When an item stands under its name and under an alias, the values agree; numbers are compared as \
            numbers. The name is used.
            """,
        why: "Old and new programs read different values from one file.",
        fix: "Remove the alias, or write the same value under both names.",
        references: ["DDLm _alias.definition_id"],
        checks: [.conformance])
}

extension DictionaryFault.AliasDiffers {
    var told: Told {
        Told(
            "\(name) = \(shown), but \(alias) = \(shownOfAlias) in line \(lineOfAlias)",
            values: [("name", .text(name)), ("alias", .text(alias))])
    }
}

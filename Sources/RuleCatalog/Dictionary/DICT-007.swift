// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict007 = Rule(
        "DICT-007", .C, "standard uncertainty on an item that takes none", applies: .imgCIF,
        what: """
            A value with a standard uncertainty in parentheses stands only where the dictionary has a measurand. The \
            number itself is used.
            """,
        why: "Readers that take plain numbers here stop at the parenthesis.",
        fix: "Write the number alone.",
        references: ["DDLm _type.purpose"],
        checks: [.conformance])
}

extension DictionaryFault.Uncertainty {
    var told: Told {
        Told(
            "\(name) = \(shown) carries a standard uncertainty", values: [("name", .text(name)), ("value", .text(raw))])
    }
}

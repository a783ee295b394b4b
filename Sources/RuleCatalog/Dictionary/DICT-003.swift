// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let dict003 = Rule(
        "DICT-003", .B, "value is not of the type of its item", applies: .imgCIF,
        what: """
            Numbers read as numbers, whole numbers as such, words hold no white space, dates are YYYY-MM-DD, and an \
            item that takes a single value holds no list. '.' and '?' pass; a number in quotes is text. A unit \
            behind a number is named.
            """,
        why: "A reader takes the value as absent, or stops.",
        fix: "Write the bare value; the dictionary fixes the unit.",
        references: ["DDLm _type.contents, _type.container"],
        checks: [.conformance])
}

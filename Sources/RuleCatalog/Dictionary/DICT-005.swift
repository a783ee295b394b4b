// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict005 = Rule(
        "DICT-005", .B, "key item is absent or unknown", applies: .imgCIF,
        what: """
            Each item of the key of a category stands in every loop of the category and has a value in each row. \
            Keys with a default, and keys that can take one value only, are listed by DICT-011.
            """,
        why: "Rows without key cannot be told apart, and nothing can point to them.",
        fix: "Add the item to the loop, with a value in each row.",
        references: ["DDLm _category_key.name"],
        checks: [.conformance])
}

extension DictionaryFault.Key {
    var told: Told {
        switch self {
        case .absent(let name, let category):
            Told(
                "loop of \(category.uppercased()) lacks its key \(name)",
                values: [("category", .text(category)), ("name", .text(name))])
        case .empty(let name, let raw, let rows):
            Told(
                "key \(name) is \(raw.isEmpty ? "absent" : raw) in \(rows == 1 ? "a row" : "\(rows) rows")",
                values: [("name", .text(name))])
        }
    }
}

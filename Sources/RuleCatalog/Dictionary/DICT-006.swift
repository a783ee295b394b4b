// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict006 = Rule(
        "DICT-006", .A, "row key is repeated", applies: .imgCIF,
        what: """
            The values of the key items together are unique within a category, defaults filled in first. For \
            ARRAY_STRUCTURE_LIST the section counts as well; for AXIS the rule is AXIS-003.
            """,
        why: "Which of the rows counts is left to chance; readers take the first, the last or none.",
        fix: "Give each row a key of its own, or remove the row that repeats another.",
        references: ["DDLm _category_key.name", "COMCIFS/imgCIF_Creator (several panels under one array_id)"],
        checks: [.conformance])
}

extension DictionaryFault.RepeatedKey {
    var told: Told {
        Told(
            "\(category.uppercased()): key (\(shown)) is repeated; it stands first in line \(line)",
            values: [("category", .text(category)), ("key", .text(shown))])
    }
}

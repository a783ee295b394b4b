// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict009 = Rule(
        "DICT-009", .B, "single-row category has several rows", applies: .imgCIF,
        what: """
            A category of class Set has at most one row in a block. Blocks that describe several data collections \
            are looked after by LINK-009.
            """,
        why: "A reader takes the first row, and the others are lost without a word.",
        fix: "Write one block for each, or keep the row that holds for the whole block.",
        references: [
            "DDLm _definition.class Set", "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md",
        ],
        checks: [.conformance])
}

extension DictionaryFault.SeveralRows {
    var told: Told {
        Told(
            "\(category.uppercased()) takes one row per block and has \(rows)",
            values: [("category", .text(category)), ("rows", .text(String(rows)))])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta011 = Rule(
        "META-011", .G, "items have no place in the other standard", applies: .both,
        what: """
            With convert only: what the source says and NXmx has no field for. It is kept in the lossless store \
            where that can hold it.
            """,
        why: "A program that reads NXmx alone does not know it.",
        fix: "Look into the collections of the entry.",
        references: ["NXcollection"],
        checks: [.conversion])
}

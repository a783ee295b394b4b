// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict011 = Rule(
        "DICT-011", .G, "dictionary defaults used", applies: .imgCIF,
        what: """
            Defaults that entered keys, links or geometry: components of vectors and offsets of axes, array and \
            binary identifiers, external data identifiers, frames, and keys that can take one value only. One note \
            for each item.
            """,
        why: "What the file leaves open is read as the dictionary fixes it, which may not be what was meant.",
        fix: "Nothing to mend where the default is meant; else write the value.",
        references: ["DDLm _enumeration.default"],
        checks: [.conformance])
}

extension DictionaryFault.DefaultValue {
    var told: Told {
        Told(
            "\(name) taken as \(value) for \(rows) row\(rows == 1 ? "" : "s") (first: \(first + 1))",
            values: [("name", .text(name)), ("default", .text(value))])
    }
}

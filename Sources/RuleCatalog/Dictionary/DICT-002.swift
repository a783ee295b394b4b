// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict002 = Rule(
        "DICT-002", .B, "value is not in the list of the dictionary", applies: .imgCIF,
        what: """
            A value of an item for which the dictionary lists the words: one of them, for items of type Code in any \
            case, for Word and Text letter by letter. '.' and '?' pass. Words for formats of external data and for \
            axes are told by DATA-007, AXIS-006 and AXIS-020.
            """,
        why: "A program that compares with the words of the dictionary does not recognise this one.",
        fix: "Write one of the words that the message lists.",
        references: ["DDLm _enumeration_set.state"],
        checks: [.conformance])
}

extension DictionaryFault.OutsideList {
    var told: Told {
        let list = states.prefix(8).joined(separator: ", ") + (states.count > 8 ? ", ..." : "")
        let near = states.first { $0.lowercased() == value.lowercased() }
        return Told(
            "\(name) = '\(value.prefix(60))' is not one of \(list)"
                + (near.map { "; '\($0)' differs in case alone" } ?? ""),
            values: [("name", .text(name)), ("value", .text(value))])
    }
}

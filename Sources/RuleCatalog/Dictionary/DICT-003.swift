// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
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

extension DictionaryFault.OtherType {
    var told: Told {
        var message = "\(name) = '\((text ?? "").prefix(60))' is not \(form.words)"
        if let unit {
            message += "; the unit '\(unit)' does not belong to the value"
        } else if isQuotedNumber {
            message += "; in quotes it is text"
        }
        return Told(
            message, values: [("name", .text(name)), ("value", .text(text ?? "")), ("type", .text(form.words))])
    }
}

extension DictionaryFault.OtherType.Form {
    fileprivate var words: String {
        switch self {
        case .number: "a number"
        case .wholeNumber: "a whole number"
        case .word: "a single word"
        case .name: "a name"
        case .dataName: "a data name"
        case .date: "a date"
        case .dateTime: "a date, with time or without"
        case .text: "a single text"
        case .uri: "a URI"
        case .iri: "an IRI"
        }
    }
}

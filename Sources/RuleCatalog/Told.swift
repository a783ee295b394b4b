// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// A fault that a generic checker found, in the words of the rule that owns it.
struct Told {
    /// What stands for the path of the object at fault, with its attribute, until all cases are known.
    static let object = ObjectInSentence.mark
    /// The same for the path alone.
    static let owner = ObjectInSentence.owner

    let message: String
    let values: [NamedDatum]
    /// What to write in this case; nil: what the rule says.
    let fix: String?

    init(_ message: String, values: [NamedDatum] = [], fix: String? = nil) {
        self.message = message
        self.values = values
        self.fix = fix
    }

    /// A fault of several items.
    init(_ message: String, items: [String]) {
        self.init(message, values: [("items", .list(items.sorted().map { .text($0) }))])
    }

    /// The first values of a list.
    static func shortened(_ list: [String]) -> String {
        (list.count > 12 ? list.prefix(12) + ["..."] : list[...]).joined(separator: ", ")
    }

    /// The first six of many names, the others counted.
    static func first(_ names: [String]) -> String {
        let first = names.prefix(6).joined(separator: ", ")
        return names.count > 6 ? first + " and \(names.count - 6) more" : first
    }
}

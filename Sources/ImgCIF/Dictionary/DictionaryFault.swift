// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// Something in which a document departs from its dictionaries; like ones are counted together.
public struct DictionaryFault: Sendable {
    /// The rule that tells it: DICT-001 to DICT-012.
    public let rule: String
    /// The first line, in the words of the rule.
    public let message: String
    /// At most three places; `.file` for DICT-012.
    public let places: [Place]
    /// How many cases it stands for.
    public let count: Int
    /// Names and texts that the message holds, for reports by machine.
    public let values: [(name: String, text: String)]
    /// The block it stands in; nil for the file as a whole.
    public let block: String?

    init(
        _ rule: String, _ message: String, places: [Place], count: Int = 1, values: [(name: String, text: String)] = [],
        block: String?
    ) {
        self.rule = rule
        self.message = message
        self.places = Array(places.prefix(3))
        self.count = count
        self.values = values
        self.block = block
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// What a conversion assumed, applied, left out or met: a finding of a rule, before it is told.
struct ConversionNote: Hashable {
    let rule: RuleID
    let message: String
    /// A value that was assumed or is unknown, or one of two that disagree: refused under --strict.
    let isAssumption: Bool
    /// The options that take away the assumption; nil where none does.
    let option: String?
    /// A milder case than the rule has as a whole; nil: as the profile has it.
    let level: Level?

    init(
        _ rule: RuleID, _ message: String, isAssumption: Bool = false, option: String? = nil, level: Level? = nil
    ) {
        self.rule = rule
        self.message = message
        self.isAssumption = isAssumption
        self.option = option
        self.level = level
    }
}

extension [ConversionNote] {
    /// Refuses where something is assumed or unknown: the first in full, and the options for all.
    func refuseAssumptions() throws(ConversionRefusal) {
        let assumed = filter(\.isAssumption)
        guard let first = assumed.first else { return }
        var rules: [String] = []
        for note in assumed.dropFirst() where !rules.contains(note.rule.description) && note.rule != first.rule {
            rules.append(note.rule.description)
        }
        let more = rules.isEmpty ? "" : " (and \(rules.joined(separator: ", ")))"
        var options: [String] = []
        for option in assumed.compactMap(\.option) where !options.contains(option) { options.append(option) }
        throw ConversionRefusal(
            "\(first.rule) \(first.message)\(more); --strict takes nothing that is assumed or unknown",
            options.isEmpty
                ? "mend the headers, or leave out --strict"
                : "give \(options.joined(separator: ", ")), or leave out --strict")
    }
}

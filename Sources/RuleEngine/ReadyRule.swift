// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A rule with what the profile says of it, shared by all its runs.
final class ReadyRule: Sendable {
    let rule: Rule
    let setting: Profile.Setting?
    /// Where the rules that it needs stand in the order of the engine; nil for one that is not there.
    let needs: [Int?]

    init(_ rule: Rule, setting: Profile.Setting?, needs: [Int?]) {
        self.rule = rule
        self.setting = setting
        self.needs = needs
    }
}

/// What the generic checkers found of one file, by the rule that tells it.
struct ConformanceByRule {
    /// One checker that was asked.
    enum Checker {
        case notRun(Reason)
        case run([RuleID: [Deviation]], notChecked: [NotChecked])
    }

    /// That of the text first.
    let checkers: [Checker]

    init(_ material: Material) {
        checkers = [material.text?.conformance, material.tree?.conformance].compactMap { conformance in
            switch conformance {
            case nil: nil
            case .notRun(let because): .notRun(because)
            case .run(let deviations, let notChecked):
                .run(Dictionary(grouping: deviations, by: \.rule), notChecked: notChecked)
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

/// Rules made for tests.
enum Made {
    /// A rule of the file as a whole, with the check given.
    static func rule(
        _ id: RuleID, _ level: Level = .B, applies: Applicability = .both, status: Status = .stable,
        parameters: [Parameter] = [], needs: [RuleID] = [],
        _ check: @escaping @Sendable (Material, inout Verdicts) -> Void
    ) -> Rule {
        Rule(
            id, level, "made for a test", applies: applies, status: status, parameters: parameters, what: "What.",
            why: "Why.", fix: "Fix.", references: ["none"], needs: needs, checks: [.file(check)])
    }

    static func run(_ rules: [Rule], profile: Profile = Profile(name: "test"), answers: [Answer] = []) -> FileReport {
        Engine(rules: rules, profile: profile).run(on: Material(kind: .imgcif), answers: answers, today: "2026-06-01")
    }
}

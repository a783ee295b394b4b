// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta026 = Rule(
        "META-026", .G, "value was given by the user", applies: .both,
        what: """
            With convert only: facts that came from options and not from the data, with the options.
            """,
        why: "The data alone do not bear the value out.",
        fix: "Nothing, where the value is right.",
        references: ["NXprocess"],
        checks: [.conversion])
}

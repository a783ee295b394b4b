// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx021 = Rule(
        "NX-021", .B, "choice is not met exactly once", applies: .anyNeXus,
        what: """
            Groups that stand for a choice of the definition: one group of one of the listed classes under the name \
            of the choice.
            """,
        why: "Readers expect one of the alternatives and find none.",
        fix: "Write one group of a class of the list under the name of the choice.",
        references: ["nxdl.xsd choiceType"],
        checks: [.conformance])
}

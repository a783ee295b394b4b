// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
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

extension NXFault.NoAlternative {
    var told: Told {
        switch self {
        case .absent(let classes):
            Told("0 of the alternatives \(classes.joined(separator: ", ")) are there; one is expected")
        case .other(let classes, let className):
            Told(
                "none of the alternatives \(classes.joined(separator: ", ")) is there but "
                    + (className ?? "a group without class"))
        }
    }
}

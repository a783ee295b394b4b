// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx036 = Rule(
        "NX-036", .B, "optional group has no class or another", applies: .anyNeXus,
        what: """
            NX_class of groups whose name a definition lists and which it does not require: there, and the class that the \
            definition gives. A required group is NX-004.
            """,
        why: "Readers find groups by their class and pass over this one.",
        fix: "Set the attribute NX_class of the group to the class the message names.",
        references: ["NXobject@NX_class", "nxdl.xsd groupType type"],
        checks: [.conformance])
}

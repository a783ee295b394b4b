// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx017 = Rule(
        "NX-017", .B, "value is not in the closed list", applies: .anyNeXus,
        what: """
            Values of fields and attributes with a closed list in the definition, compared in the type of the field; \
            each element of an array, and items in square brackets as a whole.
            """,
        why: "Programs that switch on the value do not know this one.",
        fix: "Write one of the values of the list, with its capitals.",
        references: ["nxdl.xsd enumeration"],
        checks: [.conformance])
}

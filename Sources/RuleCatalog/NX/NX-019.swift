// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx019 = Rule(
        "NX-019", .B, "rank or size differs from the definition", applies: .anyNeXus,
        what: """
            Rank and sizes of fields against what the application definition states, and against fixed sizes of the \
            base class. A scalar stands for an array of one; optional trailing dimensions may be missing.
            """,
        why: "Readers take the axes of the array in the order of the definition and mix them up, or stop.",
        fix: "Store the array with the rank and sizes the message names.",
        references: ["nxdl.xsd dimensionsType"],
        checks: [.conformance])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let nx012 = Rule(
        "NX-012", .C, "type differs from the definition without loss", applies: .anyNeXus,
        what: """
            Stored forms that hold the meaning in another type than the definition asks: integers for floating \
            point, signed for unsigned integers, dates with a blank for the T, several strings for one, NX_class as \
            an array.
            """,
        why: "Most readers cope with it; strict ones refuse the file.",
        fix: "Store the value in the type or form the message names.",
        references: ["nxdlTypes.xsd"],
        checks: [.conformance])
}

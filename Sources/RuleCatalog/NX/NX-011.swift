// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx011 = Rule(
        "NX-011", .B, "type cannot hold what the definition asks", applies: .anyNeXus,
        what: """
            The stored form of fields and attributes against the type of the definition: text for numbers, numbers \
            for text, floating point for integers, compounds for single values. A type left out is text. Any width \
            and byte order passes, and an array of one for a scalar.
            """,
        why: "The stored form cannot hold the meaning, and readers that convert it fail or get another value.",
        fix: "Store the value in the type the message names.",
        references: ["nxdlTypes.xsd"],
        checks: [.conformance])
}

extension NXFault.UnfitForm {
    var told: Told {
        switch self {
        case .value(_, let stored, let type, let definition):
            Told(
                "\(Told.object) is \(stored), which cannot hold the \(type) that \(definition) asks",
                values: [("stored", .text(stored)), ("type", .text(type))])
        case .axis(let stored):
            Told("\(Told.object) is \(stored), which cannot hold the NX_NUMBER that an axis asks")
        }
    }
}

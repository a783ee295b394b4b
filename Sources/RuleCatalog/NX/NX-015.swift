// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx015 = Rule(
        "NX-015", .B, "units have another dimension", applies: .anyNeXus,
        what: """
            The dimension of units, against the category that the definition asks for. Only dimensions are compared, \
            never scale; a pixel counts as a length and as nothing, angle counts where an angle is asked for.
            """,
        why: """
            The number means something else than the definition says, or its units are wrong, and conversion fails.
            """,
        fix: "Correct the units, or store the quantity the definition asks for.",
        references: ["nxdlTypes.xsd unit categories", "nexusformat/definitions#511", "cctbx/cctbx_project#280"],
        checks: [.conformance])
}

extension NXFault.OtherDimension {
    var told: Told {
        switch self {
        case .units(let text, let definition, let category, let example):
            Told("units of \(Told.owner) are \(quoted(text)); \(definition) asks \(category) such as '\(example)'")
        case .absentType(let text, let nearest):
            Told(
                "\(Told.owner) has units \(quoted(text)) and no 'transformation_type'; \(quoted(nearest)) stands there",
                fix: "Write the attribute transformation_type, translation or rotation.")
        }
    }
}

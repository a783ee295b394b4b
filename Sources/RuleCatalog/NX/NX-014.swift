// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx014 = Rule(
        "NX-014", .B, "field has no units", applies: .anyNeXus,
        what: """
            The attribute units of numeric fields whose definition states a category of units, other than categories \
            that need none. Axes of a chain belong to AXIS-022, the wavelength to BEAM-001.
            """,
        why: "A number without units is read in whatever unit the reader assumes.",
        fix: "Write the attribute units, for instance units = \"mm\", in UDUNITS-2 spelling.",
        references: ["nxdl.xsd fieldType units", "cctbx/cctbx_project#280"],
        checks: [.conformance])
}

extension NXFault.AbsentUnits {
    var told: Told {
        let hint = nearest.map { "; the attribute \(quoted($0)) is meant, as it seems" } ?? ""
        let state = isNumber ? "has units that are a number" : "has no units"
        return Told(
            "\(Told.owner) \(state); \(definition) asks \(category)\(hint)",
            fix: "Write units = \"\(example)\", or the unit that the number has.")
    }
}

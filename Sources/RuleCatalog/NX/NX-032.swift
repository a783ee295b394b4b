// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx032 = Rule(
        "NX-032", .B, "unit is spelt so that readers stop", applies: .nxmx,
        what: """
            Units of the fields that DIALS reads: wavelength, sensor thickness, beam centre, times, distance, axes and \
            their offsets. A unit that has a meaning here and that the library of units of that reader does not know, \
            such as Angstrom, Ang, A or DEG, or that holds a number, is told; NX-016 is then silent.
            """,
        why: "DIALS ends with an error at the unit, although everybody can read it.",
        fix: "Write the spelling that the message names.",
        references: ["dials/nxmx:src/nxmx/__init__.py", "NXmx:/NXentry/NXinstrument/NXbeam/incident_wavelength"],
        checks: [.conformance])
}

extension NXFault.SpellingOfReaders {
    var told: Told {
        Told(
            "\(attribute == "units" ? "units" : "offset units") of '\(field)' are \(quoted(text)); DIALS stops at that "
                + "spelling, write '\(meant)'",
            values: [("unit", .text(text)), ("meant", .text(meant))], fix: "Write \(attribute) = \"\(meant)\".")
    }
}

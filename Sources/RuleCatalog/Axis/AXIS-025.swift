// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let axis025 = Rule(
        "AXIS-025", .B, "goniometer axis is assumed", applies: .both,
        what: """
            With convert only: the rotation axis comes from no loop, option, table of beamlines or experiment list, \
            so that (1, 0, 0) of the image frame is taken, along the fast direction. A table entry of the serial \
            number that says otherwise refuses the conversion, and so does --strict.
            """,
        why: "About another axis every reflection is predicted elsewhere, and indexing fails or gives another lattice.",
        fix: "Give --gonio-axis X,Y,Z in the image frame, or --instrument with the name of a beamline of the table.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatCBFMini.py"],
        checks: [.conversion])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let beam011 = Rule(
        "BEAM-011", .B, "plane of polarisation is assumed", applies: .both,
        what: """
            With convert only: a header gives the ratio of polarisation without its plane; the electric vector is \
            taken at right angles to gravity.
            """,
        why: "Intensities are corrected for the wrong directions where the plane is another one.",
        fix: "Write _diffrn_radiation.polarizn_source_norm into the source.",
        fixInNeXus: "Correct incident_polarization_stokes in the converted file where the plane is another one.",
        references: ["PILATUS CBF header specification 1.4, Polarization"],
        checks: [.conversion])
}

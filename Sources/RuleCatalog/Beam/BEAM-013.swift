// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let beam013 = Rule(
        "BEAM-013", .C, "circular polarisation has no agreed sign", applies: .both,
        parameters: [
            Parameter("tolerance", "V relative to the intensity that passes", 0.001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            With convert only: the Stokes parameter V differs from 0. Both standards call right-handed positive, and \
            imgCIF does not say from where one looks.
            """,
        why: "The handedness may be the opposite one.",
        fix: "Compare with what the beamline says of its phase plate.",
        references: ["imgCIF _diffrn_radiation.polarizn_Stokes_V", "NXbeam incident_polarization_stokes"],
        checks: [.conversion])
}

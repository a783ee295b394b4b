// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let axis026 = Rule(
        "AXIS-026", .B, "swing of the detector has no stated axis", applies: .both,
        parameters: [Parameter("minimum", "Least swing that is told", 0.01, unit: "deg", limits: 0...5)],
        what: """
            With convert only: a header gives a swing of the detector (Detector_2theta, TWOTHETA) other than 0, and \
            nothing gives its axis. It is applied about the fast direction; common readers of such headers ignore \
            it.
            """,
        why: "A swing about another axis, or none, puts every pixel elsewhere.",
        fix: "Give the geometry with --geometry FILE.expt where the detector swings about another axis.",
        references: ["PILATUS CBF header specification 1.4, Detector_2theta"],
        checks: [.conversion])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis017 = Rule(
        "AXIS-017", .B, "gravity is not perpendicular to the beam", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Cosine of the angle between gravity and beam", 0.1, unit: "ratio", limits: 0...0.5)
        ],
        what: """
            The angle between the stated direction of gravity and the beam, which runs horizontally nearly everywhere.
            """,
        why: """
            A direction of gravity along the beam leaves the horizontal undefined, so that conversion to NeXus and \
            polarisation go wrong.
            """,
        fix: "Correct the vector of the gravity axis; in the imgCIF frame the beam runs along -Z.",
        references: ["imgCIF AXIS, McStas coordinate system"],
        checks: [.experiment(gravityAlongBeam)])
}

private func gravityAlongBeam(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let gravity = view.experiment.gravity
    guard gravity.origin.place != nil, let down = gravity.value.normalised,
        let beam = view.experiment.beam.direction.value.normalised
    else { return }
    guard abs(down.dot(beam)) > verdicts.number("tolerance") else { return }
    let angle = gravity.value.angle(to: beam)
    verdicts.report(
        "gravity \(gravity.value.words) makes \(Wording.number(angle, digits: 4)) deg with the beam; 90 deg is expected",
        at: gravity.places, values: [("gravity", gravity.value.datum), ("angle", .quantity(angle, unit: "deg"))],
        subjects: [verdicts.subject(.category, "gravity")])
}

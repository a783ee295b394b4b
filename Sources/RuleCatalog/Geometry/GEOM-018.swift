// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom018 = Rule(
        "GEOM-018", .B, "beam is not along the Z axis", applies: .both,
        parameters: [
            Parameter("tolerance", "Angle to Z that passes", 0.5, unit: "deg", limits: 0...10)
        ],
        what: """
            The stated direction of the beam: against -Z in the imgCIF frame (the source lies along +Z), along +Z in \
            the McStas frame. The stated vector is used here.
            """,
        why: "Common readers take the beam along Z whatever the file says, and place the beam centre elsewhere.",
        fix: "Turn all vectors into a frame whose Z axis runs along the beam.",
        references: [
            "imgCIF AXIS, laboratory coordinate system",
            "cctbx/dxtbx:src/dxtbx/format/FormatNXmx.py",
            "nexusformat/definitions#925",
        ],
        checks: [.experiment(tiltedBeam)])
}

private func tiltedBeam(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let direction = view.experiment.beam.direction
    guard direction.origin.place != nil, view.experiment.frame != .image else { return }
    let isMcStas = view.experiment.frame == .mcStas
    let angle = direction.value.angle(to: isMcStas ? .unitZ : -.unitZ)
    guard angle > verdicts.number("tolerance") else { return }
    verdicts.report(
        "beam direction is \(direction.value.words), \(Wording.number(angle, digits: 4)) deg from "
            + "\(isMcStas ? "+Z" : "-Z")",
        at: direction.places,
        values: [("direction", direction.value.datum), ("angle", .quantity(angle, unit: "deg"))],
        subjects: [verdicts.subject(.category, "beam")])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom005 = Rule(
        "GEOM-005", .C, "detector translation is not along the beam", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Angle to the beam that passes", 0.5, unit: "deg", limits: 0...10)
        ],
        what: "The angle between the beam and the translation that changes the distance, at zero settings.",
        why: """
            The beam centre moves when the distance is changed, and programs that shift the detector along the beam \
            lose it.
            """,
        fix: "Correct the vector of the translation, or keep it and confirm that the rail is tilted.",
        references: ["imgCIF _axis.vector[3]"],
        needs: .placedPanels + ["GEOM-003", "SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(tiltedTranslations)])
}

private func tiltedTranslations(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    for (sighting, axis, direction) in view.distanceAxes where verdicts.areSound(verdicts.subjects(of: [sighting])) {
        let turn = direction.angle(to: beam)
        let angle = min(turn, 180 - turn)
        guard angle > verdicts.number("tolerance"), let pixel = sighting.panel.spacing?.fast, pixel > 0 else {
            continue
        }
        let travel = abs(sighting.settings[axis.id])
        let across = direction.normalised.map { ($0 - $0.dot(beam) * beam).length } ?? 0
        let shift = Wording.number(travel * across / pixel, digits: 3)
        verdicts.report(
            "translation '\(axis.id)' makes \(Wording.number(angle, digits: 4)) deg with the beam; over "
                + "\(Wording.number(travel)) mm the beam centre moves \(shift) px",
            at: axis.vectorPlaces,
            values: [("axis", .text(axis.id.text)), ("angle", .quantity(angle, unit: "deg"))],
            subjects: [verdicts.subject(.category, "tilt of " + axis.id.text)])
    }
}

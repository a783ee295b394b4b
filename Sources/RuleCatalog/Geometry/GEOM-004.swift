// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom004 = Rule(
        "GEOM-004", .C, "detector translation points to the source", applies: .imgCIF,
        what: """
            The direction of the translation along the beam that carries the detector: away from the source, so that \
            its setting is the distance. The other direction is allowed with negative settings.
            """,
        why: "Programs that take the setting for the distance put the detector on the wrong side.",
        fix: "Turn the vector of the translation to 0 0 -1 and change the sign of its settings.",
        references: ["imgCIF AXIS, Example 2 (displacement -240)"],
        needs: .placedPanels + ["GEOM-003", "SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(reversedTranslations)])
}

private func reversedTranslations(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    for (sighting, axis, direction) in view.distanceAxes {
        guard direction.dot(beam) < 0,
            verdicts.areSound(
                verdicts.subjects(of: [sighting]) + [verdicts.subject(.detector, sighting.detector.id)])
        else { continue }
        let setting = sighting.settings[axis.id]
        guard setting != 0 else { continue }
        verdicts.report(
            "translation '\(axis.id)' points to the source; its setting \(Wording.number(setting)) mm is minus the distance",
            at: axis.vectorPlaces,
            values: [("axis", .text(axis.id.text)), ("setting", .quantity(setting, unit: "mm"))],
            subjects: verdicts.axes([axis.id]))
    }
}

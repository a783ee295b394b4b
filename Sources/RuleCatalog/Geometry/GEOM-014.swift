// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let geom014 = Rule(
        "GEOM-014", .C, "panel is tilted at zero swing", applies: .both,
        parameters: [
            Parameter("tolerance", "Angle between normal and beam that passes", 5, unit: "deg", limits: 0.1...45)
        ],
        what: """
            The angle between the normal of the panel and the beam, with the base swing put to 0, where one flat panel \
            is the only one.
            """,
        why: """
            Detectors of one panel stand square to the beam but for their swing: a tilt is nearly always a wrong vector \
            or setting, and moves every reflection.
            """,
        fix: """
            Correct the vectors of the pixel axes, or the rotation that tilts the panel; confirm by an answer that it is \
            tilted.
            """,
        references: ["imgCIF AXIS", "COMCIFS/imgCIF_Creator"],
        needs: .placedPanels + ["GEOM-001", "GEOM-002", "GEOM-003", "SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(tiltedPanel)])
}

private func tiltedPanel(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.experiment.detectors.count == 1, view.experiment.detectors[0].panels.count == 1,
        let beam = view.experiment.beam.direction.value.normalised, !view.isBeamAstray,
        let sighting = view.firstSightings.first, verdicts.areSound(verdicts.subjects(of: [sighting])),
        let normal = (try? sighting.planeWithoutSwing.get())?.normal
    else { return }
    let angle = min(normal.angle(to: beam), normal.angle(to: -beam))
    // A header that swings a panel has no axis whose setting could be put to 0.
    let isSwungByHeader = (view.reading?.header?.swing?.value ?? 0) != 0
    guard angle > verdicts.number("tolerance"), !isSwungByHeader else { return }
    verdicts.report(
        "panel '\(sighting.panel.id)' is tilted by \(Wording.fixed(angle, 1)) deg at zero swing",
        at: [sighting.panel.place],
        values: [("panel", .text(sighting.panel.id)), ("angle", .quantity(angle, unit: "deg"))],
        subjects: [verdicts.subject(.panel, sighting.panel.id)])
}

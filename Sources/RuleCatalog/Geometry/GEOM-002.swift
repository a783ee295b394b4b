// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom002 = Rule(
        "GEOM-002", .A, "panel is seen edge-on by the beam", applies: .both,
        parameters: [
            Parameter(
                "limit", "Cosine of the angle between the normal and the beam", 0.001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            The angle between each panel and the beam, at the settings of each scan with the base swing rotation put \
            to 0, and once more with every rotation of the detector at 0.
            """,
        why: """
            A panel that the beam grazes has no beam centre, and hardly sees the diffraction: its directions are given \
            wrongly.
            """,
        fix: "Correct the vectors of the pixel axes, or the rotation that turns the panel.",
        references: ["imgCIF AXIS", "NXdetector_module/fast_pixel_direction@vector"],
        needs: .placedPanels + ["SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(grazedPanels)])
}

private func grazedPanels(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let beam = view.experiment.beam.direction.value.normalised, !view.isBeamAstray else { return }
    var told = Set<String>()
    for sighting in view.sightings where !told.contains(sighting.panel.id) {
        guard let normal = (try? sighting.planeWithoutSwing.get())?.normal,
            abs(normal.dot(beam)) < verdicts.number("limit"),
            abs((try? sighting.planeWithoutTurns.get())?.normal?.dot(beam) ?? 0) < verdicts.number("limit"),
            verdicts.areSound(verdicts.subjects(of: [sighting]))
        else { continue }
        told.insert(sighting.panel.id)
        let angle = abs(90 - normal.angle(to: beam))
        verdicts.report(
            "panel '\(sighting.panel.id)' makes \(Wording.number(angle, digits: 3)) deg with the beam in scan "
                + "'\(sighting.scanName)'",
            at: [sighting.panel.place],
            values: [("panel", .text(sighting.panel.id)), ("angle", .quantity(angle, unit: "deg"))],
            subjects: [verdicts.subject(.panel, sighting.panel.id)])
    }
}

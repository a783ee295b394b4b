// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel003 = Rule(
        "PIXEL-003", .A, "fast and slow pixel directions are nearly parallel", applies: .both,
        parameters: [
            Parameter("limit", "Sine of the angle between the directions", 0.5, unit: "ratio", limits: 0.001...0.9)
        ],
        what: "The angle between the fast and the slow direction of each panel, both turned by the chain they hang on.",
        why: "Two parallel directions span no plane: no pixel has a place of its own.",
        fix: "Correct the vector of one of the two pixel axes.",
        references: ["imgCIF _array_structure_list_axis.axis_id", "NXdetector_module/fast_pixel_direction@vector"],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-022"],
        reads: [.settings],
        checks: [.experiment(parallelDirections)])
}

private func parallelDirections(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let limit = verdicts.number("limit")
    for sighting in view.firstSightings {
        guard let (fast, slow) = sighting.directions, verdicts.areSound(verdicts.axes(sighting.axes)) else { continue }
        guard fast.cross(slow).length < limit else { continue }
        let angle = Wording.number(fast.angle(to: slow), digits: 4)
        verdicts.report(
            "fast and slow directions of panel '\(sighting.panel.id)' are nearly parallel, \(angle) deg apart",
            at: [sighting.panel.place],
            values: [("panel", .text(sighting.panel.id)), ("angle", .quantity(fast.angle(to: slow), unit: "deg"))],
            subjects: [verdicts.subject(.panel, sighting.panel.id)])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel005 = Rule(
        "PIXEL-005", .B, "pixel directions are not perpendicular", applies: .both,
        parameters: [
            Parameter(
                "tolerance", "Cosine of the angle between the directions", 0.001, unit: "ratio", limits: 0.000001...0.1)
        ],
        what: "The angle between the fast and the slow direction of each panel; 90 degrees is what readers take.",
        why: "Common readers refuse a panel whose directions are not perpendicular, or straighten it in silence.",
        fix: "Correct the vectors of the pixel axes, with enough digits.",
        references: [
            "NXdetector_module/slow_pixel_direction@vector",
            "cctbx/dxtbx:src/dxtbx/nexus/__init__.py",
            "nexusformat/definitions#1247",
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-022", "PIXEL-003"],
        reads: [.settings],
        checks: [.experiment(slantedDirections)])
}

private func slantedDirections(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    for sighting in view.firstSightings {
        let subject = verdicts.subject(.panel, sighting.panel.id)
        guard let (fast, slow) = sighting.directions, abs(fast.dot(slow)) > tolerance,
            verdicts.areSound(verdicts.axes(sighting.axes) + [subject])
        else { continue }
        let angle = fast.angle(to: slow)
        verdicts.report(
            "fast and slow directions of panel '\(sighting.panel.id)' are \(Wording.number(angle)) deg apart",
            at: [sighting.panel.place],
            values: [("panel", .text(sighting.panel.id)), ("angle", .quantity(angle, unit: "deg"))], subjects: [subject]
        )
    }
}

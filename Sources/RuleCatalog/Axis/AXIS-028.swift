// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis028 = Rule(
        "AXIS-028", .C, "rotation axis lies along the beam", applies: .both,
        parameters: [
            Parameter("limit", "Angle to the beam that counts as along it", 5, unit: "deg", limits: 0...45)
        ],
        what: "The angle between the beam and the goniometer rotation that moves over the scan.",
        why: "Turning about the beam records one plane of reciprocal space only: the vector is hardly meant.",
        fix: "Write the direction of the rotation axis, which usually lies across the beam.",
        references: ["imgCIF _axis.vector[1]", "NXtransformations/AXISNAME@vector"],
        needs: ["AXIS-001", "AXIS-002", "AXIS-004", "AXIS-013", "AXIS-022", "AXIS-024"],
        reads: [.settings],
        checks: [.experiment(rotationsAlongBeam)])
}

private func rotationsAlongBeam(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let beam = view.experiment.beam.direction.value.normalised, !view.isBeamAstray else { return }
    let carrying = view.axisUse.goniometerChain
    var told: Set<AxisID> = []
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        for row in scan.axes where carrying.contains(row.axis) && !told.contains(row.axis) {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                row.settings.travelOfStarts(frames: scan.frameCount.value) > 1e-6,
                verdicts.areSound(verdicts.axes([axis.id])),
                let direction = view.direction(of: axis, in: scan)
            else { continue }
            let angle = min(direction.angle(to: beam), direction.angle(to: -beam))
            guard angle < verdicts.number("limit") else { continue }
            told.insert(axis.id)
            verdicts.report(
                "rotation axis '\(axis.id)' lies \(Wording.fixed(angle, 1)) deg from the beam: one plane of reciprocal "
                    + "space is recorded",
                at: axis.vectorPlaces,
                values: [("axis", .text(axis.id.text)), ("angle", .quantity(angle, unit: "deg"))],
                subjects: [verdicts.subject(.category, "direction of rotation")])
        }
    }
}

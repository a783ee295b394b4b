// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis018 = Rule(
        "AXIS-018", .G, "gravity lies along the principal axis", applies: .both,
        parameters: [
            Parameter("tolerance", "Angle between gravity and the axis", 6, unit: "deg", limits: 0...20)
        ],
        what: "The angle between the stated direction of gravity and the principal rotation of the goniometer.",
        why: """
            Horizontal goniometers have been published as vertical ones by mistake, and vertical ones without a word; \
            pictures and polarisation then turn by a quarter.
            """,
        fix: "Confirm that the goniometer is vertical, or correct the vector of the gravity axis.",
        references: [
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/hdf5_test.imgcif (_audit.update_record)",
            "cctbx/dxtbx#651",
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-017"],
        reads: [.polarisation],
        checks: [.experiment(verticalGoniometer)])
}

private func verticalGoniometer(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let gravity = view.experiment.gravity
    guard gravity.origin.place != nil, let principal = view.principalAxis,
        verdicts.areSound(verdicts.axes([principal.id]) + [verdicts.subject(.category, "gravity")])
    else { return }
    let angle = gravity.value.angle(to: principal.vector.value)
    guard min(angle, 180 - angle) <= verdicts.number("tolerance") else { return }
    verdicts.report(
        "gravity \(gravity.value.words) lies along the principal axis '\(principal.id)': a vertical goniometer",
        at: gravity.places, values: [("gravity", gravity.value.datum), ("axis", .text(principal.id.text))],
        subjects: [verdicts.subject(.category, "gravity")])
}

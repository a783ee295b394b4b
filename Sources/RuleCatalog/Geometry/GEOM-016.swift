// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom016 = Rule(
        "GEOM-016", .B, "rotation axis opposes the instrument library", applies: .both,
        what: """
            The direction of the goniometer rotation that moves over the scan, by the pixels of the detector at zero swing, \
            against the entry of rules/facilities found by the serial number of the detector, else by beamline or make, \
            with its dates. Without an entry IMAGE-012 tells the sense from the images.
            """,
        why: "Rotation the other way gives a mirrored lattice: spots are not predicted, or the hand is wrong.",
        fix: """
            Reverse the vector of the rotation axis, or correct the pixel directions; confirm by an answer that the \
            goniometer turns the other way now.
            """,
        references: [
            "cctbx/cctbx_project#282", "cctbx/dxtbx#178", "cctbx/dxtbx#649", "dials/dials#3221", "dials/dials#2139",
            "legrandp/xdsme#13",
        ],
        needs: .placedPanels + ["GEOM-001", "GEOM-002", "GEOM-003", "GEOM-015", "PIXEL-011", "AXIS-028"],
        reads: [.settings, .detectorName, .places],
        checks: [.experiment(opposedRotation)])
}

private func opposedRotation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // GEOM-015 tells of a detector that stands otherwise; by its pixels the rotation would then seem reversed.
    guard let sight = InstrumentSight(view, &verdicts), sight.orientation(in: view) == nil else { return }
    let entry = sight.entry
    let expected = sight.expected(entry.rotation)
    let carrying = view.axisUse.goniometerChain
    var told: Set<AxisID> = []
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        for row in scan.axes where carrying.contains(row.axis) && !told.contains(row.axis) {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                // What a header does not say is assumed and not wrong.
                axis.vector.origin.place != nil,
                row.settings.travelOfStarts(frames: scan.frameCount.value) > 1e-6,
                verdicts.areSound(verdicts.axes([axis.id])),
                let direction = view.direction(of: axis, in: scan), sight.byPixels(direction).dot(expected) < -0.9
            else { continue }
            told.insert(axis.id)
            verdicts.report(
                "rotation '\(axis.id)' is \(direction.words); the library entry '\(entry.id)' has the opposite sense",
                at: axis.vectorPlaces,
                values: [
                    ("axis", .text(axis.id.text)), ("vector", direction.datum), ("entry", .text(entry.id)),
                ], subjects: [verdicts.subject(.category, "direction of rotation")])
        }
    }
}

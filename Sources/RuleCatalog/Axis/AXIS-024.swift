// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis024 = Rule(
        "AXIS-024", .A, "moving rotation does not carry the sample", applies: .both,
        what: """
            Each rotation whose setting changes from frame to frame stands in the chain of the sample or of a \
            detector.
            """,
        why: "Readers find no moving axis behind the sample and take the scan for stills, or reject it.",
        fix: """
            Let the chain of the sample run through the axis: give it the equipment goniometer, and let the axis \
            above depend on it.
            """,
        fixInNeXus: "Let the chain of the sample run through the axis, by depends_on of the NXsample.",
        references: [
            "NXmx:/NXentry/NXsample/depends_on",
            "dials/dials#126",
            "dials/dials#2720",
            "dials/dials#476",
            "cctbx/dxtbx#168",
        ],
        needs: ["AXIS-001", "AXIS-002"],
        reads: [.settings],
        checks: [.experiment(idleRotations)])
}

private func idleRotations(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // Without an NXsample no chain is that of the sample, which NX-033 tells.
    guard !view.experiment.absentParts.contains(where: { $0.item == "NXsample" }) else { return }
    let use = view.axisUse
    let carrying = use.goniometerChain.union(use.detectorChain)
    let innermost = view.experiment.goniometer?.sampleAxis.map { [$0.value] } ?? []
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        let moving = scan.axes.filter { $0.settings.travelOfStarts(frames: scan.frameCount.value) > 1e-6 }
        guard !moving.contains(where: { carrying.contains($0.axis) }) else { continue }
        for row in moving {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                verdicts.areSound(verdicts.axes([axis.id] + innermost))
            else { continue }
            verdicts.report(
                "rotation '\(axis.id)' varies over \(scan.frameCount.value) frames and is not in the chain of the sample",
                at: [axis.place],
                values: [("axis", .text(axis.id.text)), ("frames", .integer(scan.frameCount.value))],
                subjects: verdicts.axes([axis.id]) + [verdicts.subject(.scan, scan.id)])
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan012 = Rule(
        "SCAN-012", .B, "step or range of the scan is implausible", applies: .both,
        parameters: [
            Parameter("min", "Smallest step", 0.00001, unit: "deg", limits: 0...0.001),
            Parameter("max", "Greatest step", 10, unit: "deg", limits: 1...90),
        ],
        what: """
            The step of the rotation of a scan of more than one frame; one frame alone may turn by up to 90 degrees. A \
            whole scan of about 2 pi with many frames looks like radians; steps of 30 degrees and more look like \
            screening images.
            """,
        why: "A step in the wrong unit, or stills told as a scan, makes integration predict no spot where it is.",
        fix: "Write the step in degrees; describe screening images as scans of one frame each.",
        references: [
            "cctbx/cctbx_project#271",
            "cctbx/cctbx_project#208",
            "cctbx/dxtbx#514",
            "dials/dials#3250",
            "dials/dials#2606",
        ],
        needs: ["SCAN-009", "SCAN-005"],
        reads: [.settings],
        checks: [.experiment(implausibleSteps)])
}

private func implausibleSteps(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where scan.frameCount.value > 0 {
        let frames = scan.frameCount.value
        for row in scan.axes {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                let step = row.settings.typicalStep, step != 0,
                verdicts.areSound([verdicts.subject(.scan, scan.id)])
            else { continue }
            let size = abs(step)
            let isRadians = frames > 500 && (5.5...6.5).contains(size * Double(frames))
            let isStated =
                frames == 1 ? size <= 90 : size >= verdicts.number("min") && size <= verdicts.number("max")
            guard !isStated || isRadians else { continue }
            let guess =
                isRadians ? "; looks like radians" : size >= 30 && frames > 1 ? "; looks like screening images" : ""
            verdicts.report(
                "scan '\(scan.id)': step \(Wording.number(step)) deg over \(frames) frame\(frames == 1 ? "" : "s")\(guess)",
                at: [row.place],
                values: [
                    ("scan", .text(scan.id)), ("step", .quantity(step, unit: "deg")), ("frames", .integer(frames)),
                ], subjects: [verdicts.subject(.category, "step of " + scan.id)])
        }
    }
}

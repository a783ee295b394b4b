// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan009 = Rule(
        "SCAN-009", .B, "not exactly one axis moves in the scan", applies: .both,
        parameters: [
            Parameter("limitAngle", "Turn that counts as movement", 0.0001, unit: "deg", limits: 0...0.1),
            Parameter("limitLength", "Displacement that counts as movement", 0.001, unit: "mm", limits: 0...1),
        ],
        what: """
            The axes that move over a scan of more than one frame. One rotation of the goniometer moves, with or \
            without translations of the sample (helical scans); translations alone are a raster, nothing moving is a \
            series of stills. Two rotations, or an axis that moves the detector, are told.
            """,
        why: "Common readers take exactly one rotation for the scan axis, and stop or guess otherwise.",
        fix: "Give the axis that moved its start and increment, and every other axis a constant setting.",
        references: ["cctbx/dxtbx:src/dxtbx/nexus/__init__.py", "dials/dials#190", "xia2/xia2#177"],
        needs: [
            "SCAN-001", "SCAN-005", "SCAN-006", "SCAN-020", "AXIS-001", "AXIS-002", "AXIS-007", "AXIS-013",
            "AXIS-024",
        ],
        reads: [.settings],
        checks: [.experiment(movingAxes)])
}

private func movingAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard verdicts.areAxesRead(view) else { return }
    let use = view.axisUse
    let carriers = use.goniometerChain.union(use.detectorChain).subtracting(use.pixelAxes)
    // A set has another order in each run, and the first fault is told.
    let inOrder = view.experiment.axes.map(\.id).filter(carriers.contains)
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        guard verdicts.areSound([verdicts.subject(.scan, scan.id)] + verdicts.axes(inOrder)) else { continue }
        let frames = scan.frameCount.value
        let moving = scan.axes.filter { row in
            guard let axis = view.graph[row.axis], carriers.contains(row.axis) else { return false }
            let limit = axis.motion.value == .rotation ? "limitAngle" : "limitLength"
            return row.settings.travelOfStarts(frames: frames) > verdicts.number(limit)
        }
        let ofDetector = moving.filter { !use.goniometerChain.contains($0.axis) }
        let turning = moving.filter { row in
            use.goniometerChain.contains(row.axis) && view.graph[row.axis]?.motion.value == .rotation
        }
        guard turning.count > 1 || !ofDetector.isEmpty else { continue }
        let told = turning + ofDetector
        let names = Wording.list(told.map(\.axis).words)
        let verb = told.count == 1 ? "axis moves" : "axes move"
        let what = turning.isEmpty ? ", and the detector with \(told.count == 1 ? "it" : "them")" : ""
        verdicts.report(
            "scan '\(scan.id)' of \(frames) frames: \(told.count) \(verb) (\(names))\(what)", at: told.map(\.place),
            values: [("scan", .text(scan.id)), ("n", .integer(told.count))],
            subjects: [verdicts.subject(.scan, scan.id)])
    }
}

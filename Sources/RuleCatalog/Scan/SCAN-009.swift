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
            The number of goniometer and detector axes that move over a scan of more than one frame: one. None means a \
            series of stills or forgotten settings; of more than one, readers take one and leave the others.
            """,
        why: "Common readers take exactly one moving axis for the scan axis, and stop or guess otherwise.",
        fix: "Give the axis that moved its start and increment, and every other axis a constant setting.",
        references: ["cctbx/dxtbx:src/dxtbx/nexus/__init__.py", "dials/dials#190", "xia2/xia2#177"],
        needs: ["SCAN-001", "SCAN-005", "SCAN-020", "AXIS-001", "AXIS-002", "AXIS-024"],
        reads: [.settings],
        checks: [.experiment(movingAxes)])
}

private func movingAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard verdicts.areAxesRead(view) else { return }
    let hasRotation = view.experiment.axes.contains {
        $0.motion.value == .rotation
            && ($0.equipment.value == .goniometer || view.experiment.goniometer?.axes.contains($0.id) == true)
    }
    let use = view.axisUse
    let carrying = use.goniometerChain.union(use.detectorChain).subtracting(use.pixelAxes)
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        guard verdicts.areSound([verdicts.subject(.scan, scan.id)]) else { continue }
        let frames = scan.frameCount.value
        let moving = scan.axes.filter { row in
            guard let axis = view.graph[row.axis], carrying.contains(row.axis) else { return false }
            let limit = axis.motion.value == .rotation ? "limitAngle" : "limitLength"
            return row.settings.travelOfStarts(frames: frames) > verdicts.number(limit)
        }
        guard moving.count != 1, !(moving.isEmpty && (!hasRotation || view.isStill(scan))) else { continue }
        let names = moving.isEmpty ? "none" : Wording.list(moving.map(\.axis.name))
        verdicts.report(
            "scan '\(scan.id)' of \(frames) frames: \(moving.count) axes move (\(names))",
            at: moving.isEmpty ? [scan.place] : moving.map(\.place),
            values: [("scan", .text(scan.id)), ("n", .integer(moving.count))],
            subjects: [verdicts.subject(.scan, scan.id)])
    }
}

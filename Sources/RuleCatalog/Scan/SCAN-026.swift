// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan026 = Rule(
        "SCAN-026", .C, "settings look never recorded", applies: .both,
        parameters: [
            Parameter("frames", "Frames from which on a scan is looked at", 2, unit: "count", limits: 2...1000)
        ],
        what: """
            All settings of every goniometer rotation of a scan of several frames are exactly 0 while the exposure \
            says that something was recorded, and no translation moves. Stated distances of exactly 0 are named beside \
            them. A series of stills looks the same.
            """,
        why: "Programs take the frames for stills at one orientation, and a rotation scan does not index as such.",
        fix: "Write the angle of each frame; confirm it by an answer if the crystal stood still.",
        references: ["imgCIF _diffrn_scan_frame_axis.angle", "NXtransformations/AXISNAME", "xia2/xia2#177"],
        needs: ["SCAN-006", "SCAN-010", "SCAN-020", "AXIS-001", "AXIS-002", "AXIS-013", "AXIS-022", "AXIS-024"],
        reads: [.distance, .exposure, .imageCount, .period, .settings],
        checks: [.experiment(settingsOfZero)])
}

private func settingsOfZero(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.unreadAxis == nil else { return }
    let carrying = view.axisUse.goniometerChain
    for scan in view.experiment.scans where Double(scan.frameCount.value) >= verdicts.number("frames") {
        guard !view.isStill(scan), (scan.exposure?.value.first ?? scan.period?.value.first ?? 0) > 0 else { continue }
        let rows = scan.axes.filter { carrying.contains($0.axis) }
        let rotations = rows.filter { view.graph[$0.axis]?.motion.value == .rotation }
        guard !rotations.isEmpty, rotations.allSatisfy({ !$0.settings.isDisplaced }),
            !rows.contains(where: { $0.settings.travelOfStarts(frames: scan.frameCount.value) > 0 }),
            verdicts.areSound([verdicts.subject(.scan, scan.id)] + verdicts.axes(carrying))
        else { continue }
        let zero = view.experiment.detectors.contains { $0.statedDistances.contains { $0.value.value == 0 } }
        let names = Wording.list(rotations.map(\.axis).words)
        verdicts.report(
            "settings of scan '\(scan.id)' are all zero (\(names))\(zero ? ", and so is the distance" : ""); they were "
                + "hardly recorded",
            at: rotations.map(\.place), values: [("scan", .text(scan.id)), ("axes", .text(names))],
            subjects: [verdicts.subject(.category, "settings of " + scan.id)])
    }
}

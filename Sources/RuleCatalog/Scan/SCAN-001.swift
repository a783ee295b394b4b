// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let scan001 = Rule(
        "SCAN-001", .A, "scan has no axis settings", applies: .imgCIF,
        what: """
            Each scan of more than one frame has axis settings, in DIFFRN_SCAN_AXIS or frame by frame in \
            DIFFRN_SCAN_FRAME_AXIS. A series declared as still in DIFFRN_SCAN_COLLECTION passes.
            """,
        why: "Without settings nobody can tell how the crystal was turned from one frame to the next.",
        fix: "Add a row to DIFFRN_SCAN_AXIS for each axis, with start, increment and range.",
        references: ["imgCIF _diffrn_scan_axis.axis_id"],
        reads: [.settings],
        checks: [.experiment(scansWithoutSettings)])
}

private func scansWithoutSettings(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.reading?.kind == .imgCIF else { return }
    for scan in view.experiment.scans where scan.axes.isEmpty && scan.frameCount.value > 1 && !view.isStill(scan) {
        verdicts.report(
            "scan '\(scan.id)' of \(scan.frameCount.value) frames has no axis settings", at: [scan.place],
            values: [("scan", .text(scan.id)), ("frames", .integer(scan.frameCount.value))],
            subjects: [verdicts.subject(.scan, scan.id)])
    }
}

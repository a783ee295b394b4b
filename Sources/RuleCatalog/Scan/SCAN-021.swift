// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan021 = Rule(
        "SCAN-021", .B, "single-axis scan runs backwards", applies: .nxmx,
        what: """
            A goniometer of one rotation whose angles fall. dxtbx 3.29 does not open such a file. With convert also before \
            anything is written.
            """,
        why: "Processing stops before it begins.",
        fix: """
            Negate the vector of the axis and its angles, which moves nothing; convert does it with \
            --rotation-sense positive.
            """,
        references: ["cctbx/dxtbx:src/dxtbx/model/scan.h"],
        needs: ["SCAN-006", "SCAN-010", "AXIS-001", "AXIS-002", "AXIS-024"],
        reads: [.settings],
        checks: [.experiment(fallingScans), .conversion])
}

private func fallingScans(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil, view.unreadAxis == nil else { return }
    for scan in view.experiment.scans {
        guard let falling = view.experiment.fallingScan(scan),
            verdicts.areSound([verdicts.subject(.scan, scan.id)] + verdicts.axes([falling.axis]))
        else { continue }
        verdicts.report(
            falling.sentence(of: scan.id), at: scan.axis(falling.axis).map { [$0.place] } ?? [],
            values: [
                ("scan", .text(scan.id)), ("start", .quantity(falling.start, unit: "deg")),
                ("end", .quantity(falling.end, unit: "deg")),
            ], subjects: [verdicts.subject(.category, "sense of " + scan.id)])
    }
}

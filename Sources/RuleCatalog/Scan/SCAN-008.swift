// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan008 = Rule(
        "SCAN-008", .C, "frame numbers begin at 0", applies: .imgCIF,
        what: """
            The lowest frame number of a scan: the words of the dictionary begin at 1, its range and its example allow \
            0. Settings are computed from the lowest number either way.
            """,
        why: "A program that takes the start angle for frame 1 is one frame off.",
        fix: "Number the frames from 1.",
        references: ["imgCIF _diffrn_scan_frame.frame_number (range 0:, text 'starting with 1')"],
        needs: ["SCAN-007"],
        checks: [.experiment(countingFromZero)])
}

private func countingFromZero(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        guard let listed = scan.frameNumbers, listed.value.min() == 0,
            verdicts.areSound([verdicts.subject(.scan, scan.id)])
        else { continue }
        verdicts.report(
            "frame numbers of scan '\(scan.id)' begin at 0; frame 0 is taken as the first", at: listed.places,
            values: [("scan", .text(scan.id))], subjects: [verdicts.subject(.category, "numbers of " + scan.id)])
    }
}

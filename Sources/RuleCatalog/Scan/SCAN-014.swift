// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan014 = Rule(
        "SCAN-014", .B, "exposure is longer than the frame period", applies: .both,
        parameters: [
            Parameter("tolerance", "Relative difference that passes", 0.01, unit: "ratio", limits: 0...0.2)
        ],
        what: "The exposure of a frame against the time from the start of one frame to the start of the next.",
        why: "A frame cannot be exposed longer than it lasts: one of the two times is wrong, or in another unit.",
        fix: "Write both times in seconds; the period is exposure plus readout.",
        references: [
            "imgCIF _diffrn_scan_frame.time_period, .time_rstrt_incr",
            "NXmx:/NXentry/NXinstrument/NXdetector/frame_time",
        ],
        needs: ["SCAN-013"],
        reads: [.exposure, .period],
        checks: [.experiment(longExposures)])
}

private func longExposures(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        guard let exposure = scan.exposure, let period = scan.period, let exposed = exposure.value.first,
            let lasted = period.value.first, lasted.isFinite, lasted > 0 || view.block == nil,
            verdicts.areSound([verdicts.subject(.category, "exposure of " + scan.id)])
        else { continue }
        guard exposed > lasted * (1 + verdicts.number("tolerance")) else { continue }
        verdicts.report(
            "scan '\(scan.id)': exposure \(Wording.number(exposed)) s, frame period \(Wording.number(lasted)) s",
            at: exposure.places + period.places,
            values: [
                ("scan", .text(scan.id)), ("exposure", .quantity(exposed, unit: "s")),
                ("period", .quantity(lasted, unit: "s")),
            ], subjects: [verdicts.subject(.category, "period of " + scan.id)])
    }
}

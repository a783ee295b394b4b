// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import NeXus
import RuleEngine

extension Rule {
    static let scan015 = Rule(
        "SCAN-015", .C, "time stamps do not fit the scan", applies: .both,
        parameters: [
            Parameter("fraction", "Share of the time of the frames that passes", 0.2, unit: "ratio", limits: 0...1),
            Parameter("margin", "Time beside the frames that passes", 60, unit: "s", limits: 0...86400),
        ],
        what: """
            The dates of a scan, and that of the header of an image: not before 1990 and not later than now; the end \
            after the start; dates of frames in the order of the frames, distinct, between start and end. The time \
            from start to end holds the periods of all frames, within the resolution of the dates, and is not longer \
            by more than the margin and a share of them.
            """,
        why: "Dates from another run, or times in another unit, put the dose and the order of measurements wrong.",
        fix: "Write the dates of this scan, and times in the units they are stated in.",
        references: ["imgCIF _diffrn_scan.date_start", "NXmx:/NXentry/start_time, end_time", "NXdetector/frame_time"],
        needs: ["SCAN-016"],
        reads: [.times, .period],
        checks: [.experiment(datesOfScans)])
}

private func datesOfScans(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for (index, scan) in view.experiment.scans.enumerated() {
        var dates = view.block == nil ? ScanDates(of: view.experiment) : ScanDates(of: scan, number: index, view)
        if [.minicbf, .smv, .tiff].contains(view.kind) {
            dates.start = view.experiment.identity.startTime?.map { DateText.normalised($0, zone: nil) ?? $0 }
        }
        guard let (fault, stamps) = dates.fault(scan, isStill: view.isStill(scan), verdicts) else { continue }
        let shown = stamps.map { "'\(Wording.excerpt($0.value))'" }.joined(separator: ", ")
        verdicts.report(
            "scan '\(scan.id)': \(fault) (\(shown))", at: stamps.flatMap(\.places),
            values: [("scan", .text(scan.id)), ("fault", .text(fault))],
            subjects: [verdicts.subject(.category, "dates of " + scan.id)])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan010 = Rule(
        "SCAN-010", .B, "frame settings do not advance by the stated step", applies: .both,
        parameters: [
            Parameter(
                "fraction", "Share of the step by which a setting may differ", 0.05, unit: "step", limits: 0...0.5),
            Parameter("minimum", "Difference that passes whatever the step", 0.001, unit: "deg", limits: 0...0.1),
            Parameter(
                "irregular", "Share of the median step by which steps may differ", 0.1, unit: "step", limits: 0...0.5),
        ],
        what: """
            In imgCIF the setting of each frame in DIFFRN_SCAN_FRAME_AXIS against start and increment in \
            DIFFRN_SCAN_AXIS; in NXmx the steps of the rotation from frame to frame against their median, and the end \
            and the increment of each frame against its start and the step, each converted by its own units. The \
            field that differs is named. The same settings and steps in the NXdata, as set points and in the goniometer of \
            DECTRIS masters lie within half a step.
            """,
        why: """
            Integration programs model one constant step; frames that stand elsewhere are predicted at the wrong \
            angles.
            """,
        fix: "Correct the settings of the frames named, or split the scan where the step changes.",
        references: [
            "imgCIF _diffrn_scan_frame_axis.angle",
            "NXtransformations/AXISNAME_increment_set",
            "cctbx/dxtbx#526",
            "dials/dials#131",
        ],
        needs: ["SCAN-006", "SCAN-005", "AXIS-001", "AXIS-013"],
        reads: [.settings, .sweeps],
        checks: [.experiment(unevenSteps)])
}

private func unevenSteps(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        for row in scan.axes {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                case .explicit(let starts, let ends) = row.settings.unwrapped().series, starts.count > 1,
                verdicts.areSound(verdicts.axes([row.axis]))
            else { continue }
            let isOnly = !scan.axes.contains { other in
                other.axis != row.axis && view.axisUse.goniometerChain.contains(other.axis)
                    && other.settings.travelOfStarts(frames: starts.count) > 1e-6
            }
            let tests = StepTests(starts: starts, ends: ends, row: row, isOnlyMovement: isOnly, verdicts)
            guard let first = tests.outliers.first else {
                compareAgain(row, starts, in: scan, view, &verdicts)
                continue
            }
            let field = tests.field.isEmpty ? "axis '\(row.axis)' is" : "'\(row.axis)\(tests.field)' is"
            verdicts.report(
                "scan '\(scan.id)', frame \(first.frame): \(field) at \(Wording.number(first.value, digits: 8)) deg, "
                    + "\(Wording.number(first.expected, digits: 8)) deg is expected\(tests.remark) "
                    + "(\(tests.outliers.count) frame\(tests.outliers.count == 1 ? " differs" : "s differ"))",
                at: tests.places
                    + [.frames(scan: scan.id, ranges: FrameRanges.collapse(tests.outliers.map(\.frame)))],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)), ("frame", .integer(first.frame)),
                    ("value", .quantity(first.value, unit: "deg")),
                    ("expected", .quantity(first.expected, unit: "deg")),
                ], count: tests.outliers.count, subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}

/// Settings and steps that the file states once more elsewhere; steps of 0 are what writers leave open.
private func compareAgain(
    _ row: ScanAxis, _ starts: [Double], in scan: Scan, _ view: ExperimentView, _ verdicts: inout Verdicts
) {
    let steps = zip(starts.dropFirst(), starts).map { $0 - $1 }.sorted()
    guard view.axisUse.goniometerChain.contains(row.axis), let step = steps.dropFirst(steps.count / 2).first, step != 0
    else { return }
    let slack = max(abs(step) / 2, verdicts.number("minimum"))
    func report(_ item: String, _ words: String, _ places: [Place], _ frame: Int, _ value: Double, _ expected: Double) {
        verdicts.report(
            "scan '\(scan.id)': \(words), and \(Wording.number(value, digits: 8)) deg by '\(item)'",
            at: [row.place] + places,
            values: [
                ("scan", .text(scan.id)), ("axis", .text(row.axis.text)), ("frame", .integer(frame)),
                ("value", .quantity(value, unit: "deg")), ("expected", .quantity(expected, unit: "deg")),
            ], subjects: [verdicts.subject(.scan, scan.id)])
    }
    for (item, again) in row.otherSettings where again.value.count == starts.count {
        let differing = starts.indices.first { abs(Turns.difference(again.value[$0], starts[$0])) > slack }
        guard let frame = differing else { continue }
        report(
            item, "'\(row.axis)' is at \(Wording.number(starts[frame], digits: 8)) deg in frame \(frame + 1)",
            again.places, frame + 1, again.value[frame], starts[frame])
    }
    for (item, again) in row.otherSteps where abs(again.value - step) > slack {
        report(
            item, "'\(row.axis)' advances by \(Wording.number(step, digits: 8)) deg", again.places, 1, again.value, step
        )
    }
}

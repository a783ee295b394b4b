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
            and the increment of each frame against its start and the step.
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
        needs: ["SCAN-006", "SCAN-005", "AXIS-001"],
        reads: [.settings],
        checks: [.experiment(unevenSteps)])
}

private func unevenSteps(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        for row in scan.axes {
            guard let axis = view.graph[row.axis], axis.motion.value == .rotation,
                case .explicit(let starts, let ends) = row.settings.unwrapped().series, starts.count > 1
            else { continue }
            let tests = StepTests(starts: starts, ends: ends, row: row, verdicts)
            guard let first = tests.outliers.first else { continue }
            verdicts.report(
                "scan '\(scan.id)', frame \(first.frame): axis '\(row.axis)' is at \(Wording.number(first.value, digits: 8)) deg, "
                    + "\(Wording.number(first.expected, digits: 8)) deg is expected (\(tests.outliers.count) frames differ)",
                at: [row.place] + [.frames(scan: scan.id, ranges: FrameRanges.collapse(tests.outliers.map(\.frame)))],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)), ("frame", .integer(first.frame)),
                    ("value", .quantity(first.value, unit: "deg")),
                    ("expected", .quantity(first.expected, unit: "deg")),
                ], count: tests.outliers.count, subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}

/// The frames of one axis that do not stand where the step puts them.
private struct StepTests {
    private(set) var outliers: [(frame: Int, value: Double, expected: Double)] = []

    init(starts: [Double], ends: [Double]?, row: ScanAxis, _ verdicts: Verdicts) {
        let steps = zip(starts.dropFirst(), starts).map { $0 - $1 }
        let median = steps.sorted()[steps.count / 2]
        if let start = row.angle.start?.value, let increment = row.angle.increment?.value {
            let step = increment + (row.angle.restartIncrement?.value ?? 0)
            let slack = max(verdicts.number("fraction") * abs(increment), verdicts.number("minimum"))
            for (index, value) in starts.enumerated() {
                let expected = start + Double(index) * step
                let turns = ((value - expected) / 360).rounded() * 360
                if abs(value - expected - turns) > slack { outliers.append((index + 1, value, expected)) }
            }
            return
        }
        guard median != 0 else { return }
        let slack = max(verdicts.number("irregular") * abs(median), verdicts.number("minimum"))
        for (index, step) in steps.enumerated() where abs(step - median) > slack {
            outliers.append((index + 2, starts[index + 1], starts[index] + median))
        }
        guard outliers.isEmpty, let ends, ends.count == starts.count else { return }
        let stated = row.incrementSet?.value ?? [median]
        let endSlack = max(verdicts.number("fraction") * abs(median), verdicts.number("minimum"))
        for (index, end) in ends.enumerated() {
            let width = stated.count == ends.count ? stated[index] : stated[0]
            if abs(end - starts[index] - width) > endSlack { outliers.append((index + 1, end, starts[index] + width)) }
        }
    }
}

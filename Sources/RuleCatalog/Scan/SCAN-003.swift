// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan003 = Rule(
        "SCAN-003", .B, "scan range is one increment out", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Difference from one increment, in frames", 0.05, unit: "frame", limits: 0...0.2)
        ],
        what: """
            For each axis of a scan with a stated range and increment, frames times increment (with the restart \
            increment between frames) is compared with the range, for angles and displacements separately. Here the \
            difference is one increment: the range was counted from the first start to the last start, as dictionaries \
            before 1.8.7 allowed, or one end too many.
            """,
        why: "A program that divides the range by the increment finds one frame too few or too many.",
        fix: "Write the range from the start of the first frame to the end of the last: frames x increment.",
        references: ["imgCIF dictionary history 1.8.7 (angle_range)", "publcif/ImgCIFHandler.jl:tools/image_tests.jl"],
        needs: ["SCAN-005", "SCAN-006"],
        checks: [.experiment(rangesOneOut)])
}

private func rangesOneOut(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        for row in scan.rangeTests(oneOut: verdicts.number("tolerance")) where row.verdict == .oneOut {
            let length = abs(row.range.value) < abs(row.computed) ? "short" : "long"
            verdicts.report(
                "scan '\(scan.id)', axis '\(row.axis)': the range \(Wording.number(row.range.value)) \(row.unit) is one "
                    + "increment \(length) for \(row.frames) frames of \(Wording.number(row.increment.value)) \(row.unit)",
                at: [row.range.place],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)), ("frames", .integer(row.frames)),
                    ("range", .quantity(row.range.value, unit: row.unit)),
                    ("computed", .quantity(row.computed, unit: row.unit)),
                ], subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan002 = Rule(
        "SCAN-002", .A, "scan range disagrees with frames and increment", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Difference in frames that passes", 0.3, unit: "frame", limits: 0...0.5)
        ],
        what: """
            For each axis of a scan with a stated range and increment, frames times increment (with the restart \
            increment between frames) is compared with the range, for angles and displacements separately. A \
            difference of one increment is SCAN-003, one that rounding explains SCAN-004.
            """,
        why: """
            Either the number of frames, the increment or the range is wrong, and every setting computed from the \
            wrong one is off.
            """,
        fix: "Correct the range, or the increment, so that range = frames x increment.",
        references: [
            "imgCIF _diffrn_scan_axis.angle_range, .displacement_range, .angle_rstrt_incr", "HEXRD/hexrd#291",
        ],
        needs: ["SCAN-005", "SCAN-006"],
        checks: [.experiment(wrongRanges)])
}

private func wrongRanges(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        for row in scan.rangeTests(tolerance: verdicts.number("tolerance")) where row.verdict == .disagrees {
            let unit = row.unit
            verdicts.report(
                "scan '\(scan.id)', axis '\(row.axis)': \(row.frames) frames of \(Wording.number(row.increment.value)) \(unit) "
                    + "make \(Wording.number(row.computed)) \(unit), the range is \(Wording.number(row.range.value)) \(unit)",
                at: [row.range.place],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)), ("frames", .integer(row.frames)),
                    ("increment", .quantity(row.increment.value, unit: unit)),
                    ("computed", .quantity(row.computed, unit: unit)),
                    ("range", .quantity(row.range.value, unit: unit)),
                ], subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}

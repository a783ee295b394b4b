// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan005 = Rule(
        "SCAN-005", .A, "range without increment or against its sign", applies: .imgCIF,
        what: """
            An increment of 0 stands only beside a range of 0 or a single frame, and the signs of range and increment \
            agree.
            """,
        why: "The direction of rotation is undecided, and with it the hand of the structure.",
        fix: "Give the increment of one frame with the sign in which the axis turns, and the range with the same sign.",
        references: ["imgCIF _diffrn_scan_axis.angle_increment"],
        checks: [.experiment(contradictingSigns)])
}

private func contradictingSigns(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        for row in scan.rangeTests() where row.verdict == .contradicts {
            let increment =
                row.isIncrementStated
                ? "with increment \(Wording.number(row.increment.value)) \(row.unit)"
                : "without increment, which is 0 by default"
            verdicts.report(
                "scan '\(scan.id)', axis '\(row.axis)': range \(Wording.number(row.range.value)) \(row.unit) \(increment)",
                at: [row.range.place],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)),
                    ("range", .quantity(row.range.value, unit: row.unit)),
                    ("increment", .quantity(row.increment.value, unit: row.unit)),
                ], subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}

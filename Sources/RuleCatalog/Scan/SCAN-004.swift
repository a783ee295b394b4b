// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan004 = Rule(
        "SCAN-004", .C, "increment is rounded too coarsely", applies: .imgCIF,
        parameters: [
            Parameter("relative", "Relative difference that rounding may make", 0.02, unit: "ratio", limits: 0...0.1),
            Parameter("limit", "Uncertainty over the scan that passes", 0.5, unit: "frame", limits: 0.1...1),
        ],
        what: """
            An increment whose few decimals explain why frames times increment misses the range; and an increment of \
            three or more digits, without a range beside it, whose last digit leaves the end of the scan open.
            """,
        why: """
            Settings summed from a rounded increment drift away from the true ones, by degrees at the end of a long \
            scan.
            """,
        fix: "Write the increment with enough decimals: range divided by frames.",
        references: [
            "COMCIFS/imgCIF_Creator (angles to 2, increments to 4 decimals)",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/X285_tiff_test.cif",
        ],
        needs: ["SCAN-005", "SCAN-006"],
        checks: [.experiment(roundedIncrements)])
}

private func roundedIncrements(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans where verdicts.areSound([verdicts.subject(.scan, scan.id)]) {
        for row in scan.rangeTests(relative: verdicts.number("relative")) where row.verdict == .rounded {
            report(scan, row.increment, frames: row.frames, &verdicts)
        }
        for axis in scan.axes where axis.angle.range == nil {
            let frames = scan.frameCount.value
            guard let increment = axis.angle.increment, hasThreeDigits(increment) else { continue }
            let open = Double(frames) * 0.5 * decimalUnit(increment.decimals)
            guard open > verdicts.number("limit") * abs(increment.value) else { continue }
            report(scan, increment, frames: frames, &verdicts)
        }
    }
}

private func hasThreeDigits(_ stated: Stated) -> Bool {
    abs(stated.value) / decimalUnit(stated.decimals) >= 99.5
}

private func report(_ scan: Scan, _ increment: Stated, frames: Int, _ verdicts: inout Verdicts) {
    let open = Double(frames) * 0.5 * decimalUnit(increment.decimals)
    verdicts.report(
        "scan '\(scan.id)': increment \(Wording.fixed(increment.value, increment.decimals)) deg has "
            + "\(increment.decimals) decimals; over \(frames) frames that leaves \(Wording.number(open, digits: 3)) deg open",
        at: [increment.place],
        values: [
            ("scan", .text(scan.id)), ("increment", .quantity(increment.value, unit: "deg")),
            ("decimals", .integer(increment.decimals)), ("uncertainty", .quantity(open, unit: "deg")),
        ], subjects: [verdicts.subject(.category, "increment of " + scan.id)])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan018 = Rule(
        "SCAN-018", .G, "coverage", applies: .both,
        what: """
            Always, for each experiment with a rotation scan: how many scans and frames there are, how many degrees \
            were turned in all and how many of them only once, and what the direction of rotation is. A scan that jumps \
            counts what its frames turn; the same angles at another orientation of the sample count again.
            """,
        why: """
            Coverage decides whether a data set can be complete; scans over the same range add multiplicity, not \
            completeness.
            """,
        fix: "Nothing to mend; compare the numbers with what was measured.",
        references: [
            "IUCrData Raw Data Letters table",
            "xia2/xia2#56",
            "dials/dials#2398",
            "cctbx/dxtbx#690",
            "cctbx/cctbx_project#206",
        ],
        needs: ["SCAN-001", "SCAN-005"],
        reads: [.settings],
        checks: [.experiment(coverage)])
}

private func coverage(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let scans = view.experiment.scans
    guard !scans.isEmpty, verdicts.areAxesRead(view), verdicts.areSound(scans.map { verdicts.subject(.scan, $0.id) })
    else { return }
    let frames = scans.reduce(0) { $0 &+ $1.frameCount.value }
    let sweeps = scans.compactMap { sweep($0, view) }
    let total = sweeps.reduce(0) { $0 + $1.turned }
    let negative = sweeps.filter { $0.end < $0.start }.count
    let still = scans.count - sweeps.count
    let kind = still == 0 ? "" : still == scans.count ? "; nothing turns" : "; in \(still) nothing turns"
    let sense = negative == 0 ? "" : "; \(negative) turn in the negative direction"
    verdicts.report(
        "\(scans.count) scan\(scans.count == 1 ? "" : "s"), \(frames) frame\(frames == 1 ? "" : "s"), "
            + "\(Wording.number(total)) deg in all, \(Wording.number(unique(sweeps))) deg unique\(sense)\(kind)",
        at: [scans[0].place],
        values: [
            ("scans", .integer(scans.count)), ("frames", .integer(frames)), ("total", .quantity(total, unit: "deg")),
            ("unique", .quantity(unique(sweeps), unit: "deg")),
        ], subjects: [verdicts.subject(.category, "coverage")])
}

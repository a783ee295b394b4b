// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan018 = Rule(
        "SCAN-018", .G, "coverage", applies: .both,
        what: """
            Always, for each experiment with a rotation scan: how many scans and frames there are, how many degrees \
            were turned in all and how many of them only once, and what the direction of rotation is.
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
    let total = sweeps.reduce(0) { $0 + abs($1.end - $1.start) }
    let negative = sweeps.filter { $0.end < $0.start }.count
    let sense = negative == 0 ? "" : "; \(negative) turn in the negative direction"
    verdicts.report(
        "\(scans.count) scan\(scans.count == 1 ? "" : "s"), \(frames) frame\(frames == 1 ? "" : "s"), "
            + "\(Wording.number(total)) deg in all, \(Wording.number(unique(sweeps))) deg unique\(sense)",
        at: [scans[0].place],
        values: [
            ("scans", .integer(scans.count)), ("frames", .integer(frames)), ("total", .quantity(total, unit: "deg")),
            ("unique", .quantity(unique(sweeps), unit: "deg")),
        ], subjects: [verdicts.subject(.category, "coverage")])
}

private struct Sweep {
    var axis: AxisID
    var start: Double
    var end: Double
}

/// The rotation of a scan from its first start to its last end; nil when nothing turns.
private func sweep(_ scan: Scan, _ view: ExperimentView) -> Sweep? {
    guard scan.frameCount.value > 0 else { return nil }
    let last = scan.frameCount.value - 1
    for row in scan.axes where view.graph[row.axis]?.motion.value == .rotation {
        let series = row.settings.unwrapped().series
        let width = row.angle.increment?.value ?? series.typicalStep ?? 0
        guard let start = series.start(ofFrame: 0), let lastStart = series.start(ofFrame: last) else { continue }
        let stated = series.end(ofFrame: last)
        let end = stated == nil || stated == lastStart ? lastStart + width : stated ?? lastStart
        if end != start { return Sweep(axis: row.axis, start: start, end: end) }
    }
    return nil
}

/// Degrees of each axis that are passed at least once, turns folded away.
private func unique(_ sweeps: [Sweep]) -> Double {
    Set(sweeps.map(\.axis)).map { axis in
        var pieces: [(Double, Double)] = []
        for sweep in sweeps where sweep.axis == axis {
            let low = min(sweep.start, sweep.end)
            let length = abs(sweep.end - sweep.start)
            if length >= 360 { return 360.0 }
            let from = low - (low / 360).rounded(.down) * 360
            pieces.append((from, min(from + length, 360)))
            if from + length > 360 { pieces.append((0, from + length - 360)) }
        }
        var covered = 0.0
        var reach = -1.0
        for piece in pieces.sorted(by: { $0.0 < $1.0 }) {
            covered += max(0, piece.1 - max(piece.0, reach))
            reach = max(reach, piece.1)
        }
        return covered
    }.reduce(0, +)
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

struct Sweep {
    var axis: AxisID
    /// The other rotations of the sample at the first frame.
    var orientation: String
    var start: Double
    var end: Double
    /// The runs of angles that are passed, in the order of the frames.
    var pieces: [(start: Double, end: Double)]
    /// Degrees turned in all.
    var turned: Double { pieces.reduce(0) { $0 + abs($1.end - $1.start) } }
}

/// The rotation of a scan from its first start to its last end; nil when nothing turns.
func sweep(_ scan: Scan, _ view: ExperimentView) -> Sweep? {
    guard scan.frameCount.value > 0 else { return nil }
    let last = scan.frameCount.value - 1
    for row in scan.axes where view.graph[row.axis]?.motion.value == .rotation {
        let series = row.settings.unwrapped().series
        let width = row.angle.increment?.value ?? series.typicalStep ?? 0
        guard let start = series.start(ofFrame: 0), let lastStart = series.start(ofFrame: last) else { continue }
        let stated = series.end(ofFrame: last)
        let end = stated == nil || stated == lastStart ? lastStart + width : stated ?? lastStart
        guard end != start else { continue }
        // The other axes of the sample: a turn at another orientation passes other reflections.
        let others = scan.axes.filter { other in
            other.axis != row.axis && view.axisUse.goniometerChain.contains(other.axis)
                && view.graph[other.axis]?.motion.value == .rotation
        }
        let orientation = others.map { "\($0.axis.text) \(Wording.fixed($0.settings.start(ofFrame: 0) ?? 0, 2))" }
        return Sweep(
            axis: row.axis, orientation: orientation.sorted().joined(separator: " "), start: start, end: end,
            pieces: pieces(of: series, frames: scan.frameCount.value, width: width, from: start, to: end))
    }
    return nil
}

/// The runs of angles that the frames pass; a scan that jumps, such as inverse beam, has several.
private func pieces(
    of series: SettingSeries, frames: Int, width: Double, from start: Double, to end: Double
) -> [(start: Double, end: Double)] {
    guard case .explicit(let starts, let ends) = series, starts.count == frames, frames > 1 else {
        return [(start, end)]
    }
    var pieces: [(start: Double, end: Double)] = []
    for index in starts.indices {
        let from = starts[index]
        let stated = ends.flatMap { $0.indices.contains(index) && $0[index] != from ? $0[index] : nil } ?? from + width
        // An end that lies a turn away belongs to an angle before the jumps were taken off.
        let to = abs(stated - from) > 180 ? from + width : stated
        if let last = pieces.last, abs(last.end - from) <= max(abs(width) * 0.5, 1e-6) {
            pieces[pieces.count - 1].end = to
        } else {
            pieces.append((from, to))
        }
    }
    return pieces
}

/// Degrees of each axis and orientation that are passed at least once, turns folded away.
func unique(_ sweeps: [Sweep]) -> Double {
    let groups = Dictionary(grouping: sweeps) { "\($0.axis.text) at \($0.orientation)" }
    return groups.keys.sorted().map { key in
        var folded: [(Double, Double)] = []
        for piece in groups[key, default: []].flatMap(\.pieces) {
            let low = min(piece.start, piece.end)
            let length = abs(piece.end - piece.start)
            if length >= 360 { return 360.0 }
            let from = low - (low / 360).rounded(.down) * 360
            folded.append((from, min(from + length, 360)))
            if from + length > 360 { folded.append((0, from + length - 360)) }
        }
        var covered = 0.0
        var reach = -1.0
        for piece in folded.sorted(by: { $0.0 < $1.0 }) {
            covered += max(0, piece.1 - max(piece.0, reach))
            reach = max(reach, piece.1)
        }
        return covered
    }.reduce(0, +)
}

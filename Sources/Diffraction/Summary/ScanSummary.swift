// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A scan in numbers.
public struct ScanSummary: Sendable {
    /// The id of the scan.
    public var id: String
    /// The rotation that moves; with several the one that goes farthest; nil for stills and scans of a translation.
    public var axis: AxisID?
    /// Setting at the start of the first frame, degrees.
    public var start: Double?
    /// Degrees within a frame; when the source does not say, from one frame to the next.
    public var increment: Double?
    /// From the start of the first frame to the end of the last, degrees.
    public var range: Double?
    /// Number of frames.
    public var frames: Sourced<Int>
    /// Seconds of a frame: one value, or one a frame.
    public var exposure: Sourced<[Double]>?
    /// Settings of all other axes at the first frame, in the order of the source; degrees or millimetres.
    public var otherSettings: [(axis: AxisID, motion: AxisMotion, value: Double)]
    /// Every axis that moves.
    public var movingAxes: [MovingAxis]
    /// d of the last complete ring on the panel that the beam meets, ångströms.
    public var edgeSpacing: Double?
    /// d in the farthest corner of any panel, ångströms.
    public var cornerSpacing: Double?
    /// Where the settings of the scan axis, or the scan itself, stand.
    public var origin: Origin

    init(_ scan: Scan, graph: AxisGraph) {
        id = scan.id
        frames = scan.frameCount
        exposure = scan.exposure
        origin = .stated(scan.place)
        movingAxes = graph.movingAxes(in: scan)
        axis = movingAxes.first { $0.motion == .rotation }?.axis
        let first = scan.settings(frame: 0)
        otherSettings = []
        var seen = Set<AxisID>()
        for row in scan.axes where row.axis != axis && seen.insert(row.axis).inserted {
            otherSettings.append((row.axis, graph[row.axis]?.motion.value ?? .general, first[row.axis]))
        }
        guard let axis, let row = scan.axis(axis) else { return }
        origin = .stated(row.place)
        let sweep = Sweep(row.settings, frames: frames.value)
        start = sweep.start
        increment = sweep.increment
        range = sweep.range
    }

    /// The resolution of a scan: the corner of all panels, the edge of the panel that the beam meets.
    ///
    /// - Parameter index: That of the scan, which is that of its views.
    mutating func addResolution(of panels: [PanelSummary], scan index: Int) {
        let limits = panels.compactMap { $0.views.indices.contains(index) ? $0.views[index].resolution : nil }
        cornerSpacing = limits.map(\.cornerSpacing).min()
        edgeSpacing = limits.compactMap(\.edgeSpacing).first
    }
}

/// Start, increment and range of a series of settings, falls by a full turn taken out.
///
/// Differences of settings are rounded to 1e-9, so that -144.9 less -145 is 0.1.
public struct Sweep: Sendable, Hashable {
    /// Setting at the start of the first frame, degrees or millimetres; nil when there is none.
    public var start: Double?
    /// Change within one frame, degrees or millimetres; nil when frames differ.
    public var increment: Double?
    /// Change from the first to the last frame, degrees or millimetres; nil when there is none.
    public var range: Double?

    public init(_ settings: SettingSeries, frames: Int) {
        let series = settings.unwrapped().series
        let last = max(frames, 1) - 1
        start = series.start(ofFrame: 0)
        guard let start else { return }
        if let end = series.end(ofFrame: 0) {
            increment = (end - start).cleared(to: 9)
        } else if let next = series.start(ofFrame: 1) {
            increment = (next - start).cleared(to: 9)
        }
        if let end = series.end(ofFrame: last) {
            range = (end - start).cleared(to: 9)
        } else if let begin = series.start(ofFrame: last), let increment {
            range = (begin + increment - start).cleared(to: 9)
        }
        if case .uniform(_, _, let stated) = settings { increment = stated }
    }
}

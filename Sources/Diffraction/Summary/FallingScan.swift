// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A scan whose only rotation turns to lower angles; a common reader does not open it as NXmx.
///
/// - Source: cctbx/dxtbx:src/dxtbx/model/scan.h.
public struct FallingScan: Sendable, Hashable {
    /// The rotation that turns to lower angles.
    public let axis: AxisID
    /// Degrees at the start of the first frame.
    public let start: Double
    /// Degrees at the end of the last frame.
    public let end: Double

    /// What is so, without a full stop.
    public func sentence(of scan: String) -> String {
        let (from, to) = (DecimalText.rounded(start, decimals: 6), DecimalText.rounded(end, decimals: 6))
        return "scan '\(scan)' turns from \(from) to \(to) deg about its only axis; readers expect rising angles"
    }
}

extension Experiment {
    /// How a scan falls about the only rotation under the sample; nil where it does not, or several rotations carry it.
    public func fallingScan(_ scan: Scan) -> FallingScan? {
        let graph = axisGraph
        guard let axis = graph.scanAxis(of: scan), case .success(let sample?) = graph.sampleAxis(of: goniometer),
            case .success(let chain) = graph.chain(from: sample),
            chain.count(where: { graph.axes[$0].motion.value == .rotation }) == 1,
            let stated = scan.axis(axis)?.settings, stated.isFalling
        else { return nil }
        // What falls only where it is written from 0 again rises.
        let settings = stated.unwrapped().series
        guard settings.isFalling else { return nil }
        let start = settings.start(ofFrame: 0) ?? 0
        let end = settings.end(ofFrame: max(0, scan.frameCount.value - 1)) ?? start
        return FallingScan(axis: axis, start: start, end: end)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension AxisGraph {
    /// The axis nearest the sample; nil without a goniometer or without axes.
    ///
    /// The axis that the source names, else the one of the set that no other depends on.
    public func sampleAxis(of goniometer: Goniometer?) -> Result<AxisID?, ChainFault> {
        guard let goniometer else { return .success(nil) }
        if let named = goniometer.sampleAxis?.value { return .success(named) }
        let innermost = innermost(of: goniometer.axes)
        guard innermost.count > 1 else {
            guard innermost.isEmpty, let any = goniometer.axes.first(where: { index(of: $0) != nil }) else {
                return .success(innermost.first)
            }
            return chain(from: any).map { _ in any }
        }
        return .failure(.branches(innermost))
    }

    /// How the goniometer carries the sample: r_lab = T · r_sample; the identity without a goniometer.
    ///
    /// - Returns: In the frame of the experiment; `FrameRotation.toMcStas` tells it in the other.
    /// - Source: geometry.md section 11.
    public func sampleTransform(
        of goniometer: Goniometer?, settings: FrameSettings
    ) -> Result<Transform, ChainFault> {
        sampleAxis(of: goniometer).flatMap { transform(from: $0, settings: settings) }
    }

    /// The outermost rotation that carries the sample; nil when nothing turns it.
    public func principalAxis(of goniometer: Goniometer?) -> Result<AxisID?, ChainFault> {
        sampleAxis(of: goniometer).flatMap { axis in
            guard let axis else { return .success(nil) }
            return outermostRotation(from: axis)
        }
    }
}

/// An axis whose setting changes during a scan.
public struct MovingAxis: Sendable, Hashable {
    /// The axis that moves.
    public var axis: AxisID
    /// Whether it turns or shifts.
    public var motion: AxisMotion
    /// Greatest less least setting, degrees or millimetres.
    public var travel: Double
}

extension AxisGraph {
    /// The axes that move during a scan, those of the greatest travel first; none for a still or a series of stills.
    ///
    /// - Parameter threshold: Travel up to which an axis counts as standing; degrees or millimetres.
    /// - Source: geometry.md section 11.
    public func movingAxes(in scan: Scan, threshold: Double = 1e-6) -> [MovingAxis] {
        var seen = Set<AxisID>()
        return scan.axes.compactMap { axis -> MovingAxis? in
            guard seen.insert(axis.axis).inserted else { return nil }
            let travel = axis.settings.travel(frames: scan.frameCount.value)
            guard travel > threshold else { return nil }
            let motion = self[axis.axis]?.motion.value ?? .general
            return MovingAxis(axis: axis.axis, motion: motion, travel: travel)
        }.sorted { ($0.travel, $1.axis.text) > ($1.travel, $0.axis.text) }
    }

    /// The one rotation that moves; nil for stills and when several rotations move.
    public func scanAxis(of scan: Scan, threshold: Double = 1e-6) -> AxisID? {
        let rotations = movingAxes(in: scan, threshold: threshold).filter { $0.motion == .rotation }
        return rotations.count == 1 ? rotations.first?.axis : nil
    }
}

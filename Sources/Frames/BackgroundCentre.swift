// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The centre about which the scattering background of frames is symmetric, beside the one that the geometry gives.
public struct BackgroundCentre: Sendable, Hashable {
    /// Pixels on the panel that the beam meets, or whose plane it meets nearest: by the background, and by the axes.
    public let found, stated: FastSlow<Double>
    /// One standard deviation of the less certain direction, pixels; scatter between sectors and rings included.
    public let uncertainty: Double
    /// Frames whose counts were summed.
    public let frames: Int

    /// Distance of the two, pixels.
    public var shift: Double {
        let (x, y) = (found.fast - stated.fast, found.slow - stated.slow)
        return (x * x + y * y).squareRoot()
    }

    /// The centre is known well enough to be compared.
    public var isCertain: Bool { uncertainty < 2 }

    /// The two are farther apart than the tolerance, pixels, and than four times the uncertainty.
    public func isAway(tolerance: Double) -> Bool {
        isCertain && shift > tolerance && shift > 4 * uncertainty
    }

    /// Why nothing is said of the centre.
    public enum Thin: Error, Sendable, Hashable {
        /// Panels without a place, or images too small, or a beam that misses their planes.
        case unplaced
        /// Too few counts or pixels.
        case faint
        /// The background tells no centre: it is even, or lies to one side.
        case shapeless
        /// The detector moves between the frames.
        case moving
        /// The fit runs away.
        case unsettled

        /// "the background has too few counts"
        public var words: String {
            switch self {
            case .unplaced: "its pixels are not placed, or are too few"
            case .faint: "the background has too few counts"
            case .shapeless: "the background has no shape that tells its centre"
            case .moving: "the detector moves during the scan"
            case .unsettled: "no centre fits the background"
            }
        }
    }
}

extension FrameBackground {
    /// The centre of the background.
    ///
    /// The counts of a pixel are taken for a function of the scattering angle alone, times what polarisation and absorption
    /// may add: terms in the cosine and sine of the azimuth and of twice it. The place of the detector and these four are
    /// fitted by least squares within rings, cells that do not fit (spots, shadows) losing their weight; leaving out sectors
    /// and rings in turn tells how far the result can be trusted.
    /// - Parameter beam: From source to sample and on, as stated.
    /// - Cost: Some 10 ms for 9000 cells.
    func centre(beam: Vector3) -> Result<BackgroundCentre, BackgroundCentre.Thin> {
        guard let beam = beam.normalised, let met = panels.meeting(beam: beam) else { return .failure(.unplaced) }
        let cells = cells
        guard cells.count >= 300, cells.reduce(0, { $0 + $1.counts }) >= 3000 else { return .failure(.faint) }
        let pixels = met.centre.pixels
        let (fast, slow) = (met.part.plane.fast, met.part.plane.slow)
        let reach = 0.25 * Double(max(met.part.size.fast, met.part.size.slow, 400))
        var fit = RadialFit(cells, beam: beam, reach: max(met.centre.distance, 1e-6))
        var (dx, dy) = (0.0, 0.0)
        var isSettled = false
        for round in 0..<16 {
            guard let step = fit.step(moved: -dx * fast - dy * slow, fast, slow) else { return .failure(.shapeless) }
            // The farther it goes the less is the slope to be trusted.
            let length = (step.x * step.x + step.y * step.y).squareRoot()
            let damping = min(1, 30 / max(length, 1e-9))
            dx += step.x * damping
            dy += step.y * damping
            guard dx.isFinite, dy.isFinite, abs(dx) < reach, abs(dy) < reach else { return .failure(.unsettled) }
            if round > 1, length < max(0.03, 0.2 * (fit.uncertainty ?? 0)) {
                isSettled = true
                break
            }
        }
        guard let uncertainty = fit.uncertainty else { return .failure(.shapeless) }
        guard isSettled || uncertainty < 0.3 else { return .failure(.unsettled) }
        return .success(
            BackgroundCentre(
                found: FastSlow(fast: pixels.fast + dx, slow: pixels.slow + dy), stated: pixels,
                uncertainty: uncertainty, frames: frames))
    }
}

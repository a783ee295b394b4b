// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Where the beam meets the plane of a panel.
public struct BeamCentre: Sendable, Hashable {
    /// Pixel coordinates on the pixel origin of the panel, fractional.
    public var pixels: FastSlow<Double>
    /// Millimetres from the pixel (0, 0), along fast and along slow.
    public var millimetres: FastSlow<Double>
    /// From the sample along the beam, millimetres; not positive when the panel is upstream.
    public var distance: Double

    public init(pixels: FastSlow<Double>, millimetres: FastSlow<Double>, distance: Double) {
        self.pixels = pixels
        self.millimetres = millimetres
        self.distance = distance
    }

    /// The centre lies on the face of a panel.
    ///
    /// - Parameters:
    ///   - size: Pixels along fast and slow.
    ///   - margin: Pixels allowed beyond the outline.
    public func isOnFace(size: FastSlow<Int>, origin: PixelOrigin, margin: Double = 0) -> Bool {
        let low = origin.outlineStart
        func holds(_ index: Double, _ count: Int) -> Bool {
            index >= low - margin && index <= low + Double(count) + margin
        }
        return distance > 0 && holds(pixels.fast, size.fast) && holds(pixels.slow, size.slow)
    }
}

/// How the beam and the plane of a panel meet.
///
/// - Source: geometry.md section 8.
public enum BeamMeeting: Sendable, Hashable {
    /// Downstream of the sample.
    case hits(BeamCentre)
    /// The plane stands on the source side: the beam met it before the sample.
    case upstream(BeamCentre)
    /// The panel is seen edge-on; |n · b| of unit vectors.
    case edgeOn(cosine: Double)
    /// The steps of the plane are parallel, 0 or not finite.
    case noPlane

    /// The centre, upstream or not.
    public var centre: BeamCentre? {
        switch self {
        case .hits(let centre), .upstream(let centre): centre
        case .edgeOn, .noPlane: nil
        }
    }
}

extension PanelPlane {
    /// |n · b| below which a panel counts as seen edge-on.
    public static let edgeOnLimit = 1e-3

    /// Where the beam through the sample meets this plane.
    ///
    /// - Parameter beam: From source to sample and on, in the frame of the plane; normalised here.
    public func meeting(beam: Vector3) -> BeamMeeting {
        guard let b = beam.normalised, let n = normal, isFinite else { return .noPlane }
        let cosine = n.dot(b)
        guard cosine.magnitude >= Self.edgeOnLimit else { return .edgeOn(cosine: cosine.magnitude) }
        let path = n.dot(origin) / cosine
        let d = path * b - origin
        let (ff, fs, ss) = (fast.dot(fast), fast.dot(slow), slow.dot(slow))
        let determinant = ff * ss - fs * fs
        guard determinant > 0, determinant.isFinite else { return .noPlane }
        let i = (ss * d.dot(fast) - fs * d.dot(slow)) / determinant
        let j = (ff * d.dot(slow) - fs * d.dot(fast)) / determinant
        guard i.isFinite, j.isFinite, path.isFinite else { return .noPlane }
        let steps = self.steps
        let centre = BeamCentre(
            pixels: FastSlow(fast: i, slow: j),
            millimetres: FastSlow(fast: i * steps.fast, slow: j * steps.slow), distance: path)
        return path > 0 ? .hits(centre) : .upstream(centre)
    }

    /// |n̂ · O|, millimetres; nil when the plane has no normal.
    ///
    /// - Source: geometry.md section 9; the distance along the beam is that of the beam centre.
    public var perpendicularDistance: Double? { normal.map { $0.dot(origin).magnitude } }
}

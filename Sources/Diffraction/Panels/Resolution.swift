// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The resolution of a panel or a detector: angles in degrees, spacings in ångströms.
///
/// - Source: geometry.md section 10.
public struct ResolutionLimits: Sendable, Hashable {
    /// The greatest scattering angle of an outer corner.
    public var cornerTwoTheta: Double
    /// λ / (2 sin θ) there; infinite at angle 0.
    public var cornerSpacing: Double
    /// The scattering angle of the last complete ring; nil when the beam is off the face.
    public var edgeTwoTheta: Double?
    /// λ / (2 sin θ) at the last complete ring; nil when the beam is off the face.
    public var edgeSpacing: Double?

    /// The beam meets the face of the panel.
    public var isBeamOnFace: Bool { edgeTwoTheta != nil }
}

/// Bragg spacings of a wavelength.
public enum BraggLaw {
    /// λ / (2 sin(2θ/2)), ångströms; infinite at angle 0.
    public static func spacing(twoTheta: Double, wavelength: Double) -> Double {
        let sine = Trigonometry.sine(degrees: twoTheta / 2)
        return sine == 0 ? .infinity : wavelength / (2 * sine)
    }
}

extension PanelPlane {
    /// The four outer corners: (0, 0), (fast, 0), (fast, slow), (0, slow); millimetres.
    public func corners(size: FastSlow<Int>, origin: PixelOrigin) -> [Vector3] {
        let low = origin.outlineStart
        let (f, s) = (low + Double(size.fast), low + Double(size.slow))
        return [(low, low), (f, low), (f, s), (low, s)].map { position(fast: $0.0, slow: $0.1) }
    }

    /// The middle of the face; millimetres.
    public func middle(size: FastSlow<Int>, origin: PixelOrigin) -> Vector3 {
        let low = origin.outlineStart
        return position(fast: low + Double(size.fast) / 2, slow: low + Double(size.slow) / 2)
    }

    /// The resolution at the corner and at the edge of a panel.
    ///
    /// - Parameters:
    ///   - beam: From source to sample and on, in the frame of the plane.
    ///   - wavelength: Ångströms.
    /// - Returns: nil when the beam has no direction, or a number is not finite, or there are no pixels.
    public func resolution(
        size: FastSlow<Int>, origin: PixelOrigin, beam: Vector3, wavelength: Double
    ) -> ResolutionLimits? {
        guard let b = beam.normalised, isFinite, wavelength.isFinite, size.fast > 0, size.slow > 0 else { return nil }
        let corners = corners(size: size, origin: origin)
        let widest = corners.map { Self.twoTheta($0, beam: b) }.max() ?? 0
        var limits = ResolutionLimits(
            cornerTwoTheta: widest, cornerSpacing: BraggLaw.spacing(twoTheta: widest, wavelength: wavelength))
        if case .hits(let centre) = meeting(beam: b), centre.isOnFace(size: size, origin: origin) {
            let sides = zip(corners, corners.dropFirst() + corners.prefix(1))
            let nearest = sides.map { Self.smallestTwoTheta(from: $0, to: $1, beam: b) }.min() ?? 0
            limits.edgeTwoTheta = nearest
            limits.edgeSpacing = BraggLaw.spacing(twoTheta: nearest, wavelength: wavelength)
        }
        return limits
    }

    /// The scattering angle of a point, degrees; well conditioned near 0.
    static func twoTheta(_ point: Vector3, beam: Vector3) -> Double {
        Trigonometry.arcTangent(y: point.cross(beam).length, x: point.dot(beam))
    }

    /// The smallest scattering angle on the segment from a to c, degrees.
    static func smallestTwoTheta(from a: Vector3, to c: Vector3, beam b: Vector3) -> Double {
        let e = c - a
        let below = e.dot(e) * a.dot(b) - a.dot(e) * e.dot(b)
        let above = a.dot(a) * e.dot(b) - a.dot(e) * a.dot(b)
        let t = below == 0 ? 0 : min(1, max(0, above / below))
        return [a, c, a + t * e].map { twoTheta($0, beam: b) }.min() ?? 0
    }
}

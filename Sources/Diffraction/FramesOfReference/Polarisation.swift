// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Stokes parameters of the incident beam, I = 1 for a normalised beam.
public struct StokesParameters: Sendable, Hashable {
    /// Intensity, in any unit.
    public var i: Double
    /// Linear part along X less that along Y, in the unit of `i`.
    public var q: Double
    /// Linear part along the diagonal less that across it, in the unit of `i`.
    public var u: Double
    /// Circular part, in the unit of `i`.
    public var v: Double

    public init(i: Double, q: Double, u: Double, v: Double) {
        self.i = i
        self.q = q
        self.u = u
        self.v = v
    }

    /// Stokes parameters from a list of I, Q, U and V; nil for a list of another length.
    public init?(_ values: [Double]) {
        guard values.count == 4 else { return nil }
        self.init(i: values[0], q: values[1], u: values[2], v: values[3])
    }

    /// The linearly polarised part, in the unit of `i`.
    public var linear: Double { (q * q + u * u).squareRoot() }

    /// The polarised part, in the unit of `i`.
    public var polarised: Double { (q * q + u * u + v * v).squareRoot() }

    /// No part of the intensity is polarised more than there is, to the precision of a 32-bit float.
    public var isWithinIntensity: Bool { polarised <= i * (1 + 0.001) + 1e-12 }

    /// Stokes parameters of NeXus from the ratio and the normal of imgCIF.
    ///
    /// - Parameters:
    ///   - ratio: `_diffrn_radiation.polarizn_source_ratio`.
    ///   - normal: `_diffrn_radiation.polarizn_source_norm`, degrees.
    ///   - rotation: From the frame of the model to McStas.
    /// - Source: geometry.md section 13.
    public init(ratio: Double, normal: Double, rotation: FrameRotation) {
        let (s, c) = Trigonometry.sineAndCosine(degrees: 2 * (normal + rotation.turnAboutBeam))
        self.init(i: 1, q: ratio * c, u: ratio * s, v: 0)
    }

    /// The same polarisation told in directions turned about the beam.
    ///
    /// - Parameter degrees: φ of the frame; -φ for the way back.
    public func turned(by degrees: Double) -> StokesParameters {
        let (s, c) = Trigonometry.sineAndCosine(degrees: 2 * degrees)
        return StokesParameters(i: i, q: q * c - u * s, u: u * c + q * s, v: v)
    }

    /// The degree of linear polarisation and the angle of its normal; the inverse of `init(ratio:normal:rotation:)`.
    ///
    /// - Returns: The normal in degrees, -90...90; 0 for an unpolarised beam.
    public func ratioAndNormal(rotation: FrameRotation) -> (ratio: Double, normal: Double) {
        let ratio = linear
        guard ratio > 0 else { return (0, 0) }
        let normal = Trigonometry.arcTangent(y: u, x: q) / 2 - rotation.turnAboutBeam
        return (ratio, normal.remainder(dividingBy: 180))
    }
}

extension FrameRotation {
    /// φ: the angle about the beam between Y of the model and Y of McStas, degrees.
    public var turnAboutBeam: Double {
        let y = matrix.second
        return Trigonometry.arcTangent(y: y.x == 0 ? 0 : -y.x, x: y.y)
    }
}

extension Divergence {
    /// The same divergence along X and Y of McStas: A C Aᵀ with the upper left block A of M.
    ///
    /// - Source: geometry.md section 13.
    public func turned(by rotation: FrameRotation) -> Divergence {
        let m = rotation.matrix
        let (xx, yy) = (x * x, y * y)
        func form(_ a: Vector3, _ b: Vector3) -> Double {
            a.x * b.x * xx + (a.x * b.y + a.y * b.x) * covariance + a.y * b.y * yy
        }
        return Divergence(
            x: max(0, form(m.first, m.first)).squareRoot(), y: max(0, form(m.second, m.second)).squareRoot(),
            covariance: form(m.first, m.second))
    }
}

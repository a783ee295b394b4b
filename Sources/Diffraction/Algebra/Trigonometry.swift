// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Functions of angles in degrees; the only file of the module that calls the C library.
public enum Trigonometry {
    /// Sine and cosine of an angle in degrees, exact for multiples of 90 degrees and for settings of many turns.
    ///
    /// The angle is reduced in degrees, where the remainder is exact, before it is turned into radians.
    public static func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
        guard degrees.isFinite else { return (.nan, .nan) }
        let turn = degrees.remainder(dividingBy: 360)
        let rest = turn.remainder(dividingBy: 90)
        let radians = rest * (Double.pi / 180)
        let (s, c) = rest == 0 ? (0, 1) : (Glibc.sin(radians), Glibc.cos(radians))
        switch ((turn - rest) / 90).rounded() {
        case 1: return (c, -s)
        case -1: return (-c, s)
        case 2, -2: return (-s, -c)
        default: return (s, c)
        }
    }

    /// The angle of the point (x, y) in degrees, -180...180.
    public static func arcTangent(y: Double, x: Double) -> Double { Glibc.atan2(y, x) * (180 / Double.pi) }

    /// Sine of an angle in degrees.
    static func sine(degrees: Double) -> Double { sineAndCosine(degrees: degrees).sine }
}

extension Vector3 {
    /// The angle to another vector, degrees, 0...180; NaN when either has no direction.
    ///
    /// Well conditioned near 0 and 180: it uses the cross product.
    public func angle(to other: Vector3) -> Double {
        guard let a = normalised, let b = other.normalised else { return .nan }
        return Trigonometry.arcTangent(y: a.cross(b).length, x: a.dot(b))
    }
}

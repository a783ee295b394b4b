// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A product of powers of base quantities; angle and pixel count as base quantities of their own.
public struct Dimension: Sendable, Hashable {
    private var exponents: SIMD16<Int16>

    public init(
        length: Int16 = 0, mass: Int16 = 0, time: Int16 = 0, current: Int16 = 0, temperature: Int16 = 0,
        amount: Int16 = 0, luminosity: Int16 = 0, angle: Int16 = 0, pixel: Int16 = 0
    ) {
        exponents = SIMD16(
            length, mass, time, current, temperature, amount, luminosity, angle, pixel, 0, 0, 0, 0, 0, 0, 0)
    }

    /// No dimension: counts, ratios.
    public static let none = Dimension()

    public static func * (left: Dimension, right: Dimension) -> Dimension {
        var result = left
        result.exponents &+= right.exponents
        return result
    }

    /// The dimension multiplied as often as the power says; negative powers divide.
    public func raised(to power: Int) -> Dimension {
        var result = self
        result.exponents &*= SIMD16(repeating: Int16(truncatingIfNeeded: power))
        return result
    }

    /// Angle left out.
    var withoutAngle: Dimension {
        var result = self
        result.exponents[7] = 0
        return result
    }

    /// The two readings of a pixel: as nothing, and as a length.
    var pixelReadings: [Dimension] {
        let pixels = exponents[8]
        guard pixels != 0 else { return [self] }
        var nothing = self
        nothing.exponents[8] = 0
        var length = nothing
        length.exponents[0] &+= pixels
        return [nothing, length]
    }

    /// Only powers of length.
    var isPowerOfLength: Bool {
        var rest = self
        rest.exponents[0] = 0
        return rest == .none && self != .none
    }
}

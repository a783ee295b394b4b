// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The way back from stored square roots or logarithms to counts.
///
/// - Source: imgCIF _array_intensities.linearity, sqrt_scaled and logarithmic_scaled.
public struct Linearisation: Sendable, Hashable {
    /// What was stored of a count.
    public enum Scale: Sendable, Hashable {
        case squareRoot
        /// To base 10.
        case logarithm
    }

    public let scale: Scale
    /// By what the root or the logarithm was multiplied before it was stored.
    public let scaling: Double

    /// - Parameter scaling: Neither 0 nor anything but a number; nil otherwise.
    public init?(_ scale: Scale, scaling: Double) {
        guard scaling.isFinite, scaling != 0 else { return nil }
        self.scale = scale
        self.scaling = scaling
    }

    /// The count of a stored value.
    public func count(of stored: Double) -> Double {
        let value = stored / scaling
        return switch scale {
        case .squareRoot: value * value
        case .logarithm: pow(10, value)
        }
    }

    /// What is written for a pixel without a count.
    static let flag: Float = -1
}

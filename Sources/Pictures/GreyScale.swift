// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Frames

/// Counts to shades of grey: logarithmic above the background, by limits that single pixels do not move.
struct GreyScale: Sendable {
    /// Counts that are white and black.
    let low, high: Float
    /// Counts above `low` up to which shades rise evenly.
    let softness: Float
    /// Of the logarithm to the base of 2.
    let factor: Float

    /// - Parameter bins: All that one picture or strip shows.
    init(_ bins: [FrameBins]) {
        let total = bins.reduce(0) { $0 + $1.greatest.count }
        let step = max(1, total / 60_000)
        var values: [Float] = []
        values.reserveCapacity(total / step + bins.count)
        for part in bins {
            for index in stride(from: 0, to: part.greatest.count, by: step) where part.greatest[index].isFinite {
                values.append(part.greatest[index])
            }
        }
        values.sort()
        func quantile(_ part: Double) -> Float {
            values.isEmpty ? 0 : values[min(values.count - 1, Int(Double(values.count) * part))]
        }
        let (least, middle, upper) = (quantile(0.02), quantile(0.5), quantile(0.84))
        let top = quantile(0.9995)
        let isWhole = values.allSatisfy { $0.rounded() == $0 }
        let unit = isWhole ? 1 : max((top - least) / 1000, .leastNormalMagnitude)
        softness = max(middle - least, upper - middle, unit)
        low = least
        high = max(top, middle + 12 * softness)
        factor = 1 / Self.logarithm(1 + (high - least) / softness)
    }

    /// The shade of a count.
    func ink(_ count: Float) -> Ink {
        guard count > low else { return .white }
        return .grey(Self.logarithm(1 + (count - low) / softness) * factor)
    }

    /// The logarithm to the base of 2, within 0.001: shades are no finer.
    private static func logarithm(_ value: Float) -> Float {
        let mantissa = value.significand - 1
        let curve = mantissa * (1.4387 + mantissa * (-0.6778 + mantissa * (0.3233 - 0.0842 * mantissa)))
        return Float(value.exponent) + curve
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Widths of the beam direction: standard deviations and their covariance, in any one unit and its square.
public struct Divergence: Sendable, Hashable {
    /// Standard deviation along X.
    public var x: Double
    /// Standard deviation along Y.
    public var y: Double
    /// Covariance of the two, in the square of their unit.
    public var covariance: Double

    public init(x: Double, y: Double, covariance: Double) {
        self.x = x
        self.y = y
        self.covariance = covariance
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Double {
    /// The number rounded to some decimals, never -0; as it is when it is too great to have so many.
    ///
    /// - Parameter decimals: 0...16.
    public func cleared(to decimals: Int) -> Double {
        let scale = Self.powersOfTen[min(max(decimals, 0), Self.powersOfTen.count - 1)]
        let scaled = (self * scale).rounded()
        guard scaled.isFinite, scaled.magnitude < 9e15 else { return self }
        return scaled == 0 ? 0 : scaled / scale
    }

    private static let powersOfTen: [Double] = (0...16).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}

extension Vector3 {
    /// Each component rounded to some decimals, as `Double.cleared(to:)` does.
    public func cleared(to decimals: Int) -> Vector3 {
        Vector3(x.cleared(to: decimals), y.cleared(to: decimals), z.cleared(to: decimals))
    }
}

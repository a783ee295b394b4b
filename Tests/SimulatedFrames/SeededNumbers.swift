// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers that look random and are the same in every run: SplitMix64.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// From 0 to below 1.
    public mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}

/// Counts about a mean, by Poisson's law; drawn from tables, for a picture has many pixels.
struct PoissonTable {
    private static let draws = 512
    /// Levels of the mean: the square root rises in steps of 1/32.
    private let table: [Int32]
    private let levels: Int

    init(upTo greatest: Double, _ numbers: inout SeededNumbers) {
        levels = Int(greatest.squareRoot() * 32) + 2
        var table: [Int32] = []
        table.reserveCapacity(levels * Self.draws)
        for level in 0..<levels {
            let mean = (Double(level) / 32) * (Double(level) / 32)
            for _ in 0..<Self.draws { table.append(Self.draw(mean, &numbers)) }
        }
        self.table = table
    }

    static func draw(_ mean: Double, _ numbers: inout SeededNumbers) -> Int32 {
        if mean > 60 {
            // Twelve even numbers make a normal one.
            let normal = (0..<12).reduce(-6.0) { sum, _ in sum + numbers.unit() }
            return Int32(max(0, (mean + normal * mean.squareRoot()).rounded()))
        }
        // Waiting times until they exceed the mean, by e^-x for small x without the C library.
        var left = Self.exponential(-mean)
        var count: Int32 = 0
        var product = numbers.unit()
        while product > left, count < 400 {
            count += 1
            product *= numbers.unit()
            if left == 0 { left = .leastNonzeroMagnitude }
        }
        return count
    }

    func level(of mean: Double) -> Int32 {
        let level = (max(0, mean).squareRoot() * 32).rounded()
        return Int32(min(Double(levels - 1), level))
    }

    @inline(__always)
    func count(level: Int32, _ random: UInt64) -> Int32 {
        table[Int(level) * Self.draws + Int(random & UInt64(Self.draws - 1))]
    }

    /// e to a power not above 0.
    static func exponential(_ power: Double) -> Double {
        guard power > -700 else { return 0 }
        let small = power / 1024
        var sum = 1 + small + small * small / 2 + small * small * small / 6
        for _ in 0..<10 { sum *= sum }
        return sum
    }
}

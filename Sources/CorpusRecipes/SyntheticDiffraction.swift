// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Frames that look like those of a rotation scan on a large pixel detector: a background that falls with the distance
/// from the centre, spots of a lattice, a beam stop, and gaps between modules at the greatest value of the type.
///
/// Made to be packed and read, not to be indexed.
struct SyntheticDiffraction: Sendable {
    let seed: Int
    let slow: Int
    let fast: Int
    /// The pixel that the beam meets.
    private let row: Int
    private let column: Int
    /// Counts for each of 32 levels of background, 4096 draws of 32 bits each, little endian.
    private let draws: [[UInt8]]
    private static let run = 32
    private static let perLevel = 4096

    /// - Parameter centre: The pixel that the beam meets, fast before slow; nil: the middle.
    init(seed: Int, slow: Int, fast: Int, centre: [Int]? = nil) {
        column = centre?.first ?? fast / 2
        row = centre?.last ?? slow / 2
        self.seed = seed
        self.slow = slow
        self.fast = fast
        var state = UInt64(truncatingIfNeeded: seed) &+ 0x9E37_79B9_7F4A_7C15
        draws = (0..<32).map { level in
            let mean = 12.0 * Double(level) / 31
            var bytes = [UInt8](repeating: 0, count: Self.perLevel * 4)
            for draw in 0..<Self.perLevel { bytes[draw * 4] = Self.poisson(mean, &state) }
            return bytes
        }
    }

    /// One frame of 32-bit little-endian counts, [slow, fast].
    func frame(_ number: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(slow * fast * 4)
        var state = UInt64(truncatingIfNeeded: seed &+ number &* 7919) | 1
        let gap = [UInt8](repeating: 0xFF, count: fast * 4)
        for row in 0..<slow {
            if Self.isGap(row: row) {
                bytes += gap
                continue
            }
            for start in stride(from: 0, to: fast, by: Self.run) {
                let length = min(Self.run, fast - start)
                let level = background(row: row, column: start + length / 2)
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let from = Int(truncatingIfNeeded: (state >> 40) % UInt64(Self.perLevel - Self.run)) * 4
                bytes += draws[level][from..<from + length * 4]
            }
        }
        addColumnGaps(to: &bytes)
        addSpots(to: &bytes, number: number)
        return bytes
    }

    /// 32-bit little-endian numbers, [slow, fast]: 1 between modules, else 0.
    var mask: [UInt8] {
        let one: [UInt8] = [1, 0, 0, 0]
        let gap = (0..<fast).flatMap { _ in one }
        let face = (0..<fast).flatMap { Self.isGap(column: $0) ? one : [0, 0, 0, 0] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(slow * fast * 4)
        for row in 0..<slow { bytes += Self.isGap(row: row) ? gap : face }
        return bytes
    }

    /// Modules of 512 rows, 38 rows apart.
    private static func isGap(row: Int) -> Bool { row % 550 >= 512 }

    /// Modules of 1028 columns, 12 columns apart.
    private static func isGap(column: Int) -> Bool { column % 1040 >= 1028 }

    /// Level 0 behind the beam stop, else by the distance from the centre.
    private func background(row: Int, column: Int) -> Int {
        let y = Double(row) - Double(self.row)
        let x = Double(column) - Double(self.column)
        let radius = (x * x + y * y).squareRoot() / Double(max(slow, fast))
        if radius < 0.01 { return 0 }
        let ring = radius > 0.18 && radius < 0.24 ? 6.0 : 0
        return min(31, Int(31 / (1 + 12 * radius) + ring))
    }

    private func addColumnGaps(to bytes: inout [UInt8]) {
        let columns = (0..<fast).filter { Self.isGap(column: $0) }
        for row in 0..<slow {
            for column in columns {
                let at = (row * fast + column) * 4
                for byte in 0..<4 { bytes[at + byte] = 0xFF }
            }
        }
    }

    private func addSpots(to bytes: inout [UInt8], number: Int) {
        for h in -40...40 {
            for k in -40...40 {
                // A lattice seen at a slant: only some of its points are in the diffracting position in one frame.
                guard (h * 3 + k * 5 + number).isMultiple(of: 7), h != 0 || k != 0 else { continue }
                let row = self.row + h * 47 + k * 6
                let column = self.column + k * 43 - h * 9
                let height = 4000 / (1 + abs(h) + abs(k))
                for dy in -2...2 {
                    for dx in -2...2 {
                        add(height >> (dx * dx + dy * dy), row: row + dy, column: column + dx, to: &bytes)
                    }
                }
            }
        }
    }

    /// Adds counts to a pixel that is on the face and no gap.
    private func add(_ counts: Int, row: Int, column: Int, to bytes: inout [UInt8]) {
        guard (0..<slow).contains(row), (0..<fast).contains(column) else { return }
        let at = (row * fast + column) * 4
        guard bytes[at + 3] != 0xFF else { return }
        let sum = Int(bytes[at]) + Int(bytes[at + 1]) << 8 + counts
        bytes[at] = UInt8(truncatingIfNeeded: sum)
        bytes[at + 1] = UInt8(truncatingIfNeeded: sum >> 8)
    }

    /// A draw from the Poisson distribution by the sum of products of uniform numbers.
    private static func poisson(_ mean: Double, _ state: inout UInt64) -> UInt8 {
        var remaining = 1.0
        var count: UInt8 = 0
        let limit = exponential(-mean)
        while count < 255 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            remaining *= Double(state >> 11) / Double(1 << 53)
            if remaining < limit { return count }
            count += 1
        }
        return count
    }

    /// e to the power x for x from -12 to 0, by halving and the series.
    private static func exponential(_ x: Double) -> Double {
        let y = x / 64
        let small = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)))
        return (0..<6).reduce(small) { power, _ in power * power }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Whole numbers one step apart: first, first + step, … of which there are `count`.
public struct Stride: Sendable, Hashable {
    /// The first of the numbers.
    public let first: Int
    /// From one number to the next; 1 where there is one number.
    public let step: Int
    /// How many numbers there are, at least one.
    public let count: Int

    /// The greatest number that is reckoned with, so that nothing overflows.
    public static let most = 1 << 40

    /// - Returns: nil when a number is negative or beyond what is reckoned with, or when nothing is selected.
    public init?(first: Int, step: Int = 1, count: Int) {
        guard first >= 0, step > 0, count > 0, first <= Self.most, step <= Self.most, count <= Self.most,
            count == 1 || (count &- 1) <= Self.most / step, first &+ (count &- 1) &* step <= Self.most
        else { return nil }
        self.first = first
        self.step = count == 1 ? 1 : step
        self.count = count
    }

    private init(known first: Int, _ step: Int, _ count: Int) {
        self.first = first
        self.step = count == 1 ? 1 : step
        self.count = count
    }

    /// The last of the numbers.
    public var last: Int { first &+ (count &- 1) &* step }

    /// The range, where the numbers follow each other without a gap.
    public var range: Range<Int>? { step == 1 ? first..<(first &+ count) : nil }

    /// Some of the numbers, by their position.
    ///
    /// - Parameter positions: Within 0 ..< count.
    public func at(_ positions: Stride) -> Stride {
        Stride(known: first &+ positions.first &* step, step &* positions.step, positions.count)
    }

    /// The numbers that two have in common, by their positions in each.
    ///
    /// - Returns: `.none` where they have none; `.unclear` where finding them takes too long.
    public func common(with other: Stride) -> Common {
        let low = max(first, other.first)
        let high = min(last, other.last)
        guard low <= high else { return .nothing }
        guard let (start, step) = Self.meeting(self, other, from: low) else { return .unclear }
        guard let start, start <= high else { return .nothing }
        let count = (high &- start) / step &+ 1
        return .some(
            Stride(known: (start &- first) / self.step, max(1, step / self.step), count),
            Stride(known: (start &- other.first) / other.step, max(1, step / other.step), count))
    }

    /// The numbers that two strides share, by their positions in both.
    public enum Common: Sendable, Hashable {
        case nothing
        case some(Stride, Stride)
        case unclear
    }

    /// The first number from `low` on that is of both, and how far apart such numbers are.
    private static func meeting(_ one: Stride, _ other: Stride, from low: Int) -> (start: Int?, step: Int)? {
        func next(_ stride: Stride) -> Int {
            let rest = (low &- stride.first) % stride.step
            return rest == 0 ? low : low &+ stride.step &- rest
        }
        if other.step == 1 { return (next(one), one.step) }
        if one.step == 1 { return (next(other), other.step) }
        var (a, b) = (one.step, other.step)
        while b != 0 { (a, b) = (b, a % b) }
        let turns = other.step / a
        guard turns <= 4096, one.step <= most / max(1, turns) else { return nil }
        var number = next(one)
        for _ in 0..<turns {
            if (number &- other.first) % other.step == 0, number >= other.first { return (number, one.step &* turns) }
            number &+= one.step
        }
        return (nil, one.step &* turns)
    }
}

/// A box of pixels of a frame, each range from 0.
public struct Area: Sendable, Hashable {
    /// What stands between frame and slow: modules, channels; 0 ..< 1 where there is nothing.
    public let planes: Range<Int>
    /// Pixels along slow.
    public let slow: Range<Int>
    /// Pixels along fast.
    public let fast: Range<Int>

    public init(planes: Range<Int> = 0..<1, slow: Range<Int>, fast: Range<Int>) {
        self.planes = planes
        self.slow = slow
        self.fast = fast
    }

    /// The pixels that two boxes have in common; nil where they have none.
    public func common(with other: Area) -> Area? {
        let planes = planes.clamped(to: other.planes)
        let slow = slow.clamped(to: other.slow)
        let fast = fast.clamped(to: other.fast)
        return planes.isEmpty || slow.isEmpty || fast.isEmpty ? nil : Area(planes: planes, slow: slow, fast: fast)
    }

    /// Every pixel of the other box lies in this one.
    public func holds(_ other: Area) -> Bool { common(with: other) == other }

    /// The lesser of height and width, pixels.
    public var narrowSide: Int { min(slow.count, fast.count) }
}

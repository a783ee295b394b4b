// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

@testable import Frames

/// Oracle: sizes written by hand.
@Suite struct FrameChoiceTests {
    private func odd(_ sizes: [Int]) -> [Int] {
        FrameChoice.odd(of: Dictionary(uniqueKeysWithValues: sizes.enumerated().map { ($0.offset, $0.element) }))
            .sorted()
    }

    @Test func `frames of nearly one size do not stand out`() {
        #expect(odd([100, 120, 90, 66, 199, 110]) == [])
        #expect(odd([]) == [])
        #expect(odd([0, 100]) == [])
    }

    @Test func `small and large frames stand out, the farthest first, and not all of many`() {
        #expect(odd([100, 100, 0, 100, 59, 100, 201, 100]) == [2, 4, 6])
        #expect(odd([Int](repeating: 100, count: 40) + (0..<10).map { $0 }) == [40, 41, 42, 43])
        #expect(odd([Int](repeating: 100, count: 40) + (0..<10).map { 1000 + $0 }) == [48, 49])
    }
}

/// Oracle: the numbers in order.
@Suite struct MedianTests {
    private func median(_ numbers: [Int32], mask: [UInt8]? = nil, _ limits: ValueLimits = ValueLimits()) -> Double? {
        let bytes = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> Int32(8 * $0)) } }
        let image = FrameImage(element: .int32, planes: 1, slow: 1, fast: numbers.count, bytes: bytes)
        return FrameCounts.median(of: image, mask, limits)
    }

    @Test func `flags, masked pixels and values beyond the limits do not count`() {
        #expect(median([5, 1, 3]) == 3)
        #expect(median([4, 1, 3, 2]) == 2)
        #expect(median([-1, -1, -1, 7, .max]) == 7)
        #expect(median([9, 9, 9, 1, 2], mask: [1, 1, 1, 0, 0]) == 1)
        #expect(median([1, 50, 60, 70], ValueLimits(least: 0, most: 20)) == 1)
        #expect(median([65535]) == 65535)
    }

    @Test func `without counts, and beyond what is tallied, there is none`() {
        #expect(median([-1, -2]) == nil)
        #expect(median([70_000, 80_000, 1]) == nil)
        let real = FrameImage(element: .float32, planes: 1, slow: 1, fast: 1, bytes: [0, 0, 128, 63])
        #expect(FrameCounts.median(of: real, nil, ValueLimits()) == nil)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

@testable import Frames

/// The vectors count what one pixel after the other counts.
@Suite struct FrameCountsWaysTests {
    /// Limits that lie inside a type, at its ends, beyond them, between integers, and nowhere.
    private static let limits: [ValueLimits] = [
        ValueLimits(), ValueLimits(least: 0, most: 20), ValueLimits(least: -5, most: 11.5),
        ValueLimits(least: 0.5, most: 1e12), ValueLimits(least: -1e12, most: 65533),
        ValueLimits(least: -3, most: -1), ValueLimits(least: 5e9, most: nil), ValueLimits(least: nil, most: -1),
        ValueLimits(least: .nan, most: .nan), ValueLimits(least: 65534, most: 65535),
        ValueLimits(least: 3, most: 3), ValueLimits(least: 9, most: 2),
    ]

    @Test(arguments: [ElementType.int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .float32, .float64])
    func waysAgree(_ element: ElementType) {
        var random = SeededNumbers(seed: 0x1234_5678_9ABC_DEF1)
        for pixels in [0, 1, 7, 63, 64, 4095, 4096, 4097, 20_011] {
            for kind in 0..<4 {
                let bytes = (0..<pixels).flatMap { _ in random.element(element, kind) }
                let image = FrameImage(element: element, planes: 1, slow: 1, fast: pixels, bytes: bytes)
                let masks: [[UInt8]?] = [
                    nil, (0..<pixels).map { _ in random.next() % 5 == 0 ? UInt8(random.next() % 255) : 0 },
                    [UInt8](repeating: 1, count: pixels),
                ]
                for mask in masks {
                    for limits in Self.limits {
                        var sums = [UInt64](repeating: 1, count: 3)
                        let plain = FrameCounts(image, mask: mask, limits: limits, by: .oneByOne, digest: &sums[0])
                        let fast = FrameCounts(image, mask: mask, limits: limits, by: .fastest, digest: &sums[1])
                        let middle = FrameCounts(image, mask: mask, limits: limits, by: .plain, digest: &sums[2])
                        #expect(fast == plain, "\(element) \(pixels) \(kind) \(limits)")
                        #expect(middle == plain, "\(element) \(pixels) \(kind) \(limits)")
                        #expect(sums == [image.digest, image.digest, image.digest])
                    }
                }
            }
        }
    }

    @Test func oneOtherPixelGivesAnotherDigest() {
        var bytes = [UInt8](repeating: 0, count: 20_000)
        let before = FrameImage(element: .uint16, planes: 1, slow: 100, fast: 100, bytes: bytes).digest
        for place in [0, 8191, 8192, 19_999] {
            bytes[place] = 1
            #expect(FrameImage(element: .uint16, planes: 1, slow: 100, fast: 100, bytes: bytes).digest != before)
            bytes[place] = 0
        }
    }
}

/// Numbers that are the same in every run.
private struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// - Parameter kind: 0 small counts, 1 any bits, 2 values near the ends of the type, 3 counts with a few flags.
    mutating func element(_ element: ElementType, _ kind: Int) -> [UInt8] {
        let bits = next()
        let number: UInt64 =
            switch kind {
            case 0: bits % 13
            case 1: bits
            case 2: (bits % 2 == 0 ? UInt64.max : UInt64.max >> (65 - UInt64(element.bytes) * 8)) &- bits / 2 % 4
            default: bits % 97 == 0 ? UInt64.max &- bits / 97 % 3 : bits / 97 % 4000
            }
        switch element {
        case .float32:
            return Self.bytes(kind == 1 ? Float(bitPattern: UInt32(truncatingIfNeeded: bits)) : Float(number))
        case .float64: return Self.bytes(kind == 1 ? Double(bitPattern: bits) : Double(number))
        default: return Array(Self.bytes(number).prefix(element.bytes))
        }
    }

    private static func bytes<Value>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Remote

/// Oracle: an array with all bytes, and a set of those that are at hand.
@Suite struct ExtentsTests {
    private static let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }

    @Test(arguments: 0..<20)
    func `what was kept comes out again, and what lacks is named`(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var extents = Extents(most: 1 << 20)
        var isThere = [Bool](repeating: false, count: Self.bytes.count)
        for _ in 0..<120 {
            let start = Int.random(in: 0..<Self.bytes.count, using: &numbers)
            let end = Int.random(in: start...min(Self.bytes.count, start + 300), using: &numbers)
            if Bool.random(using: &numbers) {
                extents.insert(Array(Self.bytes[start..<end]), at: start)
                for place in start..<end { isThere[place] = true }
                continue
            }
            var buffer = [UInt8](repeating: 0, count: end - start)
            let copied = buffer.withUnsafeMutableBytes { extents.copy(from: start, into: $0) }
            #expect(copied == isThere[start..<end].prefix { $0 }.count)
            #expect(buffer[..<copied].elementsEqual(Self.bytes[start..<(start + copied)]))
            let lacking = (start..<end).filter { !isThere[$0] }
            #expect(extents.gap(in: start..<end) == lacking.first.map { $0..<((lacking.last ?? 0) + 1) })
            if let first = lacking.first {
                let room = extents.room(around: first, size: Self.bytes.count)
                let before = isThere[..<first].lastIndex(of: true).map { $0 + 1 } ?? 0
                let behind = isThere[first...].firstIndex(of: true) ?? Self.bytes.count
                #expect(room == before..<behind)
            }
        }
    }

    @Test func `no more is kept than may be, and the latest stays`() {
        var extents = Extents(most: 1_000)
        for start in stride(from: 0, to: 4_900, by: 100) {
            extents.insert(Array(Self.bytes[start..<(start + 100)]), at: start)
            #expect(extents.gap(in: start..<(start + 100)) == nil)
        }
        let kept = stride(from: 0, to: 4_900, by: 100).filter { extents.gap(in: $0..<($0 + 100)) == nil }
        #expect(kept == Array(stride(from: 3_900, to: 4_900, by: 100)))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Remote
import Synchronization
import Transport

/// A file that a page holds, read by ranges: what was brought is kept, and a small read brings a page of 16 KiB.
final class PageFile: RangeReader {
    private struct State {
        var extents = Extents(most: 32 << 20)
        /// Where the last range ended, and how much is fetched ahead while reading goes on from there.
        var end = -1
        var ahead = 0
    }

    private static let page = 16 << 10
    private static let mostAhead = 1 << 20
    /// Bytes in one message.
    static let mostBytes = 4 << 20

    let size: Int
    private let number: Int
    private let name: Name
    private let dialogue: PageDialogue
    private let state = Mutex(State())

    init(_ number: Int, name: Name, size: Int, _ dialogue: PageDialogue) {
        self.number = number
        self.name = name
        self.size = size
        self.dialogue = dialogue
    }

    var isFar: Bool { true }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let count = min(buffer.count, size - offset)
        let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        return try state.withLock { (state) throws(Failure) -> Int in
            var done = state.extents.copy(from: offset, into: wanted)
            while done < count {
                let place = offset + done
                let lacking = state.extents.gap(in: place..<(offset + count)) ?? place..<(offset + count)
                let range = widened(lacking, &state)
                let bytes = try dialogue.fetch(range, of: number, named: name)
                state.end = range.upperBound
                state.extents.insert(bytes, at: range.lowerBound)
                let more = state.extents.copy(
                    from: place, into: UnsafeMutableRawBufferPointer(rebasing: wanted[done...]))
                guard more > 0 else { break }
                done += more
            }
            return done
        }
    }

    func expect(_ range: Range<Int>) throws(Failure) {}

    private func widened(_ range: Range<Int>, _ state: inout State) -> Range<Int> {
        state.ahead = range.lowerBound == state.end ? min(Self.mostAhead, max(Self.page, state.ahead * 2)) : 0
        let start = range.count < Self.page ? range.lowerBound / Self.page * Self.page : range.lowerBound
        let end = max(range.upperBound, max(start + Self.page, range.lowerBound + state.ahead))
        return (start..<min(size, end, start + Self.mostBytes)).clamped(
            to: state.extents.room(around: range.lowerBound, size: size))
    }
}

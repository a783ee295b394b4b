// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Pieces of a file that are at hand, none over another, in the order of their places.
public struct Extents: Sendable {
    private struct Extent: Sendable {
        let start: Int
        let bytes: [UInt8]
        /// When it was used last.
        var used: Int
        var end: Int { start + bytes.count }
    }

    private var list: [Extent] = []
    private var clock = 0
    private var held = 0
    /// Bytes that are kept; what was not used for longest goes first.
    let most: Int

    public init(most: Int) { self.most = most }

    /// The first extent that ends behind a place.
    private func index(endingAfter place: Int) -> Int {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].end > place { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Copies bytes from a place on, as many as follow one another.
    public mutating func copy(from place: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        clock += 1
        var copied = 0
        var index = index(endingAfter: place)
        while copied < buffer.count, index < list.count, list[index].start <= place + copied {
            let inside = place + copied - list[index].start
            let piece = list[index].bytes[inside...].prefix(buffer.count - copied)
            UnsafeMutableRawBufferPointer(rebasing: buffer[copied...]).copyBytes(from: piece)
            copied += piece.count
            list[index].used = clock
            index += 1
        }
        return copied
    }

    /// The part of a range that is not at hand, from the first byte that lacks to the last; nil when all is there.
    public func gap(in range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        var index = index(endingAfter: start)
        while index < list.count, list[index].start <= start {
            start = list[index].end
            index += 1
        }
        guard start < range.upperBound else { return nil }
        var end = range.upperBound
        index = self.index(endingAfter: end - 1)
        while index >= 0, index < list.count, list[index].start < end, list[index].end >= end {
            end = list[index].start
            index -= 1
        }
        return start < end ? start..<end : nil
    }

    /// The bytes around a place that lack: from the end of the extent before it to the start of the next one.
    public func room(around place: Int, size: Int) -> Range<Int> {
        let index = index(endingAfter: place)
        let start = index > 0 ? list[index - 1].end : 0
        let end = index < list.count ? list[index].start : size
        return min(start, place)..<max(end, place)
    }

    /// Keeps bytes; those that are at hand already stay as they are.
    public mutating func insert(_ bytes: [UInt8], at start: Int) {
        clock += 1
        var place = start
        let end = start + bytes.count
        while place < end {
            let index = index(endingAfter: place)
            if index < list.count, list[index].start <= place {
                place = list[index].end
                continue
            }
            let until = index < list.count ? min(end, list[index].start) : end
            list.insert(
                Extent(start: place, bytes: Array(bytes[(place - start)..<(until - start)]), used: clock), at: index)
            held += until - place
            place = until
        }
        while held > most, list.count > 1,
            let oldest = list.indices.min(by: { list[$0].used < list[$1].used }), list[oldest].used < clock
        {
            held -= list[oldest].bytes.count
            list.remove(at: oldest)
        }
    }
}

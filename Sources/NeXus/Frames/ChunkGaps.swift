// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// The elements of a dataset for which no storage was ever taken.
struct ChunkGaps {
    /// One range a dimension, within the extent.
    let boxes: [[Range<Int>]]
    /// Some have none, and nobody knows which.
    private(set) var isUnclear = false

    private static let most = 1 << 16

    init(_ dataset: Dataset, _ shape: [Int]) {
        let whole = shape.map { 0..<max(0, $0) }
        guard !whole.contains(where: \.isEmpty) else {
            boxes = []
            return
        }
        switch dataset.layout {
        case .contiguous: boxes = dataset.storedBytes == 0 ? [whole] : []
        case .chunked(let chunking):
            if chunking.allocated == 0 {
                boxes = [whole]
            } else {
                boxes = Self.boxes(chunking.gaps ?? [], chunk: chunking.shape, shape)
                isUnclear = chunking.gaps == nil && Self.isShort(chunking, shape)
            }
        case .compact, .virtual, .external, .unknown: boxes = []
        }
    }

    /// Whether fewer chunks have a place than the extent holds.
    private static func isShort(_ chunking: Chunking, _ shape: [Int]) -> Bool {
        guard let allocated = chunking.allocated, chunking.shape.count == shape.count else { return false }
        let all = zip(shape, chunking.shape).reduce(1.0) { $0 * (Double($1.0) / Double(max(1, $1.1))).rounded(.up) }
        return Double(allocated) < all
    }

    /// Turns runs of chunk numbers, the last dimension fastest, into boxes of elements.
    private static func boxes(_ gaps: [Range<Int>], chunk: [Int], _ shape: [Int]) -> [[Range<Int>]] {
        guard chunk.count == shape.count, !chunk.contains(where: { $0 < 1 }) else { return [] }
        let grid = zip(shape, chunk).map { ($0 &- 1) / $1 &+ 1 }
        var boxes: [[Range<Int>]] = []
        for gap in gaps {
            guard boxes.count < most else { break }
            Self.cut(gap, grid, 0, [], &boxes)
        }
        return boxes.map { box in
            box.enumerated().map { axis, range in
                let low = range.lowerBound &* chunk[axis]
                let (high, overflow) = range.upperBound.multipliedReportingOverflow(by: chunk[axis])
                return low..<max(low, min(shape[axis], overflow ? shape[axis] : high))
            }
        }
    }

    /// Boxes of chunks for a run of their numbers, dimension by dimension.
    private static func cut(
        _ run: Range<Int>, _ grid: [Int], _ axis: Int, _ outer: [Range<Int>], _ boxes: inout [[Range<Int>]]
    ) {
        guard !run.isEmpty, boxes.count < most else { return }
        let rest = grid.dropFirst(axis + 1)
        var size = 1
        for extent in rest { size = size.multipliedReportingOverflow(by: extent).partialValue }
        guard axis < grid.count, size > 0 else { return }
        let inner = rest.map { 0..<$0 }
        if rest.isEmpty {
            boxes.append(outer + [run])
            return
        }
        let first = (run.lowerBound &+ size &- 1) / size
        let last = run.upperBound / size
        if first > last {
            let row = run.lowerBound / size
            cut(
                (run.lowerBound &- row &* size)..<(run.upperBound &- row &* size), grid, axis + 1,
                outer + [row..<(row &+ 1)], &boxes)
            return
        }
        if run.lowerBound < first &* size {
            let row = first &- 1
            cut((run.lowerBound &- row &* size)..<size, grid, axis + 1, outer + [row..<first], &boxes)
        }
        if first < last { boxes.append(outer + [first..<last] + inner) }
        if run.upperBound > last &* size {
            cut(0..<(run.upperBound &- last &* size), grid, axis + 1, outer + [last..<(last &+ 1)], &boxes)
        }
    }
}

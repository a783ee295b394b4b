// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension FrameRun {
    /// Both as one run, where the other continues this one in the file and in its source.
    public func joined(with other: FrameRun) -> FrameRun? {
        guard area == other.area, let frames = frames.joined(with: other.frames) else { return nil }
        switch (content, other.content) {
        case (.stored(let store, let at, let corner), .stored(let other, let next, let otherCorner)):
            guard store == other, corner == otherCorner, let at = at.joined(with: next), at.count == frames.count else {
                return nil
            }
            return FrameRun(frames: frames, area: area, content: .stored(store, at: at, corner: corner))
        case (.fill, .fill), (.absent, .absent), (.unread, .unread):
            return content == other.content ? FrameRun(frames: frames, area: area, content: content) : nil
        default: return nil
        }
    }
}

extension Stride {
    /// Both as one, where the other goes on where this one ends.
    public func joined(with other: Stride) -> Stride? {
        let step = count > 1 ? self.step : other.first &- first
        guard step > 0, other.first == last &+ step, other.count == 1 || other.step == step else { return nil }
        return Stride(first: first, step: step, count: count &+ other.count)
    }
}

/// How the runs of a stack fill its frames, by area.
public struct FrameCoverage: Sendable, Hashable {
    /// Frames in which the worst-filled area is filled.
    public let mapped: Int
    /// Frames that the extents announce.
    public let frames: Int
    /// The first frame, from 0, in which an area that other frames fill is filled by none or by two.
    public let firstFault: Int?
    /// The first fault is an area that two sources fill.
    public let isDoubled: Bool
    /// Pixels that nothing fills in any frame and that are too wide for a gap between modules.
    public let unfilled: Area?

    /// More different areas than this are looked at one by one, not against each other.
    private static let mostAreas = 256

    /// - Parameters:
    ///   - runs: What fills frames, or is meant to.
    ///   - windows: Pixels of each panel, where the file states them.
    ///   - masked: Pixels that the mask of the detector covers: nothing has to fill them.
    public init(_ runs: [FrameRun], frames: Int, whole: Area, windows: [Area] = [], masked: [Area] = []) {
        var parts: [Area: [Range<Int>]] = [:]
        for run in runs { parts[run.area, default: []] += Self.ranges(run.frames) }
        let areas = parts.keys.sorted(by: Self.precedes)
        var worst: Filling?
        func take(_ ranges: [Range<Int>]) {
            let filling = Filling(ranges, frames)
            guard filling.firstFault != nil || filling.mapped < frames else { return }
            if worst.map({ filling.mapped < $0.mapped }) ?? true { worst = filling }
        }
        var unfilled: Area?
        if areas.isEmpty {
            take([])
        } else if areas.count == 1 || areas.count > Self.mostAreas {
            for area in areas { take(parts[area] ?? []) }
            if areas.count == 1 { unfilled = AreaGrid(areas + masked, whole).gap(windows) }
        } else {
            let grid = AreaGrid(areas, whole)
            for owners in grid.owners { take(owners.flatMap { parts[areas[$0]] ?? [] }) }
            unfilled = (masked.isEmpty ? grid : AreaGrid(areas + masked, whole)).gap(windows)
        }
        mapped = worst?.mapped ?? frames
        self.frames = frames
        firstFault = worst?.firstFault
        isDoubled = worst?.isDoubled ?? false
        self.unfilled = unfilled
    }

    /// Every area that is filled anywhere is filled once in every frame.
    public var isWhole: Bool { firstFault == nil && mapped >= frames && unfilled == nil }

    private static func precedes(_ one: Area, _ other: Area) -> Bool {
        (one.planes.lowerBound, one.slow.lowerBound, one.fast.lowerBound, one.slow.upperBound, one.fast.upperBound)
            < (
                other.planes.lowerBound, other.slow.lowerBound, other.fast.lowerBound, other.slow.upperBound,
                other.fast.upperBound
            )
    }

    private static func ranges(_ frames: Stride) -> [Range<Int>] {
        if let range = frames.range { return [range] }
        return (0..<min(frames.count, 1_000_000)).map { number in
            let start = frames.first &+ number &* frames.step
            return start..<(start &+ 1)
        }
    }

    /// How ranges fill the frames.
    private struct Filling {
        var mapped = 0
        var firstFault: Int?
        var isDoubled = false

        init(_ ranges: [Range<Int>], _ frames: Int) {
            var reach = 0
            for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
                if range.lowerBound > reach, firstFault == nil { firstFault = reach }
                if range.lowerBound < reach, !range.isEmpty, firstFault == nil {
                    firstFault = range.lowerBound
                    isDoubled = true
                }
                mapped += max(0, range.upperBound - max(reach, range.lowerBound))
                reach = max(reach, range.upperBound)
            }
            if reach < frames, firstFault == nil { firstFault = reach }
        }
    }
}

/// A frame cut along the edges of all areas.
struct AreaGrid {
    /// Sets of areas that share pixels, as indices; each once.
    let owners: [[Int]]
    private let planes: [Range<Int>]
    private let rows: [Range<Int>]
    private let columns: [Range<Int>]
    /// For each plane, row and column, whether an area fills it.
    private let isFilled: [Bool]
    private let narrowest: Int

    init(_ areas: [Area], _ whole: Area) {
        func cuts(_ ranges: [Range<Int>], _ whole: Range<Int>) -> [Range<Int>] {
            let edges = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [whole.lowerBound, whole.upperBound])
                .sorted()
            return zip(edges, edges.dropFirst()).map { $0..<$1 }
        }
        planes = cuts(areas.map(\.planes), whole.planes)
        rows = cuts(areas.map(\.slow), whole.slow)
        columns = cuts(areas.map(\.fast), whole.fast)
        narrowest = areas.map(\.narrowSide).min() ?? 0
        var cells = [[Int]](repeating: [], count: planes.count * rows.count * columns.count)
        for (number, area) in areas.enumerated() {
            for (p, plane) in planes.enumerated() where area.planes.contains(plane.lowerBound) {
                for (r, row) in rows.enumerated() where area.slow.contains(row.lowerBound) {
                    for (c, column) in columns.enumerated() where area.fast.contains(column.lowerBound) {
                        cells[(p * rows.count + r) * columns.count + c].append(number)
                    }
                }
            }
        }
        isFilled = cells.map { !$0.isEmpty }
        owners = Array(Set(cells.filter { !$0.isEmpty })).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Pixels without any area that are more than a gap: the window of a panel, or as wide as the narrowest area.
    func gap(_ windows: [Area]) -> Area? {
        guard isFilled.contains(false) else { return nil }
        for window in windows where isEmpty(window) { return window }
        guard rows.count * rows.count * columns.count * planes.count <= 20_000_000 else { return nil }
        for (p, plane) in planes.enumerated() {
            for top in rows.indices {
                var free = columns.indices.map { !isFilled[(p * rows.count + top) * columns.count + $0] }
                for bottom in top..<rows.count {
                    if bottom > top {
                        for c in columns.indices where isFilled[(p * rows.count + bottom) * columns.count + c] {
                            free[c] = false
                        }
                    }
                    guard free.contains(true) else { break }
                    let slow = rows[top].lowerBound..<rows[bottom].upperBound
                    guard slow.count >= narrowest else { continue }
                    var start: Int?
                    for c in columns.indices {
                        guard free[c] else {
                            start = nil
                            continue
                        }
                        let from = start ?? columns[c].lowerBound
                        start = from
                        if columns[c].upperBound - from >= narrowest {
                            return Area(planes: plane, slow: slow, fast: from..<columns[c].upperBound)
                        }
                    }
                }
            }
        }
        return nil
    }

    private func isEmpty(_ window: Area) -> Bool {
        var touches = false
        for (p, plane) in planes.enumerated() where window.planes.overlaps(plane) {
            for (r, row) in rows.enumerated() where window.slow.overlaps(row) {
                for (c, column) in columns.enumerated() where window.fast.overlaps(column) {
                    if isFilled[(p * rows.count + r) * columns.count + c] { return false }
                    touches = true
                }
            }
        }
        return touches
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
internal import ImageCodecs
internal import Synchronization

/// Rectangles of a stack, of the size of a module or a chip, whose pixels are all 0 while those round them hold counts; and
/// whether the mask lies where pixels hold none.
///
/// Any number of threads may hand over frames at once.
public final class BlankAreas: Sendable {
    /// A rectangle of pixels, from 0, all planes one above the other.
    public struct Rectangle: Sendable, Hashable {
        public let fast: Range<Int>
        public let slow: Range<Int>

        /// Pixels of the rectangle.
        public var pixels: Int { fast.count * slow.count }
    }

    /// A mask that covers counts while pixels without a count lie outside of it.
    public struct Displacement: Sendable, Hashable {
        /// The frame, from 0.
        public let frame: Int
        /// Pixels under the mask, and those of them that hold counts above 0.
        public let masked: Int, counting: Int
        /// Pixels outside of the mask at flag values, or in rows and columns of zeros.
        public let bare: Int
    }

    /// What was found.
    public struct Result: Sendable {
        /// Frames that were looked at, from 0.
        public let frames: [Int]
        /// Blank rectangles with the frames in which they are, from 0; the largest first.
        public let areas: [(area: Rectangle, frames: [Int])]
        /// nil where the mask lies where it belongs, for all that can be told.
        public let displacement: Displacement?
    }

    /// Pixels along the side of a square, the grain of what is looked for.
    private static let side = 16
    /// Of a module or chip: no shadow of a beam stop, no gap.
    private static let leastSide = 48
    private static let leastPart = 0.003
    /// Squares of zeros that have to fill their rectangle; shadows and the corners of round detectors do not.
    private static let leastFill = 0.98
    /// Counts that pixels round the rectangle hold on the average.
    private static let leastMean = 0.2
    private static let mostFrames = 3
    private static let fewestMasked = 64

    private struct State {
        var frames: [Int] = []
        var areas: [Rectangle: [Int]] = [:]
        var displacement: Displacement?
    }

    private let chosen: Set<Int>
    private let first: Int?
    private let limits: ValueLimits
    private let state = Mutex(State())

    /// - Parameter frames: Those that will be read, from 0.
    init(frames: [Int], limits: ValueLimits) {
        chosen = FrameSampling.spread(Self.mostFrames, over: frames)
        first = frames.first
        self.limits = limits
    }

    /// The frame is one of those that are looked at closely.
    func isChosen(_ frame: Int) -> Bool { chosen.contains(frame) }

    /// - Parameters:
    ///   - frame: From 0.
    ///   - counts: Of the frame, under the mask.
    func take(_ image: FrameImage, frame: Int, mask: [UInt8]?, counts: FrameCounts) {
        guard chosen.contains(frame), !image.isPartial, image.fast > 0, let greatest = counts.greatest, greatest > 0
        else { return }
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil }
        let areas = areas(of: image, shade)
        var displacement: Displacement?
        if let shade, frame == first { displacement = self.displacement(of: shade, image, frame, counts) }
        state.withLock { state in
            state.frames.append(frame)
            for area in areas { state.areas[area, default: []].append(frame) }
            state.displacement = state.displacement ?? displacement
        }
    }

    /// What was found.
    var result: Result {
        let state = state.withLock { $0 }
        let areas = state.areas.map { (area: $0.key, frames: $0.value.sorted()) }.sorted {
            ($1.area.pixels, $0.area.slow.lowerBound, $0.area.fast.lowerBound)
                < ($0.area.pixels, $1.area.slow.lowerBound, $1.area.fast.lowerBound)
        }
        return Result(frames: state.frames.sorted(), areas: areas, displacement: state.displacement)
    }

    // MARK: Rectangles

    private func areas(of image: FrameImage, _ mask: [UInt8]?) -> [Rectangle] {
        let (fast, slow) = (image.fast, image.pixels / image.fast)
        let (across, along) = (fast / Self.side, slow / Self.side)
        guard across > 2, along > 2 else { return [] }
        var blank = [UInt8](repeating: 0, count: across * along)
        image.bytes.withUnsafeBufferPointer { bytes in
            (mask ?? []).withUnsafeBufferPointer { shade in
                guard let base = bytes.baseAddress else { return }
                cpixels_blank(
                    base, image.element.bytes, fast, slow, Self.side, mask == nil ? nil : shade.baseAddress, &blank)
            }
        }
        guard blank.contains(1) else { return [] }
        var found: [Rectangle] = []
        for start in blank.indices where blank[start] == 1 {
            let (box, squares) = Self.take(from: &blank, start, across, along)
            let pixels = squares * Self.side * Self.side
            guard Double(squares) >= Self.leastFill * Double(box.x.count * box.y.count),
                Double(pixels) >= Self.leastPart * Double(fast * slow)
            else { continue }
            let area = widened(box, image, slow)
            guard area.fast.count >= Self.leastSide, area.slow.count >= Self.leastSide,
                isAmongCounts(area, image, mask, slow)
            else { continue }
            found.append(area)
        }
        return found
    }

    /// The squares that hang together with one, taken out, and the box round them.
    private static func take(
        from blank: inout [UInt8], _ start: Int, _ across: Int, _ along: Int
    ) -> (box: (x: ClosedRange<Int>, y: ClosedRange<Int>), squares: Int) {
        var open = [start]
        var (left, right, top, bottom) = (start % across, start % across, start / across, start / across)
        var squares = 0
        blank[start] = 0
        while let next = open.popLast() {
            squares += 1
            let (x, y) = (next % across, next / across)
            (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
            for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
                let (x, y) = (x + dx, y + dy)
                guard (0..<across).contains(x), (0..<along).contains(y), blank[y * across + x] == 1 else { continue }
                blank[y * across + x] = 0
                open.append(y * across + x)
            }
        }
        return ((left...right, top...bottom), squares)
    }

    /// The box in pixels, as far as rows and columns beside it are 0 along it.
    private func widened(
        _ box: (x: ClosedRange<Int>, y: ClosedRange<Int>), _ image: FrameImage, _ slow: Int
    ) -> Rectangle {
        var left = box.x.lowerBound * Self.side
        var right = (box.x.upperBound + 1) * Self.side
        var top = box.y.lowerBound * Self.side
        var bottom = (box.y.upperBound + 1) * Self.side
        func isZero(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
            rows.allSatisfy { row in columns.allSatisfy { image.value(at: row * image.fast + $0) == 0 } }
        }
        while left > 0, isZero(left - 1..<left, top..<bottom) { left -= 1 }
        while right < image.fast, isZero(right..<right + 1, top..<bottom) { right += 1 }
        while top > 0, isZero(left..<right, top - 1..<top) { top -= 1 }
        while bottom < slow, isZero(left..<right, bottom..<bottom + 1) { bottom += 1 }
        return Rectangle(fast: left..<right, slow: top..<bottom)
    }

    /// Pixels on at least two sides of the area, as far as the image goes on there, hold counts.
    private func isAmongCounts(_ area: Rectangle, _ image: FrameImage, _ mask: [UInt8]?, _ slow: Int) -> Bool {
        let (least, most) = limits.range(for: image.element)
        let reach = 2 * Self.side
        let sides = [
            (max(0, area.fast.lowerBound - reach)..<area.fast.lowerBound, area.slow),
            (area.fast.upperBound..<min(image.fast, area.fast.upperBound + reach), area.slow),
            (area.fast, max(0, area.slow.lowerBound - reach)..<area.slow.lowerBound),
            (area.fast, area.slow.upperBound..<min(slow, area.slow.upperBound + reach)),
        ]
        var counting = 0
        for (columns, rows) in sides {
            var (sum, number) = (0.0, 0)
            for row in rows {
                for column in columns where mask.map({ $0[row * image.fast + column] == 0 }) ?? true {
                    let value = image.value(at: row * image.fast + column)
                    guard value >= least, value <= most, value != image.element.greatest,
                        image.element.greatest.map({ image.element.isSigned || value != $0 - 1 }) ?? true
                    else { continue }
                    sum += value
                    number += 1
                }
            }
            if number >= Self.leastSide, sum >= Self.leastMean * Double(number) { counting += 1 }
        }
        return counting >= 2
    }

    // MARK: Mask

    private func displacement(
        of mask: [UInt8], _ image: FrameImage, _ frame: Int, _ counts: FrameCounts
    ) -> Displacement? {
        guard counts.masked >= Self.fewestMasked, counts.masked <= counts.pixels / 2 else { return nil }
        let all = FrameCounts(image, mask: nil, limits: limits)
        let outside = counts.flagged - counts.masked - counts.above
        let under = all.flagged - all.above - outside
        let counting = counts.masked - under - (all.zeros - counts.zeros) - (all.above - counts.above)
        guard counting >= counts.masked / 2 else { return nil }
        let bare = max(outside, zeros(outside: mask, image))
        guard bare >= counts.masked / 2 else { return nil }
        return Displacement(frame: frame, masked: counts.masked, counting: counting, bare: bare)
    }

    /// Pixels that are not masked, in rows and columns of zeros.
    private func zeros(outside mask: [UInt8], _ image: FrameImage) -> Int {
        let slow = image.pixels / image.fast
        var rows = [UInt8](repeating: 0, count: slow)
        var columns = [UInt8](repeating: 0, count: image.fast)
        image.bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            cpixels_blank_lines(base, image.element.bytes, image.fast, slow, &rows, &columns)
        }
        let blank = columns.indices.filter { columns[$0] == 1 }
        var zeros = 0
        for row in rows.indices {
            let line = row * image.fast
            if rows[row] == 1 {
                zeros += mask[line..<line + image.fast].count { $0 == 0 }
            } else {
                zeros += blank.count { mask[line + $0] == 0 }
            }
        }
        return zeros
    }
}

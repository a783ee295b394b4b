// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
internal import Diffraction
internal import ImageCodecs

/// Counts of a few frames summed over cells of some ten pixels, by which the centre of the background is found.
struct FrameBackground: Sendable {
    /// Where the pixels stand.
    let panels: FramePanels
    /// Frames that were added.
    private(set) var frames = 0
    private(set) var grids: [Grid]

    /// The cells of one panel.
    struct Grid: Sendable {
        /// Pixels along fast of a cell, and rows of it that are taken, `step` rows apart.
        let across, along, step: Int
        /// Cells along fast.
        let width: Int
        /// Cells of the panel.
        let count: Int
        /// What was counted, frame by frame.
        var layers: [Layer] = []

        /// Counts of one frame and the pixels that hold them, `[slow][fast]`.
        struct Layer: Sendable {
            var sums: [Float]
            var numbers: [UInt32]
        }

        /// Counts and pixels of a cell in the fainter of its frames, and how many these are.
        ///
        /// Spots stand in other cells in each frame: the brightest frames of each cell are left out. What that takes from the
        /// background depends on its mean alone, and so on the scattering angle.
        func fainter(_ cell: Int) -> (sum: Double, number: Int, frames: Int) {
            var seen = layers.map { (sum: $0.sums[cell], number: $0.numbers[cell]) }.filter { $0.number > 0 }
            let dropped = seen.count < Share.fewestToTrim ? 0 : seen.count / 3
            if dropped > 0 { seen.sort { $0.sum * Float($1.number) < $1.sum * Float($0.number) } }
            let kept = seen.dropLast(dropped)
            return (
                kept.reduce(0) { $0 + Double($1.sum) }, kept.reduce(0) { $0 + Int($1.number) }, layers.count - dropped
            )
        }
    }

    /// Numbers that bound what is looked at, so that a frame costs little beside its decoding.
    private enum Share {
        /// Cells of all panels together.
        static let cells = 9000
        /// Pixels that are looked at.
        static let pixels = 2_000_000
        /// Pixels of a frame below which its background tells nothing.
        static let fewest = 40_000
        /// Frames that are summed.
        static let frames = 8
        /// Frames from which on the brightest of a cell are left out.
        static let fewestToTrim = 6
    }

    /// Of the frames that are read those whose background is summed.
    static func choice(of frames: [Int]) -> Set<Int> {
        guard frames.count > Share.frames else { return Set(frames) }
        return Set((0..<Share.frames).map { frames[$0 * (frames.count - 1) / (Share.frames - 1)] })
    }

    /// - Returns: nil for panels that are not placed, and for small images.
    init?(_ panels: FramePanels) {
        let pixels = panels.parts.reduce(0) { $0 + $1.size.fast * $1.size.slow }
        guard panels.whyStored == nil, pixels >= Share.fewest else { return nil }
        self.panels = panels
        let side = max(4, Int((Double(pixels) / Double(Share.cells)).squareRoot().rounded(.up)))
        let step = max(1, min(side, pixels / Share.pixels))
        grids = panels.parts.map { part in
            let along = max(1, side / step)
            let width = (part.size.fast + side - 1) / side
            let rows = (part.size.slow + step - 1) / step
            let count = width * ((rows + along - 1) / along)
            return Grid(
                across: side, along: along, step: step, width: width, count: count)
        }
    }

    /// Adds a frame; one of another size changes nothing.
    ///
    /// - Parameter mask: One byte a pixel of the frame, not 0 where it is masked; nil without one.
    mutating func add(_ image: FrameImage, mask: [UInt8]?, limits: ValueLimits) {
        let (least, most) = limits.range(for: image.element)
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil } ?? []
        frames += 1
        for (part, index) in zip(panels.parts, grids.indices) {
            guard let first = image.index(ofFirst: part.area) else { continue }
            let (across, along, step) = (grids[index].across, grids[index].along, grids[index].step)
            let rows = (part.size.slow + step - 1) / step
            image.bytes.withUnsafeBytes { bytes in
                shade.withUnsafeBufferPointer { shade in
                    var layer = Grid.Layer(
                        sums: [Float](repeating: 0, count: grids[index].count),
                        numbers: [UInt32](repeating: 0, count: grids[index].count))
                    layer.sums.withUnsafeMutableBufferPointer { sums in
                        layer.numbers.withUnsafeMutableBufferPointer { numbers in
                            guard let base = bytes.baseAddress else { return }
                            cpixels_bin(
                                base + first * image.element.bytes, image.element.cType, image.fast * step,
                                part.size.fast, rows, across, along,
                                shade.isEmpty ? nil : shade.baseAddress.map { $0 + first }, least, most, nil,
                                sums.baseAddress, numbers.baseAddress, nil)
                        }
                    }
                    grids[index].layers.append(layer)
                }
            }
        }
    }

    /// Adds the frames of another; nothing where its panels stand elsewhere.
    mutating func add(_ other: FrameBackground) {
        guard isAlike(other) else { return }
        frames += other.frames
        for index in grids.indices { grids[index].layers += other.grids[index].layers }
    }

    /// The same panels at the same places, to a hundredth of a pixel.
    func isAlike(_ other: FrameBackground) -> Bool {
        grids.count == other.grids.count
            && zip(panels.parts, other.panels.parts).allSatisfy { a, b in
                let near = 0.01 * a.plane.steps.fast
                return a.area == b.area && (a.plane.origin - b.plane.origin).length <= near
                    && (a.plane.fast - b.plane.fast).length * Double(a.size.fast) <= near
                    && (a.plane.slow - b.plane.slow).length * Double(a.size.slow) <= near
            }
    }

    /// One cell as the fit reads it.
    struct Cell {
        /// Its middle by the stated geometry, millimetres from the sample.
        let point: Vector3
        /// Unit vector at right angles to its panel.
        let normal: Vector3
        /// Counts of a pixel, and of all its pixels in all frames.
        let mean, counts: Double
    }

    /// Cells of which at least half the pixels hold counts.
    var cells: [Cell] {
        var cells: [Cell] = []
        for (part, grid) in zip(panels.parts, grids) {
            guard let normal = part.plane.normal else { continue }
            let first = part.origin.outlineStart
            for cell in 0..<grid.count {
                let (counts, number, layers) = grid.fainter(cell)
                guard number > grid.across * grid.along * layers / 2, number > 0 else { continue }
                let column = Double(cell % grid.width * grid.across)
                let row = Double(cell / grid.width * grid.along * grid.step)
                // The middle of the rows that are taken, not of all that lie between them.
                let taken = min(grid.along, (part.size.slow - 1 - Int(row)) / grid.step + 1)
                let height = Double((taken - 1) * grid.step + 1)
                let width = min(Double(grid.across), Double(part.size.fast) - column)
                let point = part.plane.position(fast: first + column + width / 2, slow: first + row + height / 2)
                guard point.length > 0, normal.dot(point).magnitude > 0.05 * point.length else { continue }
                cells.append(Cell(point: point, normal: normal, mean: counts / Double(number), counts: counts))
            }
        }
        return cells
    }
}

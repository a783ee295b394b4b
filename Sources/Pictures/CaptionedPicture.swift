// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Frames
internal import ImageCodecs

/// A picture with words below it, as it is written to a file.
public struct CaptionedPicture: Sendable {
    public let canvas: Canvas
    private let words: [String]

    /// One picture.
    ///
    /// - Parameter title: What is shown: file, frame and scan.
    public init(_ picture: FramePicture, title: String) {
        self.init([[(picture, "")]], title: title)
    }

    /// Pictures side by side, each with a few words below; one row a scan.
    ///
    /// - Parameter rows: None of them empty.
    public init(_ rows: [[(picture: FramePicture, words: String)]], title: String) {
        let all = rows.flatMap { $0 }
        guard let first = all.first?.picture else {
            canvas = Canvas(width: 1, height: 1, ground: .white)
            words = [title]
            return
        }
        let isStrip = all.count > 1 || all.contains { !$0.words.isEmpty }
        let letter = isStrip ? 1 : max(1, min(2, (max(first.view.width, first.view.height) + 350) / 700))
        let gap = isStrip ? 8 : 0
        let foot = isStrip ? 14 : 0
        let widths = rows.map { row in row.reduce(0) { $0 + $1.picture.canvas.width } + gap * max(0, row.count - 1) }
        let heights = rows.map { row in (row.map(\.picture.canvas.height).max() ?? 0) + foot }
        let width = max(560 * letter, widths.max() ?? 0)
        let compass = Compass(first, size: letter)
        let lines = [title] + first.captions(isStrip: isStrip)
        let wrapped = Self.wrapped(lines, columns: (width - compass.width - 24 * letter) / (Letters.advance * letter))
        let line = 12 * letter
        let caption = max(wrapped.count * line + 16 * letter, compass.height + 8 * letter)
        let pictures = heights.reduce(0, +) + gap * max(0, heights.count - 1)
        var canvas = Canvas(width: width, height: pictures + caption, ground: .white)
        var y = 0
        for (row, height) in zip(rows, heights) {
            var x = isStrip ? 0 : (width - (row.first?.picture.canvas.width ?? 0)) / 2
            for (picture, words) in row {
                canvas.lay(picture.canvas, x: x, y: y)
                canvas.text(words, x: x + 2, y: y + picture.canvas.height + 3, .black, size: 1)
                x += picture.canvas.width + gap
            }
            y += height + gap
        }
        for (number, text) in wrapped.enumerated() {
            canvas.text(
                text, x: 8 * letter, y: pictures + 8 * letter + number * line, number == 0 ? .black : .faint,
                size: letter)
        }
        compass.draw(on: &canvas, right: width - 8 * letter, top: pictures + 6 * letter)
        self.canvas = canvas
        words = lines
    }

    /// The file; nil for a picture too large for memory.
    public var png: [UInt8]? {
        PNG.encode(canvas.pixels, width: canvas.width, palette: Ink.palette, comment: words.joined(separator: "\n"))
    }

    /// Lines broken at spaces.
    private static func wrapped(_ lines: [String], columns: Int) -> [String] {
        lines.flatMap { line -> [String] in
            var result: [String] = []
            var current = ""
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                if !current.isEmpty, current.count + 1 + word.count > max(20, columns) {
                    result.append(current)
                    current = String(word)
                } else {
                    current += current.isEmpty ? String(word) : " " + word
                }
            }
            return result + [current]
        }
    }
}

/// The directions of the laboratory in a picture.
private struct Compass {
    private let arrows: [(name: String, x: Double, y: Double, depth: Double)]
    private let size: Int
    private let reach: Double
    let width: Int
    let height: Int

    init(_ picture: FramePicture, size: Int) {
        self.size = size
        reach = Double(22 * size)
        guard picture.content.panels.whyStored == nil else {
            (arrows, width, height) = ([], 0, 0)
            return
        }
        arrows = [("X", Vector3.unitX), ("Y", .unitY), ("Z", .unitZ)].map { name, vector in
            let seen = picture.view.direction(of: vector)
            return (name, seen.x, seen.y, vector.dot(picture.view.into))
        }
        width = 72 * size
        height = 64 * size
    }

    func draw(on canvas: inout Canvas, right: Int, top: Int) {
        let centre = (x: Double(right - width / 2), y: Double(top + height / 2))
        var names: [(x: Double, y: Double)] = []
        for arrow in arrows {
            let tip = (x: centre.x + reach * arrow.x, y: centre.y + reach * arrow.y)
            let length = (arrow.x * arrow.x + arrow.y * arrow.y).squareRoot()
            canvas.line(centre, tip, .black, size: size)
            var label = (
                x: centre.x + (reach + Double(8 * size)) * arrow.x, y: centre.y + (reach + Double(8 * size)) * arrow.y
            )
            if length > 0.3 {
                // Two barbs.
                for side in [-0.5, 0.5] {
                    let (ux, uy) = (arrow.x / length, arrow.y / length)
                    let barb = Double(5 * size)
                    canvas.line(
                        tip, (tip.x - barb * (ux - side * uy), tip.y - barb * (uy + side * ux)), .black, size: size)
                }
            } else {
                // Seen end-on: a ring, with a dot towards the viewer and a cross away from him.
                drawRound(on: &canvas, centre, isTowards: arrow.depth < 0)
                label = (centre.x - Double(12 * size), centre.y + Double(12 * size))
            }
            // Beside the name of an arrow that points the same way.
            if names.contains(where: {
                abs($0.x - label.x) < Double(8 * size) && abs($0.y - label.y) < Double(10 * size)
            }) {
                label.x += Double(10 * size)
            }
            names.append(label)
            canvas.text(
                arrow.name, x: Int(label.x) - 2 * size, y: Int(label.y) - 3 * size, .black, size: size)
        }
    }

    private func drawRound(on canvas: inout Canvas, _ centre: (x: Double, y: Double), isTowards: Bool) {
        let radius = 5 * size
        for dy in -radius...radius {
            for dx in -radius...radius {
                let square = dx * dx + dy * dy
                guard square <= radius * radius else { continue }
                let isEdge = square > (radius - size) * (radius - size)
                let isMark = isTowards ? square <= 2 * size * size : abs(abs(dx) - abs(dy)) < size
                canvas.dot(x: Int(centre.x) + dx, y: Int(centre.y) + dy, isEdge || isMark ? .black : .white)
            }
        }
    }
}

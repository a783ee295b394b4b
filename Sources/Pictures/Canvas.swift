// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A picture of palette colours; what is drawn beyond its edges is left out.
public struct Canvas: Sendable {
    public let width: Int
    public let height: Int
    /// Indices of `Ink.palette`, `[row][column]`, the upper row first.
    public private(set) var pixels: [UInt8]

    public init(width: Int, height: Int, ground: Ink) {
        self.width = max(1, width)
        self.height = max(1, height)
        pixels = [UInt8](repeating: ground.index, count: self.width * self.height)
    }

    /// The colour of a pixel; nil beyond the edges.
    public func ink(x: Int, y: Int) -> Ink? {
        (0..<width).contains(x) && (0..<height).contains(y) ? Ink(index: pixels[y * width + x]) : nil
    }

    /// A square dot of `size` pixels about a pixel.
    mutating func dot(x: Int, y: Int, _ ink: Ink, size: Int = 1) {
        fill(x: x - (size - 1) / 2, y: y - (size - 1) / 2, width: size, height: size, ink)
    }

    mutating func fill(x: Int, y: Int, width: Int, height: Int, _ ink: Ink) {
        let columns = (x..<max(x, x + width)).clamped(to: 0..<self.width)
        for row in (y..<max(y, y + height)).clamped(to: 0..<self.height) {
            for column in columns { pixels[row * self.width + column] = ink.index }
        }
    }

    /// A straight line of dots.
    mutating func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ ink: Ink, size: Int = 1) {
        let steps = Int(min(100_000, max((to.x - from.x).magnitude, (to.y - from.y).magnitude, 1).rounded(.up)))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            let x = from.x + part * (to.x - from.x)
            let y = from.y + part * (to.y - from.y)
            guard let column = Int(exactly: x.rounded(.down)), let row = Int(exactly: y.rounded(.down)) else { return }
            dot(x: column, y: row, ink, size: size)
        }
    }

    /// Text whose upper left corner is given; a dot of a letter is a square of `size` pixels.
    mutating func text(_ text: String, x: Int, y: Int, _ ink: Ink, size: Int) {
        for (number, letter) in text.enumerated() {
            for (row, bits) in Letters.rows(of: letter).enumerated() {
                for column in 0..<5 where bits >> (4 - column) & 1 == 1 {
                    fill(
                        x: x + (number * Letters.advance + column) * size, y: y + row * size, width: size, height: size,
                        ink)
                }
            }
        }
    }

    /// Pixels that a text takes from left to right.
    static func width(of text: String, size: Int) -> Int { max(0, text.count * Letters.advance - 1) * size }

    /// Writes rows of colours that another way of drawing made.
    mutating func withPixels(_ body: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        pixels.withUnsafeMutableBufferPointer { body($0) }
    }

    /// Lays another picture over this one.
    mutating func lay(_ other: Canvas, x: Int, y: Int) {
        for row in 0..<other.height where (0..<height).contains(y + row) {
            for column in 0..<other.width where (0..<width).contains(x + column) {
                pixels[(y + row) * width + x + column] = other.pixels[row * other.width + column]
            }
        }
    }
}

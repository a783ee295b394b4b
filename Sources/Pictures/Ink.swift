// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import ImageCodecs

/// A colour of a picture, as an index of its palette.
public struct Ink: Sendable, Hashable {
    /// The index.
    public let index: UInt8

    /// Shades from white to black.
    static let shades = 216

    /// A shade of grey; 0 is white, 1 is black.
    static func grey(_ darkness: Float) -> Ink {
        Ink(index: UInt8(max(0, min(Float(shades - 1), (darkness * Float(shades - 1)).rounded()))))
    }

    public static let white = grey(0)
    public static let black = grey(1)
    /// Where no panel is.
    public static let ground = named(0)
    /// Pixels without a count.
    public static let masked = named(1)
    /// Pixels above the greatest count.
    public static let overloaded = named(2)
    /// The beam centre.
    public static let cross = named(3)
    /// Rings of resolution and their labels.
    public static let ring = named(4)
    /// Text of the caption that is less important.
    static let faint = named(5)

    /// The index of the nearest of eighteen shades; that of a colour stays.
    var joined: UInt8 { Int(index) < Self.shades ? index / 12 * 12 + (index > 107 ? 11 : 0) : index }

    private static func named(_ number: Int) -> Ink { Ink(index: UInt8(shades + number)) }

    /// All colours, in the order of their indices.
    public static let palette: [PNG.Colour] =
        (0..<shades).map { shade in
            let value = UInt8(255 - shade * 255 / (shades - 1))
            return PNG.Colour(value, value, value)
        } + [
            PNG.Colour(238, 234, 224), PNG.Colour(190, 208, 232), PNG.Colour(255, 128, 0), PNG.Colour(214, 18, 40),
            PNG.Colour(0, 118, 132), PNG.Colour(96, 96, 96),
        ]
}

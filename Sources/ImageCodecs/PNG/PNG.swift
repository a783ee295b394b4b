// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CDeflate

/// Writes pictures that a person looks at; no image of a detector is stored in this form.
///
/// - Source: PNG specification, third edition, sections 5, 7 and 11.
public enum PNG {
    /// A colour without transparency.
    public struct Colour: Sendable, Hashable {
        /// 0 to 255 each.
        public let red, green, blue: UInt8

        public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    /// The file of a picture of palette colours.
    ///
    /// - Parameters:
    ///   - pixels: One index of the palette a pixel, `[row][column]`, the upper row first.
    ///   - width: Pixels of a row; the number of pixels is a multiple of it.
    ///   - palette: 1 to 256 colours.
    ///   - comment: What the picture shows, in Latin letters; empty for none.
    /// - Returns: nil where the numbers do not fit together, or there is no memory.
    public static func encode(_ pixels: [UInt8], width: Int, palette: [Colour], comment: String = "") -> [UInt8]? {
        guard width > 0, width <= 1 << 24, !pixels.isEmpty, pixels.count % width == 0, !palette.isEmpty,
            palette.count <= 256, pixels.count / width <= 1 << 24,
            pixels.allSatisfy({ Int($0) < palette.count }), let packed = deflated(rows(pixels, width))
        else { return nil }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        // 8 bits an index, colour type 3, and nothing unusual.
        append("IHDR", word(UInt32(width)) + word(UInt32(pixels.count / width)) + [8, 3, 0, 0, 0], to: &file)
        append("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file)
        if !comment.isEmpty {
            let latin = comment.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
            append("tEXt", Array("Description".utf8) + [0] + latin, to: &file)
        }
        append("IDAT", packed, to: &file)
        append("IEND", [], to: &file)
        return file
    }

    /// Each row after a 0: no filter, which suits indices.
    private static func rows(_ pixels: [UInt8], _ width: Int) -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(pixels.count + pixels.count / width)
        for start in stride(from: 0, to: pixels.count, by: width) {
            rows.append(0)
            rows += pixels[start..<(start + width)]
        }
        return rows
    }

    /// A zlib stream.
    ///
    /// - SeeAlso: libdeflate_zlib_compress.
    private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
        guard let encoder = libdeflate_alloc_compressor(5) else { return nil }
        defer { libdeflate_free_compressor(encoder) }
        let bound = libdeflate_zlib_compress_bound(encoder, bytes.count)
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { room, filled in
            filled = bytes.withUnsafeBytes {
                libdeflate_zlib_compress(encoder, $0.baseAddress, $0.count, room.baseAddress, room.count)
            }
        }
        return packed.isEmpty ? nil : packed
    }

    private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
        let body = Array(type.utf8) + data
        file += word(UInt32(truncatingIfNeeded: data.count)) + body
        file += word(body.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) })
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
}

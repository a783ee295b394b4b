// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Fifteen bits a character of Unicode, from U+0100 on.
///
/// UTF-16 of either order behind its mark, which CBFlib writes and ends with the mark of UTF-8, or UTF-8. Signs of equality
/// at the end count bytes that are too many; other characters below U+0100 are passed over.
/// - Source: imgCIF dictionary, `_array_data.data`, X-BASE32K.
enum Base32K {
    static func decode(_ text: [UInt8]) throws(CodecFault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 16 * 15)
        var held: UInt32 = 0
        var bits: UInt32 = 0
        var signs = 0
        for unit in try units(of: text) {
            if unit == 0x3D {
                signs += 1
                continue
            }
            guard unit >= 0x100 else { continue }
            guard unit < 0x8100, signs == 0 else { throw .damaged(block: bytes.count / 15) }
            held = held << 15 | (unit - 0x100)
            bits += 15
            while bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> bits))
            }
            // What is left are fewer than eight bits.
            held &= 0xFF
        }
        guard signs <= bytes.count else { throw .damaged(block: 0) }
        bytes.removeLast(signs)
        return bytes
    }

    private static func units(of text: [UInt8]) throws(CodecFault) -> [UInt32] {
        // The line break behind the header may stand before the mark.
        let start = text.firstIndex { $0 != 10 && $0 != 13 } ?? text.count
        let rest = text[start...]
        let isBig = rest.starts(with: [0xFE, 0xFF])
        guard isBig || rest.starts(with: [0xFF, 0xFE]) else {
            guard let plain = String(validating: rest, as: UTF8.self) else { throw .damaged(block: 0) }
            return plain.unicodeScalars.filter { $0 != "\u{FEFF}" }.map(\.value)
        }
        var end = text.count
        var trimmed = end
        while trimmed > start, text[trimmed - 1] == 10 || text[trimmed - 1] == 13 { trimmed -= 1 }
        if text[start..<trimmed].suffix(3).elementsEqual([0xEF, 0xBB, 0xBF]) { end = trimmed - 3 }
        guard (end - start) % 2 == 0 else { throw .short(at: text.count) }
        return stride(from: start + 2, to: end, by: 2).map { place in
            let (first, second) = (UInt32(text[place]), UInt32(text[place + 1]))
            return isBig ? first << 8 | second : second << 8 | first
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes as letters, and back.
///
/// - Source: RFC 4648, section 4.
public enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// With `=` at the end where it is needed.
    public static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let second = at + 1 < bytes.count ? bytes[at + 1] : 0
            let third = at + 2 < bytes.count ? bytes[at + 2] : 0
            out.append(letters[Int(bytes[at] >> 2)])
            out.append(letters[Int((bytes[at] & 3) << 4 | second >> 4)])
            out.append(at + 1 < bytes.count ? letters[Int((second & 15) << 2 | third >> 6)] : 0x3D)
            out.append(at + 2 < bytes.count ? letters[Int(third & 63)] : 0x3D)
            at += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes; nil for what is no such text.
    public static func bytes(_ text: String) -> [UInt8]? {
        var values: [UInt8] = []
        var padding = 0
        for letter in text.utf8 {
            if letter == 0x3D {
                padding += 1
                continue
            }
            guard padding == 0 else { return nil }
            switch letter {
            case 0x41...0x5A: values.append(letter - 0x41)
            case 0x61...0x7A: values.append(letter - 0x61 + 26)
            case 0x30...0x39: values.append(letter - 0x30 + 52)
            // Also the letters of section 5, which addresses hold.
            case 0x2B, 0x2D: values.append(62)
            case 0x2F, 0x5F: values.append(63)
            default: return nil
            }
        }
        guard values.count % 4 != 1, padding <= 2 else { return nil }
        var out: [UInt8] = []
        var at = 0
        while at + 1 < values.count {
            out.append(values[at] << 2 | values[at + 1] >> 4)
            if at + 2 < values.count { out.append(values[at + 1] << 4 | values[at + 2] >> 2) }
            if at + 3 < values.count { out.append(values[at + 2] << 6 | values[at + 3]) }
            at += 4
        }
        return out
    }
}

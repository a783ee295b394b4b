// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Text of strangers made safe for a line of a terminal, a log or a report; the one place that decides what is shown.
public enum Escaping {
    /// The text on one line, with what could forge, hide or turn words as \\n, \\xNN or \\u{NNNN}.
    public static func line(_ text: String) -> String {
        guard needsLook(text), text.unicodeScalars.contains(where: isHidden) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars { append(scalar, to: &shown) }
        return shown
    }

    /// Appends one scalar as it is shown.
    public static func append(_ scalar: Unicode.Scalar, to shown: inout String) {
        guard isHidden(scalar) else { return shown.unicodeScalars.append(scalar) }
        switch scalar.value {
        case 0x0A: shown += "\\n"
        case ..<0x100: shown += "\\x" + hexadecimal(scalar.value)
        // A byte of a name that is not UTF-8.
        case 0x10FF80...: shown += "\\x" + hexadecimal(scalar.value & 0xFF)
        default: shown += "\\u{" + hexadecimal(scalar.value) + "}"
        }
    }

    /// Control characters (C0, DEL, C1, line and paragraph separators), those that turn the direction of writing, those
    /// without width, tags and selectors that carry hidden text, and bytes of names that are not UTF-8.
    ///
    /// - Source: Unicode 16, categories Cc and Cf, default ignorable code points.
    public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F: true
        case 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
            0xFFF0...0xFFFB:
            true
        case 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF, 0x10FF80...0x10FFFF: true
        default: false
        }
    }

    /// Printable ASCII needs no second look.
    private static func needsLook(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 || $0 >= 0x7F }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Text from files made safe for a terminal.
enum Printable {
    /// Control characters, which could move the cursor or colour the screen, as \\xNN; a line feed as \\n.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                shown += "\\n"
            } else if isControl(scalar) {
                let digits = String(scalar.value, radix: 16)
                shown += scalar.value < 0x100 ? "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// C0, DEL, C1, and the characters that turn the direction of writing.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: return true
        default: return false
        }
    }

    /// Words on lines of at most `width` columns; the first line goes where the caller stands, others after `indent` blanks.
    static func wrap(_ text: String, width: Int, indent: Int) -> String {
        Paragraph.wrap(text, width: max(0, width - indent)).joined(
            separator: "\n" + String(repeating: " ", count: indent))
    }
}

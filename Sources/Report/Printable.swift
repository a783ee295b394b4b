// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Text from files made safe for a terminal.
enum Printable {
    /// What could forge, hide or turn words as \\xNN; a line feed as \\n.
    static func text(_ text: String) -> String { Escaping.line(text) }

    /// Words on lines of at most `width` columns; the first line goes where the caller stands, others after `indent` blanks.
    static func wrap(_ text: String, width: Int, indent: Int) -> String {
        Paragraph.wrap(text, width: max(0, width - indent)).joined(
            separator: "\n" + String(repeating: " ", count: indent))
    }

    /// The same, where the first line begins at another column and blanks stay as they are; a word longer than a line is broken.
    static func wrap(_ text: String, width: Int, first: Int, indent: Int) -> String {
        let whole = max(10, width - indent)
        let margin = "\n" + String(repeating: " ", count: indent)
        var lines = ""
        var used = 0
        var room = width - first
        for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            var rest = word[...]
            var length = rest.count
            if index > 0 {
                if used + 1 + length <= room {
                    lines += " "
                    used += 1
                } else {
                    lines += margin
                    (used, room) = (0, whole)
                }
            }
            if index == 0, length > room, length <= whole {
                lines += margin
                room = whole
            }
            while used == 0, used + length > room, length > whole {
                // A path goes on behind a slash, if one is near.
                let fitting = rest.prefix(max(1, room - used))
                let piece = fitting.lastIndex(of: "/").map { fitting[...$0] } ?? fitting
                let taken = piece.count * 2 > fitting.count ? piece : fitting
                lines += taken + margin
                rest = rest.dropFirst(taken.count)
                length -= taken.count
                (used, room) = (0, whole)
            }
            lines += rest
            used += length
        }
        return lines
    }
}

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
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Text of strangers inside XML 1.0.
enum XMLText {
    /// For the value of an attribute, on one line.
    static func attribute(_ text: String) -> String { escaped(Printable.text(text)) }

    /// For the text of an element; line feeds of ours stay.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(Printable.text(String($0))) }
            .joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": shown += "&amp;"
            case "<": shown += "&lt;"
            case ">": shown += "&gt;"
            case "\"": shown += "&quot;"
            // The two of the first plane that no document may hold.
            case "\u{FFFE}": shown += "\\u{fffe}"
            case "\u{FFFF}": shown += "\\u{ffff}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

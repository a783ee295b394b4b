// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Text of strangers inside HTML.
enum HTMLText {
    /// For the text of an element and for the value of an attribute in quotes, hidden characters made visible.
    static func escaped(_ text: String) -> String { marked(Printable.text(text)) }

    /// The same, where line feeds of ours stay.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(
            separator: "\n")
    }

    /// At most so many characters of a text, the rest said to be left out.
    static func short(_ text: String, _ most: Int = 300) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > most else { return escaped(text) }
        return escaped(String(String.UnicodeScalarView(scalars.prefix(most)))) + "… (\(scalars.count) characters)"
    }

    private static func marked(_ text: String) -> String {
        guard text.utf8.contains(where: isMark) else { return text }
        var html: [UInt8] = []
        html.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): html += "&amp;".utf8
            case UInt8(ascii: "<"): html += "&lt;".utf8
            case UInt8(ascii: ">"): html += "&gt;".utf8
            case UInt8(ascii: "\""): html += "&quot;".utf8
            case UInt8(ascii: "'"): html += "&#39;".utf8
            default: html.append(byte)
            }
        }
        return String(decoding: html, as: UTF8.self)
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

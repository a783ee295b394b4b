// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Text broken into lines.
public enum Paragraph {
    /// Words on lines of at most `width` columns, each after `indent` blanks; a longer word stands alone.
    public static func wrap(_ text: String, width: Int, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if indent + line.count + 1 + word.count <= width {
                line += " " + word
            } else {
                lines.append(margin + line)
                line = String(word)
            }
        }
        if !line.isEmpty { lines.append(margin + line) }
        return lines
    }

    /// Two columns: terms on the left, wrapped sentences on the right; a long term has a line of its own.
    public static func table(_ rows: [(term: String, text: String)], width: Int, indent: Int = 2) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let longest = rows.map(\.term.count).max() ?? 0
        let column = indent + min(longest, 30) + 2
        var lines: [String] = []
        for row in rows {
            let text = wrap(row.text, width: width, indent: column)
            let front = margin + row.term
            guard let first = text.first, front.count + 2 <= column else {
                lines += [front] + text
                continue
            }
            let gap = String(repeating: " ", count: column - front.count)
            lines.append(front + gap + first.dropFirst(column))
            lines += text.dropFirst()
        }
        return lines
    }
}

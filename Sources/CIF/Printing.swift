// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How texts are written so that a reader gets them back.
public enum Quoting {
    /// A text as a CIF value: bare, quoted, triple-quoted or as a text field, whichever comes first that holds it.
    ///
    /// - Parameters:
    ///   - text: Any characters that the version allows; LF ends lines.
    ///   - isNumberBare: A text that reads as a number stays bare, so that it is one; false quotes it.
    /// - Returns: The value with its delimiters; a text field begins with a line end and ends with `;`. Nil when
    ///   CIF 1.1 has no way to write it, as for a second line that begins with a semicolon.
    public static func form(of text: String, version: Version, isNumberBare: Bool = true) -> String? {
        let isCIF2 = version == .cif20
        if isBare(text, isCIF2), isNumberBare || Number(text) == nil { return text }
        if !text.utf8.contains(10), !text.utf8.contains(13), text.utf8.count < 2000 {
            for quote in ["'", "\""] where canQuote(text, quote, isCIF2) { return quote + text + quote }
        }
        return textField(text, isCIF2)
    }

    private static func isBare(_ text: String, _ isCIF2: Bool) -> Bool {
        guard let first = text.utf8.first, text.utf8.count < 2000, text != ".", text != "?" else { return false }
        if "\"'#$_[];{}".utf8.contains(first) { return false }
        let hasSpace = text.utf8.contains { $0 <= 32 || $0 == 127 }
        let hasBracket = isCIF2 && text.utf8.contains { "[]{}".utf8.contains($0) }
        let folded = text.lowercased()
        let isReserved =
            folded.hasPrefix("data_") || folded.hasPrefix("save_")
            || ["loop_", "stop_", "global_"].contains(folded)
        return !hasSpace && !hasBracket && !isReserved
    }

    private static func canQuote(_ text: String, _ quote: String, _ isCIF2: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let mark = quote.utf8.first else { return false }
        if isCIF2 { return !bytes.contains(mark) }
        // Two quotes at the start would read as triple quotes.
        if bytes.count > 1, bytes[0] == mark, bytes[1] == mark { return false }
        return !bytes.indices.contains { index in
            bytes[index] == mark && index + 1 < bytes.count && (bytes[index + 1] == 32 || bytes[index + 1] == 9)
        }
    }

    private static func textField(_ text: String, _ isCIF2: Bool) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let needsFold = hasMarker(lines)
        if (needsFold ? lines[...] : lines.dropFirst()).contains(where: { $0.first == ";" }) {
            guard isCIF2 else { return nil }
            for quotes in ["'''", "\"\"\""]
            where !text.contains(quotes) && !text.hasSuffix(String(quotes.prefix(1))) {
                return quotes + text + quotes
            }
            let folded = foldedLines(lines).map { ">" + $0 }.joined(separator: "\n")
            return "\n;>\\\\\n\(folded)\n;"
        }
        if needsFold { return "\n;\\\n" + foldedLines(lines).joined(separator: "\n") + "\n;" }
        return "\n;" + text + "\n;"
    }

    /// True when the first line would be taken for a fold or prefix marker.
    private static func hasMarker(_ lines: [Substring]) -> Bool {
        guard let first = lines.first else { return false }
        return endsWithBackslash(first)
    }

    private static func endsWithBackslash(_ line: Substring) -> Bool {
        line.reversed().first { $0 != " " && $0 != "\t" } == "\\"
    }

    /// Lines under the fold protocol: one that ends in a backslash gets a fold of its own.
    private static func foldedLines(_ lines: [Substring]) -> [String] {
        lines.flatMap { endsWithBackslash($0) ? [$0 + "\\", ""] : [String($0)] }
    }
}

extension Document {
    /// The document as text in a plain layout: the law is that reading it again gives the same values.
    ///
    /// Binary sections are written as `?`, lists and tables as they stand. Names given twice and values without a name
    /// are left out.
    public func printed() -> String {
        var text = ""
        switch version {
        case .cif11: text = "#\\#CIF_1.1\n"
        case .cif20: text = "#\\#CIF_2.0\n"
        case .cbf(let number): text = "###CBF: VERSION \(number)\n"
        case .undeclared: break
        }
        for block in blocks { text += "data_\(block.name)\n\(block.printedItems(version))" }
        return text
    }
}

extension Block {
    fileprivate func printedItems(_ version: Version) -> String {
        var text = ""
        for column in columns where !column.isLooped {
            text += "\(column.name) \(column.printed(0, version))\n"
        }
        for loop in loops {
            let members = zip(loop.names, loop.nameOffsets).compactMap { name, offset in
                self.column(name).flatMap { $0.nameOffset == offset ? $0 : nil }
            }
            guard !members.isEmpty else { continue }
            text += "loop_\n" + members.map { $0.name + "\n" }.joined()
            for row in 0..<loop.rowCount {
                text += members.map { $0.printed(row, version) }.joined(separator: " ") + "\n"
            }
        }
        for frame in saveFrames { text += "save_\(frame.name)\n\(frame.printedItems(version))save_\n" }
        return text
    }
}

extension Column {
    fileprivate func printed(_ row: Int, _ version: Version) -> String {
        switch kind(row) {
        case .inapplicable: return "."
        case .unknown, .binary: return "?"
        case .bare, .list, .table: return raw(row)
        case .quoted, .tripleQuoted, .text:
            return Quoting.form(of: text(row) ?? "", version: version, isNumberBare: false) ?? raw(row)
        }
    }
}

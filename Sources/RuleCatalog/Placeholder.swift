// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Texts that stand where a name is to be written.
enum Placeholder {
    private static let words: Set<String> = [
        "unknown", "none", "n/a", "not given", "not specified", "tbd", "todo", "tba", "undefined", "null", "nan",
        "not set", "unset", "not available", "not applicable", "placeholder", "dummy", "foo", "foobar", "blah",
        "blah blah", "asdf", "qwerty", "changeme", "change me", "fill in", "fill me in", "to be filled in", "string",
        "text", "default", "unnamed", "untitled", "noname", "title", "name", "description", "instrument", "beamline",
        "facility", "source",
    ]
    /// What is to be written: an 'unknown sample', 'sample name', 'your title', 'no name'.
    private static let things: Set<String> = [
        "title", "name", "description", "sample", "crystal", "protein", "instrument", "beamline", "detector",
        "facility", "source", "author", "text",
    ]

    static func matches(_ text: String) -> Bool {
        let trimmed = text.utf8.allSatisfy { $0 < 0x80 } ? bare(text.utf8) : bare(text)
        if trimmed.isEmpty || words.contains(trimmed) || trimmed.hasPrefix("lorem ipsum") { return true }
        if trimmed.allSatisfy({ $0 == "?" }) || trimmed.allSatisfy({ "-_".contains($0) }) { return true }
        if trimmed.count > 1, trimmed.allSatisfy({ $0 == "x" }) || trimmed.allSatisfy({ $0 == "." }) { return true }
        return isTemplate(trimmed) || isRequest(trimmed)
    }

    /// In the brackets that a program was to fill: <name>, {name}, ${NAME}, %(name)s.
    private static func isTemplate(_ text: String) -> Bool {
        if text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("%(") && text.hasSuffix(")s") { return true }
        let inner = text.drop { $0 == "$" || $0 == "{" }.prefix { $0 != "}" }
        let isWord = !inner.isEmpty && inner.allSatisfy { $0.isLetter || "_. ".contains($0) }
        return isWord && (text.hasPrefix("{") || text.hasPrefix("${")) && text.hasSuffix("}")
    }

    /// Words that ask for a name instead of being one.
    private static func isRequest(_ text: String) -> Bool {
        let words = text.split { $0 == " " || $0 == "_" || $0 == ":" }.map(String.init)
        guard let first = words.first, let last = words.last, words.count > 1, words.count < 6 else { return false }
        switch first {
        case "your", "todo", "tbd", "placeholder", "dummy": return true
        case "insert", "enter", "type", "write": return last == "here" || things.contains(last)
        case "unknown": return words.count == 2 && things.contains(last)
        // Without a sample there is none: an empty beam, a simulation.
        case "no": return words.count == 2 && ["author", "description", "name", "text", "title"].contains(last)
        case "name": return words.count > 2 && words[1] == "of" && things.contains(last)
        default: return last == "name" && words.count == 2 && things.contains(first)
        }
    }

    /// The text in small letters, without blanks at its ends and white space other than blanks inside.
    private static func bare(_ text: String) -> String {
        let folded = text.lowercased().filter { !$0.isWhitespace || $0 == " " }
        let bare = folded.drop { $0 == " " }
        return String(bare.reversed().drop { $0 == " " }.reversed())
    }

    /// The same of ASCII, where bytes are characters.
    private static func bare(_ bytes: String.UTF8View) -> String {
        let folded = bytes.filter { !(0x09...0x0D).contains($0) }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let bare = folded.drop { $0 == 0x20 }
        guard let last = bare.lastIndex(where: { $0 != 0x20 }) else { return "" }
        return String(decoding: bare[...last], as: UTF8.self)
    }
}

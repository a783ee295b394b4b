// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Text of a CIF 2.0 file under construction.
struct CIFText {
    private(set) var text = "#\\#CIF_2.0\n"

    mutating func comment(_ line: String) {
        // A comment is one line: line ends of a fact become blanks.
        text += "# " + CIFValue.allowed(line).split { $0.isNewline }.joined(separator: " ") + "\n"
    }

    mutating func blank() { text += "\n" }

    mutating func block(_ name: String) { text += "\ndata_\(Self.code(name))\n" }

    /// Items that are not looped; those without a value are left out.
    mutating func items(_ pairs: [(name: String, value: CIFValue?)]) {
        let width = (pairs.filter { $0.value != nil }.map(\.name.utf8.count).max() ?? 0) + 2
        for (name, value) in pairs {
            guard let value else { continue }
            let written = value.text
            let gap = written.hasPrefix("\n") ? "" : String(repeating: " ", count: max(1, width - name.utf8.count))
            text += name + gap + written + "\n"
        }
    }

    /// A loop; nothing when it has no rows.
    mutating func loop(_ names: [String], _ rows: [[CIFValue]]) {
        guard !rows.isEmpty else { return }
        text += "\nloop_\n"
        for name in names { text += "  \(name)\n" }
        for row in rows { append(row) }
    }

    /// A loop whose rows are made one by one, for loops with a row for each frame.
    mutating func loop(_ names: [String], count: Int, row: (Int) -> [CIFValue]) {
        guard count > 0 else { return }
        text += "\nloop_\n"
        for name in names { text += "  \(name)\n" }
        for index in 0..<count { append(row(index)) }
    }

    private mutating func append(_ row: [CIFValue]) {
        for (position, value) in row.enumerated() {
            let written = value.text
            if position > 0, !written.hasPrefix("\n") { text += " " }
            text += position == 0 ? "  " + written : written
        }
        text += "\n"
    }

    /// A text without blanks and control characters, fit for a block code or an identifier; at most 75 characters.
    static func code(_ text: String) -> String {
        let cleaned = text.unicodeScalars.prefix(75).map { scalar in
            scalar.value > 32 && scalar.value < 127 ? Character(scalar) : "_"
        }
        return cleaned.isEmpty ? "unnamed" : String(cleaned)
    }
}

/// A value of a CIF file.
enum CIFValue {
    case text(String)
    case number(Double)
    case integer(Int)
    /// The item does not apply: a bare point.
    case inapplicable
    case unknown

    init(_ text: String?) { self = text.map { .text($0) } ?? .inapplicable }
    init(_ number: Double?) { self = number.map { .number($0) } ?? .inapplicable }

    var text: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): Self.decimal(number)
        case .integer(let number): String(number)
        case .inapplicable: "."
        case .unknown: "?"
        }
    }

    /// The shortest decimal text that reads back as the same number.
    static func decimal(_ number: Double) -> String {
        guard number.isFinite else { return "?" }
        let text = (number == 0 ? 0 : number).description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A text with the quotes it needs in CIF 2.0.
    static func quoted(_ raw: String) -> String {
        guard !isBare(raw) else { return raw }
        let text = allowed(raw)
        if !text.contains(where: \.isNewline) {
            if !text.contains("'") { return "'\(text)'" }
            if !text.contains("\"") { return "\"\(text)\"" }
        } else if !text.contains("\n;"), text.first != ";", !hasMarker(text), !text.contains("\r") {
            // Programs that know CIF 1.1 alone read this too.
            return "\n;\(text)\n;"
        }
        for quote in ["'''", "\"\"\""] where !text.contains(quote) && text.last != quote.first {
            return quote + text + quote
        }
        // Both triple quotes occur: a text field, whose lines are prefixed so that none ends it.
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return "\n;> \\\n" + lines.map { "> " + $0 }.joined(separator: "\n") + "\n;"
    }

    /// The first line ends as those do that ask for lines to be joined.
    private static func hasMarker(_ text: String) -> Bool {
        text.prefix { $0 != "\n" }.reversed().first { $0 != " " && $0 != "\t" } == "\\"
    }

    /// The text with U+FFFD for every character that CIF 2.0 does not have.
    static func allowed(_ text: String) -> String {
        func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E: true
            case 0xA0...0xFDCF, 0xFDF0...0xFFFD: true
            case 0x10000...: scalar.value & 0xFFFE != 0xFFFE
            default: false
            }
        }
        guard !text.unicodeScalars.allSatisfy(isAllowed) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}") }
        return String(scalars)
    }

    private static func isBare(_ text: String) -> Bool {
        guard let first = text.utf8.first, !"\"'#$_[]{};".utf8.contains(first), text != ".", text != "?" else {
            return false
        }
        guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"[]{}\"'".utf8.contains($0) }) else { return false }
        let lower = text.lowercased()
        return !["data_", "save_"].contains { lower.hasPrefix($0) } && !["loop_", "stop_", "global_"].contains(lower)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// Lines of the report for people: terms at the left, words beside them, at most 110 columns.
struct TextLayout: Sendable {
    let width: Int
    let isColoured: Bool
    /// Every note with its reasons, every rule that could not look.
    let isComplete: Bool

    init(_ style: ReportStyle) {
        width = min(style.width, 110)
        isColoured = style.isColoured
        isComplete = style.isComplete
    }

    /// The column at which the words of a row begin.
    static let column = 9
    /// With fewer columns the lines of a row but its first begin at the left.
    private static let narrow = 40

    /// - Parameter column: Where the words begin, unless the term is longer.
    func row(
        _ term: String, _ text: String, paint colour: Paint = .dim, column: Int = TextLayout.column
    ) -> String {
        let column = max(column, term.count + 4)
        let front = term + String(repeating: " ", count: column - 2 - term.count)
        return "  " + paint(front, colour) + wrap(text, first: column, indent: column) + "\n"
    }

    /// Rows of one word, a number and words, under each other.
    func table(_ rows: [(term: String, count: Int, text: String)]) -> String {
        let most = rows.map { String($0.count).count }.max() ?? 0
        let longest = rows.map(\.term.count).max() ?? 0
        return rows.map { row in
            let term = row.term + String(repeating: " ", count: longest - row.term.count)
            let number = String(repeating: " ", count: most - String(row.count).count) + String(row.count)
            let front = "\(term)  \(number) \(row.count == 1 ? "file " : "files")  "
            return front + wrap(row.text, first: front.count, indent: front.count) + "\n"
        }.joined()
    }

    /// The first line of a finding: level, rule, sentence.
    func headline(_ finding: Finding) -> String {
        let preview = (finding.isPreview ? " (preview: fails no run)" : "") + (finding.isKnown ? " (known)" : "")
        let front = 4 + finding.rule.description.count
        return "\(paint(finding.level.rawValue, .of(finding.level))) \(paint(finding.rule.description, .bold))  "
            + wrap(finding.message + preview, first: front, indent: Self.column) + "\n"
    }

    /// The first line on a file or on several: names, verdicts, the rest in brackets.
    ///
    /// - Parameter counts: How many files have each verdict; empty where all have the one.
    func verdict(
        of names: String, _ statuses: [FileStatus], counts: [FileStatus: Int] = [:], _ rest: String
    ) -> String {
        var words = ""
        var length = names.count
        for (index, status) in statuses.enumerated() {
            let front = (index > 0 ? ", " : "") + (counts[status].map { "\($0) " } ?? "")
            words += front + word(status)
            length += front.count + status.text.count
        }
        guard rest.hasPrefix(",") else { return names + words + wrap(rest, first: length, indent: 2) }
        // A line never begins with the comma behind the verdict.
        return names + words + "," + wrap(String(rest.dropFirst()), first: length + 1, indent: 2)
    }

    /// Text on lines of at most `width` columns.
    ///
    /// - Parameters:
    ///   - first: The column at which the first line begins, where the caller stands.
    ///   - indent: That of the other lines.
    func wrap(_ text: String, first: Int, indent: Int) -> String {
        let indent = width < Self.narrow ? min(indent, 2) : indent
        return Printable.wrap(
            Printable.text(text), width: max(width, indent + (width < Self.narrow ? 16 : 20)), first: first,
            indent: indent)
    }

    func paint(_ text: String, _ colour: Paint) -> String {
        isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The verdict as a word, loud unless it is a pass.
    func word(_ status: FileStatus) -> String {
        let colour: Paint = status == .pass ? .green : status == .fail ? .red : .yellow
        return paint(Self.plain(status), colour)
    }

    /// The same without colour: what is wrapped is escaped as well.
    static func plain(_ status: FileStatus) -> String { status == .pass ? "pass" : status.text.uppercased() }

    /// "1 A, 2 C" of the levels with findings.
    func counts(_ counts: LevelCounts) -> String {
        let words = Level.allCases.filter { counts[$0] > 0 }.map { "\(counts[$0]) \($0.rawValue)" }
        return words.isEmpty ? "no findings" : words.joined(separator: ", ")
    }
}

/// Colours of a terminal, never the only bearer of a meaning.
enum Paint: String {
    case red = "1;31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case dim = "2"

    static func of(_ level: Level) -> Paint {
        switch level {
        case .A: return .red
        case .B: return .yellow
        case .C: return .cyan
        case .G: return .dim
        }
    }
}

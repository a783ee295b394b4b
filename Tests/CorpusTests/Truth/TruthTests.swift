// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import TestSupport
import Testing

/// Every item of a complete imgCIF description set to `?`, to `.`, and removed: in all rows, and in the first alone.
///
/// Oracle: the reviewed table `unknown-values.tsv`, which says what is reported at A to C beside what the whole file has.
/// `WRITE_GOLDEN=1` writes it anew, to be reviewed.
@Suite struct TruthTests {
    private static let base = Folder.checkout.appendingPathComponent("corpora/LINK-004/pass-complete.cif")
    private static let table = Folder.checkout.appendingPathComponent("Tests/CorpusTests/Truth/unknown-values.tsv")

    @Test func `what is unknown, does not apply or is absent is told as the table says`() throws {
        let text = try String(contentsOf: Self.base, encoding: .utf8)
        let items = TruthItem.all(in: text)
        #expect(items.count > 90)
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let check = FileCheck(Bench.settings)
        let path = folder.appendingPathComponent("changed.cif").path
        func told(_ text: String) throws -> Set<String> {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let report = check.check(path)
            #expect(report.failures.isEmpty)
            return Set(report.findings.filter { $0.level != .G }.map { "\($0.level) \($0.rule)" })
        }
        let whole = try told(text)
        var rows = ["# item\tset to\treported"]
        for item in items {
            for change in TruthItem.Change.allCases {
                guard let changed = item.applying(change, to: text) else { continue }
                let found = try told(changed).subtracting(whole).sorted()
                rows.append("\(item.name)\t\(change.rawValue)\t\(found.isEmpty ? "-" : found.joined(separator: ", "))")
            }
        }
        let written = rows.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] == "1" {
            try Data(written.utf8).write(to: Self.table)
        }
        let reviewed = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").map(String.init)
        let differing = Set(rows).symmetricDifference(reviewed).sorted()
        #expect(differing.isEmpty, "\(differing.joined(separator: "\n"))")
    }
}

/// One item of a file whose values stand on a line each, or in loops of one row a line.
struct TruthItem {
    enum Change: String, CaseIterable {
        case unknown = "?"
        case inapplicable = "."
        case removed
        case firstUnknown = "first ?"
        case firstInapplicable = "first ."
    }

    let name: String
    /// Of the name; that of a value outside loops as well.
    private let line: Int
    /// Lines of the rows, and the place of the item in them; nil outside loops.
    private let loop: (rows: Range<Int>, column: Int, width: Int)?

    static func all(in text: String) -> [TruthItem] {
        let lines = text.components(separatedBy: "\n")
        var items: [TruthItem] = []
        var line = 0
        while line < lines.count {
            if lines[line] == "loop_" {
                var names: [String] = []
                var next = line + 1
                while next < lines.count, words(lines[next]).first?.hasPrefix("_") == true {
                    names += words(lines[next])
                    next += 1
                }
                let start = next
                while next < lines.count, !words(lines[next]).isEmpty { next += 1 }
                for (column, name) in names.enumerated() {
                    items.append(
                        TruthItem(name: name, line: line + 1 + column, loop: (start..<next, column, names.count)))
                }
                line = next
            } else {
                if lines[line].hasPrefix("_"), let name = words(lines[line]).first {
                    items.append(TruthItem(name: name, line: line, loop: nil))
                }
                line += 1
            }
        }
        return items
    }

    /// The text with the change; nil where it means nothing.
    func applying(_ change: Change, to text: String) -> String? {
        var lines: [String?] = text.components(separatedBy: "\n")
        let value = change == .unknown || change == .firstUnknown ? "?" : "."
        guard let loop else {
            guard change != .firstUnknown, change != .firstInapplicable else { return nil }
            lines[line] = change == .removed ? nil : "\(name) \(value)"
            return lines.compactMap { $0 }.joined(separator: "\n")
        }
        let isFirst = change == .firstUnknown || change == .firstInapplicable
        guard change != .removed || loop.width > 1 else { return nil }
        for row in isFirst ? loop.rows.prefix(1) : loop.rows[...] {
            var parts = Self.words(lines[row] ?? "")
            guard loop.column < parts.count else { return nil }
            if change == .removed { parts.remove(at: loop.column) } else { parts[loop.column] = value }
            lines[row] = parts.joined(separator: " ")
        }
        if change == .removed { lines[line] = nil }
        return lines.compactMap { $0 }.joined(separator: "\n")
    }

    /// Words of a line, quoted ones whole.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var rest = line.drop { $0 == " " }[...]
        while let first = rest.first {
            let end: Substring.Index
            if first == "'" || first == "\"", let close = rest.dropFirst().firstIndex(of: first) {
                end = rest.index(after: close)
            } else {
                end = rest.firstIndex(of: " ") ?? rest.endIndex
            }
            words.append(String(rest[..<end]))
            rest = rest[end...].drop { $0 == " " }
        }
        return words
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// Records that a finding states, as a table: names in the first line, then a line for each record.
///
/// Records that follow one another and differ in their first value only share a line. A list is its count and its
/// items; what is absent everywhere is "none". Paths below the place of the finding begin there.
enum RecordTable {
    /// Items of a list that are named; the rest is counted.
    private static let named = 3

    /// Lines of the tables of a finding, with their line feeds; empty when it states no records.
    static func text(_ finding: Finding, width: Int, indent: Int, isComplete: Bool) -> String {
        let root: String? =
            if case .object(let path, nil)? = finding.places.first?.kind { path } else { nil }
        return finding.values.map { item in
            guard case .list(let elements) = item.value else { return "" }
            let records = elements.compactMap { element -> [DatumField]? in
                guard case .record(let fields) = element else { return nil }
                return fields
            }
            guard let first = records.first, records.count == elements.count else { return "" }
            let rows = runs(of: records).compactMap { run -> [String]? in
                guard let fields = run.first, let name = fields.first, let last = run.last?.first else { return nil }
                let names = [name, last].map { cell($0.value, below: root, isComplete) }
                return [run.count == 1 ? names[0] : names.joined(separator: " to ")]
                    + fields.dropFirst().map { cell($0.value, below: root, isComplete) }
            }
            return table([first.map(\.name)] + rows, width: width, indent: indent)
        }.joined()
    }

    /// Records that follow one another and differ in their first value only.
    private static func runs(of records: [[DatumField]]) -> [[[DatumField]]] {
        var runs: [[[DatumField]]] = []
        for record in records {
            if let last = runs.last?.last, last.dropFirst() == record.dropFirst() {
                runs[runs.count - 1].append(record)
            } else {
                runs.append([record])
            }
        }
        return runs
    }

    private static func cell(_ value: Datum, below root: String?, _ isComplete: Bool) -> String {
        switch value {
        case .text(let text): return shortened(text, below: root)
        case .integer(let integer): return String(integer)
        case .number(let number): return Wording.number(number)
        case .quantity(let number, let unit): return "\(Wording.number(number)) \(unit)"
        case .record(let fields):
            return fields.map { "\($0.name) \(cell($0.value, below: root, isComplete))" }.joined(separator: ", ")
        case .list(let items):
            guard !items.isEmpty else { return "none" }
            let shown = items.prefix(isComplete || items.count == named + 1 ? items.count : named)
            let rest = items.count - shown.count
            return "\(items.count): " + shown.map { cell($0, below: root, isComplete) }.joined(separator: ", ")
                + (rest > 0 ? " and \(rest) more" : "")
        }
    }

    /// "/entry/sample/name" below "/entry" is "sample/name", "/entry@version" is "@version".
    private static func shortened(_ text: String, below root: String?) -> String {
        guard let root, root != "/", text.hasPrefix(root) else { return text }
        let rest = text.dropFirst(root.count)
        return rest.hasPrefix("/") ? String(rest.dropFirst()) : rest.hasPrefix("@") ? String(rest) : text
    }

    /// Columns two blanks apart; the last one is wrapped.
    private static func table(_ rows: [[String]], width: Int, indent: Int) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        let front = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            for (index, text) in row.enumerated() {
                let printable = Printable.text(text)
                line +=
                    index == count - 1
                    ? Printable.wrap(printable, width: max(width, front + 30), first: front, indent: front)
                    : ComparisonTable.pad(printable, widths[index] + 2)
            }
            return line + "\n"
        }.joined()
    }
}

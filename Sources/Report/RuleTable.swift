// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

/// Rules by the files of a run that have findings of them, levels A to C.
struct RuleTable {
    private struct Row {
        let level: Level
        let rule: RuleID
        var count = 0
        var files: [String] = []
    }

    private var rows: [Row] = []
    private var index: [String: Int] = [:]
    /// Files with a finding of level A to C.
    private(set) var fileCount = 0
    private var anyRule: RuleID?

    /// Files that are named in a row; the rest is counted.
    private static let named = 3

    mutating func add(_ report: FileReport) {
        var seen = Set<String>()
        anyRule = anyRule ?? report.findings.first?.rule
        for finding in report.findings where finding.level != .G {
            let key = "\(finding.level.rawValue) \(finding.rule)"
            guard seen.insert(key).inserted else { continue }
            let row = index[key] ?? rows.count
            if row == rows.count {
                index[key] = row
                rows.append(Row(level: finding.level, rule: finding.rule))
            }
            rows[row].count += 1
            if rows[row].files.count < Self.named { rows[row].files.append(report.path) }
        }
        if !seen.isEmpty { fileCount += 1 }
    }

    private var sorted: [Row] {
        rows.sorted { ($0.level, -$0.count, $0.rule) < ($1.level, -$1.count, $1.rule) }
    }

    /// The rule that weighs most in the run; nil where nothing was found.
    var firstRule: RuleID? { sorted.first?.rule ?? anyRule }

    /// Level and rule, number of files, and the first of them.
    var lines: [(term: String, count: Int, text: String)] {
        sorted.map { row in
            let rest = row.count - row.files.count
            return (
                "\(row.level.rawValue) \(row.rule)", row.count,
                row.files.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
            )
        }
    }
}

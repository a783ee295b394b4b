// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Report
import Transport

/// What `deposit diff` prints.
enum ExportText {
    static func text(_ report: DepositReport, _ comparison: ExportComparison, width: Int) -> String {
        var text = "record \(report.id ?? "") of \(report.target), DOI \(report.doi ?? "none")\n"
        let parts = [
            ("not expected", comparison.unexpected), ("known of InvenioRDM", comparison.lines.filter(\.isKnown)),
        ]
        for (title, lines) in parts where !lines.isEmpty {
            text += "\n\(title)\n"
            for line in lines {
                let words =
                    switch line.fate {
                    case .changed: "'\(line.theirs)', was '\(line.ours)'"
                    case .lost: "'\(line.ours)'"
                    case .added: "'\(line.theirs)'"
                    }
                let whole = Escaping.line("\(line.fate.rawValue)  \(line.property): \(words)")
                text += "  " + Paragraph.wrap(whole, width: max(60, width) - 4).joined(separator: "\n    ") + "\n"
            }
        }
        let unexpected = comparison.unexpected.count
        return text
            + "\n\(comparison.equal) properties equal, \(comparison.lines.count - unexpected) known differences, "
            + "\(unexpected) unexpected\n"
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Report
import RuleCatalog
import RuleEngine
import Transport

/// What `deposit diff` prints: findings of META-029 and META-030, and the values that are known to differ.
enum ExportText {
    static func text(_ report: DepositReport, _ comparison: ExportComparison, width: Int) -> String {
        var text = "record \(report.id ?? "") of \(report.target), DOI \(report.doi ?? "none")\n"
        func add(_ words: String) {
            text +=
                "  " + Paragraph.wrap(Escaping.line(words), width: max(60, width) - 4).joined(separator: "\n    ")
                + "\n"
        }
        let findings = findings(report.target, comparison)
        if !findings.isEmpty { text += "\n" }
        for finding in findings { add("\(finding.level) \(finding.rule)  \(finding.message)") }
        let known = comparison.lines.filter(\.isKnown)
        if !known.isEmpty { text += "\nknown of InvenioRDM\n" }
        for line in known {
            let words =
                switch line.fate {
                case .changed: "'\(line.theirs)', was '\(line.ours)'"
                case .lost: "'\(line.ours)'"
                case .added: "'\(line.theirs)'"
                }
            add("\(line.fate.rawValue)  \(line.property): \(words)")
        }
        return text
            + "\n\(comparison.equal) properties equal, \(known.count) known differences, "
            + "\(comparison.unexpected.count) unexpected\n"
    }

    /// What the rules on the two records say.
    static func findings(_ target: String, _ comparison: ExportComparison) -> [Finding] {
        let engine = Engine(
            rules: catalogue.filter { ["META-029", "META-030"].contains($0.id) }, profile: Profile(name: "default"))
        var findings = comparison.unexpected.compactMap { line in
            let found = line.fate == .lost ? "absent" : "'\(Wording.excerpt(line.theirs, limit: 200))'"
            let stated = line.fate == .added ? "none" : "'\(Wording.excerpt(line.ours, limit: 200))'"
            return engine.finding(
                "META-029", "\(line.property) is \(found) in the published record, ours has \(stated)",
                values: [
                    DatumField("property", .text(line.property)), DatumField("found", .text(line.theirs)),
                    DatumField("stated", .text(line.ours)),
                ])
        }
        let losses = comparison.losses
        if !losses.isEmpty {
            findings += [
                engine.finding(
                    "META-030", "\(target) does not keep \(losses.joined(separator: ", "))",
                    values: [
                        DatumField("target", .text(target)), DatumField("list", .list(losses.map { .text($0) })),
                    ])
            ].compactMap { $0 }
        }
        return findings
    }
}

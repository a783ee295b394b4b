// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
import RuleCatalog
import RuleEngine
import Transport

/// The look of checkCIF for raw data: test names with PASS and FAIL, alerts by level, and a form for the author's replies.
///
/// - Source: reports.md section 2; journals.iucr.org/services/cif/checking.
public struct CheckCIFReport: ReportFormat {
    public static let row = FormatRow(
        "checkcif", endings: ["checkcif"], parts: [.experiments, .digests, .compatibility], "the look of checkCIF")

    private static let width = 80
    private let head: RunHead

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.head = head
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        if case .file(let report) = event { out += text(on: report).utf8 }
    }

    private func text(on report: FileReport) -> String {
        var text = rule + " checkCIF for raw data: imprimatur \(head.version), profile \(head.profileName)\n" + rule
        text += header(of: report) + "\n" + tests(of: report)
        if let compatibility = report.compatibility {
            text += "\n" + ComparisonTable.text(compatibility, width: Self.width)
        }
        text += alerts(of: report) + "\n" + tally(of: report)
        for failure in report.failures {
            text += "\n" + wrap("not read: " + failure.line(in: report.path), indent: 2) + "\n"
        }
        let form = ReplyForm.text(report, width: Self.width)
        return text + (form.isEmpty ? "" : "\n" + form) + "\n"
    }

    private var rule: String { String(repeating: "=", count: Self.width) + "\n" }

    private func header(of report: FileReport) -> String {
        var rows = [("file", report.path), ("SHA-256", report.sha256 ?? "not computed")]
        let blocks = report.compatibility.map { [$0.block] } ?? report.experiments.compactMap { $0["id"]?.string }
        if !blocks.isEmpty { rows.append(("data block", blocks.joined(separator: ", "))) }
        rows.append(("kind", report.definition.map { "\(report.kind.rawValue), \($0)" } ?? report.kind.rawValue))
        for definition in report.releases { rows.append(("against", "\(definition.standard) \(definition.release)")) }
        let word = report.status.text.uppercased()
        rows.append(("verdict", "\(word) (the profile fails at level \(head.failAt.rawValue))"))
        return rows.map { " " + ComparisonTable.pad($0.0, 12) + wrap($0.1, indent: 13) + "\n" }.joined()
    }

    /// Areas of rules as tests: one fails with an alert of level A or B, and one where nothing could look has no verdict.
    private func tests(of report: FileReport) -> String {
        var text = " tests\n"
        for area in RuleID.areas {
            let rules = catalogue.filter { $0.id.area == area && $0.applies(to: report) }
            guard let name = RuleAreas.names[area], !rules.isEmpty else { continue }
            let findings = report.findings.filter { $0.rule.area == area && $0.level != .G }
            let unchecked = Set(report.notChecked.filter { $0.rule.area == area }.map(\.rule))
            let word = verdict(findings, isLooked: unchecked.count < rules.count, report)
            let named = Set(findings.map(\.rule)).sorted().map(\.description).joined(separator: ", ")
            let rest = [named, unchecked.isEmpty ? "" : "(\(unchecked.count) of \(rules.count) rules not checked)"]
            let more = rest.filter { !$0.isEmpty }.joined(separator: " ")
            text += "  " + ComparisonTable.pad(name + " ", 36) + word
            text += (more.isEmpty ? "" : "  " + wrap(more, indent: 44)) + "\n"
        }
        return text
    }

    private func verdict(_ findings: [Finding], isLooked: Bool, _ report: FileReport) -> String {
        if findings.contains(where: { $0.level.isAtLeast(.B) }) { return "FAIL" }
        return isLooked && report.status != .indeterminate && report.status != .skipped ? "PASS" : "----"
    }

    private func alerts(of report: FileReport) -> String {
        var text = ""
        for level in Level.allCases {
            let findings = report.findings.filter { $0.level == level }
            guard !findings.isEmpty else { continue }
            text += "\n Alert level \(level.rawValue)\n"
            for finding in findings { text += alert(finding, in: report) }
        }
        return text
    }

    private func alert(_ finding: Finding, in report: FileReport) -> String {
        let front = "  \(finding.rule)_ALERT_\(finding.level.rawValue)  "
        var text = front + wrap(finding.message, indent: front.count) + "\n"
        let places = finding.places.prefix(3).map(\.local).filter { !$0.isEmpty }
        if !places.isEmpty {
            let more = finding.count > places.count ? " and \(finding.count - places.count) more" : ""
            text += "    at " + wrap(places.joined(separator: ", ") + more, indent: 7) + "\n"
        }
        if finding.level != .G { text += "    " + wrap(finding.fix, indent: 4) + "\n" }
        if let answer = finding.answer {
            text += "    author: " + wrap(answer.answer, indent: 12) + "\n"
        }
        return text
    }

    private func tally(of report: FileReport) -> String {
        Level.allCases.map { level in
            let count = String(report.counts[level])
            let front = String(repeating: " ", count: max(0, 4 - count.count)) + count
            return "\(front) ALERT level \(level.rawValue) = \(level.meaning)\n"
        }.joined()
    }

    private func wrap(_ text: String, indent: Int) -> String {
        Printable.wrap(Printable.text(text), width: Self.width, indent: indent)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// What the report for people says of one file: the file is named once, at the top, and places stand inside it.
struct FileText {
    private let report: FileReport
    private let layout: TextLayout

    init(_ report: FileReport, _ layout: TextLayout) {
        self.report = report
        self.layout = layout
    }

    var text: (verdict: String, details: String) { (verdict, details) }

    /// "scan1.cif: FAIL, 1 A, 2 C, 1 G (imgcif)".
    private var verdict: String {
        let kind = report.definition.map { "\(report.kind.rawValue), \(Printable.text($0))" } ?? report.kind.rawValue
        let shown = report.status == .skipped ? "" : ", " + layout.counts(report.counts)
        let outline = report.outline.isEmpty ? "" : "; " + report.outline
        return layout.verdict(of: Printable.text(report.path) + ": ", [report.status], "\(shown) (\(kind)\(outline))")
    }

    private var details: String {
        let shown = FindingText.shown(report.findings, layout)
        var text = FindingText.text(shown, layout) { FindingText.places(of: $0, in: report, layout) }
        text += FindingText.notes(report.findings, layout)
        text += FindingText.also(report.otherProfiles, layout)
        text += notChecked(report.notChecked)
        if let compatibility = report.compatibility {
            text += "\n" + ComparisonTable.text(compatibility, width: max(40, layout.width))
        }
        if !text.isEmpty { text += definitions(report.applied) }
        for failure in report.failures {
            text += "\n" + layout.row("not read", failure.line(in: report.path), paint: .yellow)
            if !failure.remedy.isEmpty { text += layout.row("", failure.remedy) }
        }
        return text
    }

    private func notChecked(_ items: [NotChecked]) -> String {
        guard !items.isEmpty else { return "" }
        guard layout.isComplete else {
            // What the profile switches off is nobody's surprise; --all lists it with the reason.
            let rules = Set(items.filter { $0.reason.word != .off }.map(\.rule)).count
            guard rules > 0 else { return "" }
            return unread(items)
                + layout.row(
                    "not checked", "\(rules) \(rules == 1 ? "rule" : "rules"); --all lists them with the reasons")
        }
        return "\nnot checked\n" + items.map { layout.row($0.rule.description, $0.because) }.joined()
    }

    /// What is there and was not looked at, each reason once with the rules that lack it.
    private func unread(_ items: [NotChecked]) -> String {
        var reasons: [String] = []
        var rules: [String: [RuleID]] = [:]
        for item in items where item.reason.word.isUnread {
            if rules[item.because] == nil { reasons.append(item.because) }
            rules[item.because, default: []].append(item.rule)
        }
        return reasons.map { reason in
            layout.row(
                "not read", "\(reason), so not checked: \(FindingText.list(rules[reason] ?? []))", paint: .yellow)
        }.joined()
    }

    /// "NXmx, release v2026.01 (default; the file declares none)", once for entries that are alike.
    private func definitions(_ applied: [AppliedDefinition]) -> String {
        var seen = Set<String>()
        let lines = applied.map { "\($0.definition ?? "base classes"), release \($0.release) (\($0.because))" }
        return lines.filter { seen.insert($0).inserted }.map { layout.row("definition", $0) }.joined()
    }
}

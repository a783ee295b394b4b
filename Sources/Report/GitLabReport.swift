// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
import Transport

/// Code quality of GitLab: one array of issues, the fingerprint of each unique.
///
/// A file that could not be read is an issue of its own, "not-read", so that the widget is never empty for want of looking.
/// - Source: docs.gitlab.com, code quality, implement a custom tool; reports.md section 2.
public struct GitLabReport: ReportFormat {
    public static let row = FormatRow(
        "gitlab", endings: ["gitlab.json", "code-quality-report.json", "codequality.json"],
        "code quality of GitLab")

    private let style: ReportStyle
    private var gatherer = SubjectGatherer()
    private var hasIssues = false
    private var used: Set<Fingerprint> = []

    public init(_ head: RunHead, _ style: ReportStyle) { self.style = style }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: out.append(UInt8(ascii: "["))
        case .file(let report): for subject in gatherer.take(report) { write(subject, &out) }
        case .end(let end):
            for subject in gatherer.finish() { write(subject, &out) }
            if let inputs = end.interruptedOf {
                write(
                    "the run was ended after \(end.total) of \(inputs) inputs", check: "not-read", severity: "blocker",
                    .of(words: "interrupted"), path: ".", line: 1, &out)
            }
            out += (hasIssues ? "\n]\n" : "]\n").utf8
        }
    }

    private mutating func write(_ subject: ReportSubject, _ out: inout [UInt8]) {
        let path = subject.first.path
        var reasons = subject.reasonsUnread
        if subject.statuses[.incomplete] != nil { reasons.append("the file is being written") }
        for reason in reasons {
            write(
                reason, check: "not-read", severity: "blocker",
                .of(words: "not read\n\(style.served(path))\n\(reason)"), path: path,
                line: 1, &out)
        }
        for item in subject.items {
            let finding = item.finding
            var text = subject.sentence(item)
            if finding.isKnown { text += " (in the baseline)" }
            if let answer = finding.answer { text += " (answered: \(answer.answer))" }
            let place = finding.places.first ?? ResolvedPlace(kind: .file)
            var line = 1
            if case .text(let number, _, _, _) = place.kind { line = max(1, number) }
            write(
                text, check: finding.rule.description, severity: severity(of: finding),
                item.fingerprint.of(path: style.served(path)),
                path: place.file(from: path), line: line, &out)
        }
    }

    /// What fails no run is for information alone.
    private func severity(of finding: Finding) -> String {
        if finding.isPreview || finding.isKnown { return "info" }
        switch finding.level {
        case .A: return "critical"
        case .B: return "major"
        case .C: return "minor"
        case .G: return "info"
        }
    }

    private mutating func write(
        _ text: String, check: String, severity: String, _ fingerprint: Fingerprint, path: String, line: Int,
        _ out: inout [UInt8]
    ) {
        guard used.insert(fingerprint).inserted else { return }
        var json = JSONWriter(.indented, depth: 1)
        json.object { json in
            json.member("description", Printable.text(text))
            json.member("check_name", check)
            json.member("fingerprint", fingerprint.description)
            json.member("severity", severity)
            json.object("location") { json in
                json.member("path", Name(style.served(path)).shown)
                json.object("lines") { $0.member("begin", line) }
            }
        }
        out += (hasIssues ? ",\n  " : "\n  ").utf8
        out += json.finishValue()
        hasIssues = true
    }
}

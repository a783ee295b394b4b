// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// A table in Markdown, for summaries of steps and for merge requests: each file with its verdict, its findings below.
public struct MarkdownReport: ReportFormat {
    public static let row = FormatRow("markdown", endings: ["md"], "tables for summaries and merge requests")

    /// A summary of a step holds a megabyte; what would go beyond is counted.
    static let mostBytes = 900_000

    private let head: RunHead
    private var gatherer = SubjectGatherer()
    private var written = 0
    private var left = 0

    public init(_ head: RunHead, _ style: ReportStyle) { self.head = head }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run:
            out += "## Imprimatur \(cell(head.version)), profile \(cell(head.profileName))\n".utf8
        case .file(let report): for subject in gatherer.take(report) { write(subject, &out) }
        case .end(let end):
            for subject in gatherer.finish() { write(subject, &out) }
            if left > 0 { out += "\n\(left) more files are left out here.\n".utf8 }
            if let inputs = end.interruptedOf {
                out += "\n**The run was ended after \(end.total) of \(inputs) inputs.**\n".utf8
            }
            for note in end.notes where note.kind != .interrupted {
                out += "\n* \((note.path.map { cell($0) + ": " } ?? "") + cell(note.text))\n".utf8
            }
            let parts = FileStatus.all.filter { end[$0] > 0 }.map { "\(end[$0]) \($0.text)" }
            out += "\n\(parts.isEmpty ? "Nothing to check" : parts.joined(separator: ", "))".utf8
            out += "; the run fails at level \(head.failAt.rawValue).\n".utf8
        }
    }

    private mutating func write(_ subject: ReportSubject, _ out: inout [UInt8]) {
        var text = "\n### \(cell(subject.name)): \(verdict(subject))\n"
        for reason in subject.reasonsUnread { text += "\n* not read: \(cell(reason))\n" }
        let shown = subject.items.filter { $0.finding.level != .G || head.isFailing($0.finding) }
        if !shown.isEmpty {
            text += "\n| level | rule | finding | where | fix |\n|---|---|---|---|---|\n"
            for level in Level.allCases {
                for item in shown where item.finding.level == level { text += row(item, subject) }
            }
        }
        let notes = subject.items.count - shown.count
        if notes > 0 { text += "\n\(notes) \(notes == 1 ? "note" : "notes") of level G.\n" }
        guard written + text.utf8.count <= Self.mostBytes else {
            left += subject.count
            return
        }
        written += text.utf8.count
        out += text.utf8
    }

    private func verdict(_ subject: ReportSubject) -> String {
        guard subject.count > 1 else { return subject.first.status.text }
        return FileStatus.all.compactMap { status in subject.statuses[status].map { "\($0) \(status.text)" } }
            .joined(separator: ", ")
    }

    private func row(_ item: ReportSubject.Item, _ subject: ReportSubject) -> String {
        let finding = item.finding
        var words = cell(subject.sentence(item))
        if finding.isKnown { words += " (in the baseline)" }
        if finding.isPreview { words += " (preview: fails no run)" }
        if let answer = finding.answer { words += " (answered: \(cell(answer.answer)))" }
        let places = finding.places.prefix(3).map { cell($0.file == nil ? $0.local : $0.text(named: "")) }
            .filter { !$0.isEmpty }
        let level = head.isFailing(finding) ? "**\(finding.level.rawValue)**" : finding.level.rawValue
        return
            "| \(level) | \(finding.rule) | \(words) | \(places.joined(separator: "<br>")) | \(cell(finding.fix)) |\n"
    }

    /// Words that make no table, link, picture, name of a person or tag.
    private func cell(_ text: String) -> String {
        var shown = ""
        for scalar in Printable.text(text).unicodeScalars {
            switch scalar {
            case "<": shown += "&lt;"
            case ">": shown += "&gt;"
            case "&": shown += "&amp;"
            case "@": shown += "&#64;"
            case "|", "`", "*", "_", "[", "]", "\\", "#", "~", "!":
                shown += "\\"
                shown.unicodeScalars.append(scalar)
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

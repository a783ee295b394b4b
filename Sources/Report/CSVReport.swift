// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// Comma-separated values: a row for each finding, and one for each file that has none or could not be read.
///
/// - Source: RFC 4180.
public struct CSVReport: ReportFormat {
    public static let row = FormatRow("csv", endings: ["csv"], "a row for each finding, for tables")

    static let columns = [
        "file", "files", "status", "kind", "definition", "rule", "level", "failing", "known", "preview", "message",
        "count", "other_file", "line", "column", "item", "path", "attribute", "frames", "answer", "fix", "fingerprint",
    ]

    private let head: RunHead
    private var gatherer = SubjectGatherer()

    public init(_ head: RunHead, _ style: ReportStyle) { self.head = head }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: Self.write(Self.columns, &out)
        case .file(let report): for subject in gatherer.take(report) { write(subject, &out) }
        case .end(let end):
            for subject in gatherer.finish() { write(subject, &out) }
            guard let inputs = end.interruptedOf else { return }
            write(
                ["status": "interrupted", "message": "the run was ended after \(end.total) of \(inputs) inputs"], &out)
        }
    }

    private func write(_ subject: ReportSubject, _ out: inout [UInt8]) {
        let report = subject.first
        var front = [
            "file": Self.plain(Name(report.path).shown), "files": String(subject.count), "status": subject.status.text,
            "kind": report.kind.rawValue, "definition": report.definition ?? "",
        ]
        for reason in subject.reasonsUnread {
            write(front.merging(["message": reason, "rule": "not-read"]) { $1 }, &out)
        }
        if subject.items.isEmpty, subject.reasonsUnread.isEmpty { write(front, &out) }
        for item in subject.items {
            let finding = item.finding
            if subject.count > 1 { front["files"] = String(item.files.count) }
            var row = front
            row["rule"] = finding.rule.description
            row["level"] = finding.level.rawValue
            row["failing"] = head.isFailing(finding) ? "true" : "false"
            row["known"] = finding.isKnown ? "true" : "false"
            row["preview"] = finding.isPreview ? "true" : "false"
            row["message"] = subject.sentence(item)
            row["count"] = String(finding.count)
            row["answer"] = finding.answer?.answer ?? ""
            row["fix"] = finding.fix
            row["fingerprint"] = item.fingerprint.description
            if let place = finding.places.first { row.merge(Self.place(place)) { $1 } }
            write(row, &out)
        }
    }

    private static func place(_ place: ResolvedPlace) -> [String: String] {
        var row = ["other_file": place.file.map { plain($0) } ?? ""]
        switch place.kind {
        case .file: break
        case .text(let line, let column, let item, _):
            row["line"] = String(line)
            row["column"] = String(column)
            row["item"] = item ?? ""
        case .object(let path, let attribute):
            row["path"] = path
            row["attribute"] = attribute ?? ""
        case .frames(let scan, _): row["frames"] = "\(scan): \(place.local)"
        }
        return row
    }

    /// A relative name in a form that no table program takes for a formula.
    private static func plain(_ path: String) -> String { startsFormula(path) ? "./" + path : path }

    private static func startsFormula(_ text: String) -> Bool { text.first.map { "=+-@\t\r".contains($0) } ?? false }

    private func write(_ row: [String: String], _ out: inout [UInt8]) {
        Self.write(Self.columns.map { row[$0] ?? "" }, &out)
    }

    private static func write(_ cells: [String], _ out: inout [UInt8]) {
        let shown = cells.map { cell in
            let text = Printable.text(cell)
            let safe = startsFormula(text) ? "'" + text : text
            guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return safe }
            return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        out += (shown.joined(separator: ",") + "\r\n").utf8
    }
}

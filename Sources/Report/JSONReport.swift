// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
public import JSON

/// One JSON document for the whole run; files are written as they come, and what is known of all stands behind them.
///
/// - Source: docs/schema/report-1.json.
public struct JSONReport: ReportFormat {
    public static let row = FormatRow(
        "json", endings: ["json"], parts: [.experiments, .digests], "one document for programs")

    private var hasFiles = false
    /// Every release that a file was checked against, once, in the order of the files.
    private var releases: [AppliedDefinition] = []
    private var known: Set<AppliedDefinition> = []

    public init(_ head: RunHead, _ style: ReportStyle) {}

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run(let head): out += Self.object { head.write(into: &$0) }.dropLast(2) + ",\n  \"files\": [".utf8
        case .file(let report):
            var json = JSONWriter(.indented, depth: 2)
            json.object { report.encode(.document, into: &$0) }
            out += (hasFiles ? ",\n    " : "\n    ").utf8
            out += json.finishValue()
            hasFiles = true
            releases += report.releases.filter { known.insert($0).inserted }
        case .end(let end):
            out += (hasFiles ? "\n  ]," : "],").utf8
            out += Self.object { json in
                FileReport.write(releases, into: &json)
                end.write(into: &json)
            }.dropFirst()
            out.append(UInt8(ascii: "\n"))
        }
    }

    /// An object of some members of the document: "{" first and a line with "}" last.
    private static func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object(members)
        return json.finishValue()
    }
}

/// One JSON object a line, as the run goes on: run, file, finding, fileEnd, runEnd. Without runEnd a run is incomplete.
public struct JSONLinesReport: ReportFormat {
    public static let row = FormatRow(
        "jsonl", endings: ["jsonl", "ndjson"], parts: [.experiments, .digests], "an event a line, as the run goes on")

    /// Members that stand in each line behind the kind of the event: what names a request for whoever sent it.
    public var identifiers: [JSONMember] = []

    public init(_ head: RunHead, _ style: ReportStyle) {}

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run(let head): out += line("run") { head.write(into: &$0) }
        case .file(let report): write(report, &out)
        case .end(let end): out += line("runEnd") { end.write(into: &$0) }
        }
    }

    private func write(_ report: FileReport, _ out: inout [UInt8]) {
        out += line("file") { json in
            report.writeFront(into: &json)
            report.writeOutline(into: &json)
        }
        for (finding, fingerprint) in zip(report.findings, Fingerprint.of(report.findings)) {
            out += line("finding") { json in
                json.path(report.path)
                finding.encode(.document, fingerprint: fingerprint, into: &json)
            }
        }
        out += line("fileEnd") { json in
            json.path(report.path)
            report.writeVerdict(into: &json)
            report.writeRest(into: &json)
        }
    }

    /// One line: an event with its members.
    public func line(_ event: String, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("event", event)
            for one in identifiers { json.member(one.name, one.value) }
            members(&json)
        }
        return json.finish()
    }
}

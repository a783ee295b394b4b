// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
import Transport

/// What a SciCat ingestor attaches to a data set: a caption for people, and the verdict with its numbers for programs.
///
/// The members `caption` and `thumbnail` are those of an attachment; a picture is left to `imprimatur inspect --frame`.
/// - Source: SciCat backend, attachments; docs/guide/ci.md.
public struct SciCatReport: ReportFormat {
    public static let row = FormatRow(
        "scicat", endings: ["attachment.json"], parts: .digests, "a sidecar for the ingestor of SciCat")

    /// Files that a sidecar names; the rest is counted.
    static let mostFiles = 1_000

    private let head: RunHead
    private var gatherer = SubjectGatherer()
    private var files: [JSONValue] = []
    private var unnamed = 0
    private var counts: [Level: Int] = [:]
    private var failing: [String] = []

    public init(_ head: RunHead, _ style: ReportStyle) { self.head = head }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report): for subject in gatherer.take(report) { note(subject) }
        case .end(let end):
            for subject in gatherer.finish() { note(subject) }
            out += document(end)
        }
    }

    private mutating func note(_ subject: ReportSubject) {
        for item in subject.items {
            counts[item.finding.level, default: 0] += 1
            let words = "\(item.finding.rule) \(item.finding.title)"
            if head.isFailing(item.finding), failing.count < 5, !failing.contains(words) { failing.append(words) }
        }
        guard files.count < Self.mostFiles else {
            unnamed += subject.count
            return
        }
        let rules = Set(subject.items.filter { head.isFailing($0.finding) }.map(\.finding.rule)).sorted()
        files.append(
            .object([
                JSONMember("path", .string(subject.name)), JSONMember("status", .string(subject.status.text)),
                JSONMember("sha256", subject.first.sha256.map(JSONValue.string) ?? .null),
                JSONMember("failing", .array(rules.map { .string($0.description) })),
                JSONMember("notRead", .array(subject.reasonsUnread.map { .string(Printable.text($0)) })),
            ]))
    }

    private func document(_ end: RunEnd) -> [UInt8] {
        let states = FileStatus.all.filter { end[$0] > 0 }
        var caption = "Imprimatur \(head.version), profile \(head.profileName): "
        caption += states.isEmpty ? "nothing to check" : states.map { "\(end[$0]) \($0.text)" }.joined(separator: ", ")
        if let inputs = end.interruptedOf { caption += "; ended after \(end.total) of \(inputs) inputs" }
        if !failing.isEmpty { caption += "; " + failing.joined(separator: "; ") }
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("caption", Printable.text(caption))
            json.object("scientificMetadata") { json in
                json.object("imprimatur") { json in
                    json.member("version", head.version)
                    json.member("profile", head.profileName)
                    json.member("failAt", head.failAt.rawValue)
                    json.member("complete", end.interruptedOf == nil)
                    json.object("files") { json in
                        for status in FileStatus.all { json.member(status.text, end[status]) }
                    }
                    json.object("findings") { json in
                        for level in Level.allCases { json.member(level.rawValue, counts[level] ?? 0) }
                    }
                    json.array("checked") { json in for file in files { json.value(file) } }
                    if unnamed > 0 { json.member("unnamed", unnamed) }
                }
            }
        }
        return json.finish()
    }
}

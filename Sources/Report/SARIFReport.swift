// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
import RuleCatalog
import RuleEngine
import Transport

/// SARIF 2.1.0, for code scanning, editors and `sarif-tools`.
///
/// Results are written as they come; the rules that they name stand behind them. What could not be read is a notification
/// of the run, which then was not successful.
/// - Source: OASIS SARIF 2.1.0 errata 01; reports.md section 2.
public struct SARIFReport: ReportFormat {
    public static let row = FormatRow(
        "sarif", endings: ["sarif", "sarif.json"], parts: .digests, "SARIF 2.1.0, for code scanning and editors")

    private let head: RunHead
    private let style: ReportStyle
    private var gatherer = SubjectGatherer()
    private var hasResults = false
    private var ruleIndices: [RuleID: Int] = [:]
    private var rules: [RuleID] = []
    private var files: [FileReport] = []
    private var notifications: [(path: String?, text: String)] = []
    /// Results that were not written: consumers take no more.
    private var unwritten = 0
    private var written = 0

    /// What GitHub takes of one run.
    static let mostResults = 25_000

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.head = head
        self.style = style
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run:
            out +=
                """
                {
                  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "results": [
                """.utf8
        case .file(let report):
            // Only what the run says of the file as such is kept.
            var bare = FileReport(
                path: report.path, size: report.size, sha256: report.sha256, kind: report.kind, status: report.status)
            bare.definition = report.definition
            files.append(bare)
            for subject in gatherer.take(report) { write(subject, &out) }
        case .end(let end):
            for subject in gatherer.finish() { write(subject, &out) }
            for note in end.notes where note.kind == .mended { writeAbsent(note, &out) }
            out += (hasResults ? "\n      ],\n      " : "],\n      ").utf8
            out += rest(end)
            out += "\n    }\n  ]\n}\n".utf8
        }
    }

    // MARK: Results

    private mutating func write(_ subject: ReportSubject, _ out: inout [UInt8]) {
        for reason in subject.reasonsUnread { notifications.append((subject.first.path, reason)) }
        if subject.statuses[.incomplete] != nil {
            notifications.append((subject.first.path, "the file is being written, or is marked as open for writing"))
        }
        for item in subject.items {
            guard written < Self.mostResults else {
                unwritten += 1
                continue
            }
            written += 1
            let index = index(of: item.finding.rule)
            let (head, style) = (head, style)
            write(&out) { json in Self.result(item, of: subject, ruleIndex: index, head, style, into: &json) }
        }
    }

    private mutating func writeAbsent(_ note: RunNote, _ out: inout [UInt8]) {
        guard let rule = note.rule else { return }
        let index = index(of: rule)
        let style = style
        write(&out) { json in
            json.member("ruleId", rule.description)
            json.member("ruleIndex", index)
            json.member("level", "none")
            json.member("kind", "pass")
            json.object("message") { $0.member("text", Printable.text(note.text)) }
            json.member("baselineState", "absent")
            guard let path = note.path else { return }
            json.array("locations") { json in
                json.object { SARIFPlace.write(ResolvedPlace(kind: .file), path, style, into: &$0) }
            }
        }
    }

    private mutating func write(_ out: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(.indented, depth: 4)
        json.object(members)
        out += (hasResults ? ",\n        " : "\n        ").utf8
        out += json.finishValue()
        hasResults = true
    }

    private mutating func index(of rule: RuleID) -> Int {
        if let known = ruleIndices[rule] { return known }
        ruleIndices[rule] = rules.count
        rules.append(rule)
        return rules.count - 1
    }

    private static func result(
        _ item: ReportSubject.Item, of subject: ReportSubject, ruleIndex: Int, _ head: RunHead,
        _ style: ReportStyle, into json: inout JSONWriter
    ) {
        let finding = item.finding
        json.member("ruleId", finding.rule.description)
        json.member("ruleIndex", ruleIndex)
        json.member("level", finding.level.sarif)
        json.object("message") { json in
            json.member(
                "text",
                subject.sentence(item) + "\nWhy: \(Printable.text(finding.why))\nFix: \(Printable.text(finding.fix))")
        }
        json.array("locations") { json in
            let place = finding.places.first ?? ResolvedPlace(kind: .file)
            json.object { SARIFPlace.write(place, subject.first.path, style, into: &$0) }
        }
        if finding.places.count > 1 {
            json.array("relatedLocations") { json in
                for (number, place) in finding.places.dropFirst().enumerated() {
                    json.object { json in
                        json.member("id", number + 1)
                        SARIFPlace.write(place, subject.first.path, style, into: &json)
                        json.object("message") { $0.member("text", "another case") }
                    }
                }
            }
        }
        json.object("partialFingerprints") { $0.member("imprimatur/v1", item.fingerprint.description) }
        if head.baseline != nil { json.member("baselineState", finding.isKnown ? "unchanged" : "new") }
        json.member("occurrenceCount", max(1, finding.count) * max(1, item.files.count))
        if let answer = finding.answer, !head.answeredFails {
            json.array("suppressions") { json in
                json.object { json in
                    json.member("kind", "external")
                    json.member("justification", answer.answer)
                }
            }
        }
        json.object("properties") { json in
            json.member("level", finding.level.rawValue)
            json.member("failing", head.isFailing(finding))
            if finding.isPreview { json.member("preview", true) }
            if let answer = finding.answer {
                json.object("answer") { json in
                    json.member("answer", answer.answer)
                    json.member("author", answer.author)
                    json.member("date", answer.date)
                    json.member("expires", answer.expires)
                }
            }
            if !finding.values.isEmpty {
                json.object("values") { json in
                    for field in finding.values {
                        json.name(field.name)
                        field.value.write(into: &json)
                    }
                }
            }
        }
    }

    // MARK: What stands behind the results

    private func rest(_ end: RunEnd) -> [UInt8] {
        var json = JSONWriter(.indented, depth: 2)
        json.object { json in
            json.member("columnKind", "unicodeCodePoints")
            json.object("automationDetails") { $0.member("id", "imprimatur/\(Printable.text(head.profileName))/") }
            json.object("tool") { json in json.object("driver") { writeDriver(into: &$0) } }
            writeInvocation(end, into: &json)
            json.array("artifacts") { json in
                for file in files {
                    json.object { json in
                        json.object("location") { $0.member("uri", SARIFPlace.uri(style.served(file.path))) }
                        json.array("roles") { $0.string("analysisTarget") }
                        json.member("length", file.size)
                        if let sha256 = file.sha256 { json.object("hashes") { $0.member("sha-256", sha256) } }
                        json.object("properties") { json in
                            json.member("status", file.status.text)
                            json.member("kind", file.kind.rawValue)
                            json.member("definition", file.definition)
                        }
                    }
                }
            }
        }
        // The members alone: the braces are those of the run.
        var bytes = json.finishValue()[...]
        bytes = bytes.dropFirst().drop { $0 == 0x0A || $0 == 0x20 }.dropLast()
        while bytes.last == 0x0A || bytes.last == 0x20 { bytes = bytes.dropLast() }
        return Array(bytes)
    }

    private func writeDriver(into json: inout JSONWriter) {
        json.member("name", "imprimatur")
        json.member("version", head.version)
        json.member("semanticVersion", head.version)
        json.object("properties") { json in
            json.member("profile", head.profileName)
            json.member("profileSha256", head.profileDigest)
            json.member("failAt", head.failAt.rawValue)
        }
        json.array("rules") { json in
            for id in rules {
                json.object { json in
                    json.member("id", id.description)
                    guard let rule = catalogue.first(where: { $0.id == id }) else { return }
                    json.object("shortDescription") { $0.member("text", rule.title) }
                    json.object("fullDescription") { $0.member("text", rule.what) }
                    json.object("help") { json in
                        json.member("text", "\(rule.why)\n\(rule.fix)\n" + rule.references.joined(separator: "\n"))
                    }
                    json.object("defaultConfiguration") { $0.member("level", rule.level.sarif) }
                    json.object("properties") { json in
                        json.member("level", rule.level.rawValue)
                        json.array("tags") { $0.string(id.area) }
                    }
                }
            }
        }
    }

    private func writeInvocation(_ end: RunEnd, into json: inout JSONWriter) {
        var told = notifications
        if unwritten > 0 { told.append((nil, "\(unwritten) results are not written: a run holds \(Self.mostResults)")) }
        for note in end.notes where note.kind != .mended { told.append((note.path, note.text)) }
        json.array("invocations") { json in
            json.object { json in
                json.member("executionSuccessful", notifications.isEmpty && end.interruptedOf == nil)
                json.array("toolExecutionNotifications") { json in
                    for (index, notification) in told.enumerated() {
                        json.object { json in
                            json.member("level", index < notifications.count ? "error" : "note")
                            json.object("message") { $0.member("text", Printable.text(notification.text)) }
                            guard let path = notification.path else { return }
                            json.array("locations") { json in
                                json.object { SARIFPlace.write(ResolvedPlace(kind: .file), path, style, into: &$0) }
                            }
                        }
                    }
                }
            }
        }
    }
}

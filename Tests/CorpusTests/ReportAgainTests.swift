// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import JSON
import Report
import Testing

/// Oracle: the report itself, before it was written and after it was read back.
@Suite struct ReportAgainTests {
    private static let head = RunHead(version: "1", profileName: "default", profileDigest: "ab", failAt: .A)

    private func bytes(_ report: FileReport, _ form: any ReportFormat.Type, isComplete: Bool) -> [UInt8] {
        var format = form.init(Self.head, .plain(isComplete: isComplete))
        var end = RunEnd()
        end.add(report.status)
        var bytes: [UInt8] = []
        for event in [.run(Self.head), .file(report), .end(end)] as [ReportEvent] { format.take(event, &bytes) }
        return bytes
    }

    @Test func `each corpus file is reported with the same bytes after its result was written and read back`() throws {
        var all = Bench.shared.reports
        #expect(all.count == Set(CorpusFile.all.map(\.name)).count && all.count > 400)
        for folder in ["golden", "examples", "hostile"] {
            let place = CorpusFile.root.appendingPathComponent(folder).path
            for name in try FileManager.default.contentsOfDirectory(atPath: place) where !name.hasSuffix(".md") {
                let file = CorpusFile(folder + "/" + name)
                all[file.name] = try Bench.shared.report(on: file)
            }
        }
        let reports = all.sorted { $0.key < $1.key }
        for (name, report) in reports {
            let document = try JSONReader.read(bytes(report, JSONReport.self, isComplete: false))
            let events = try ReportEvent.read(document)
            guard events.count == 3, case .file(let fromDocument) = events[1] else {
                Issue.record("\(name): \(events.count) events")
                continue
            }
            let fromWire = try #require(FileReport(wire: report.wire), "\(name)")
            #expect(fromWire.wire == report.wire, "\(name)")
            for form in Formats.all {
                for isComplete in [true, false] {
                    let wanted = bytes(report, form, isComplete: isComplete)
                    #expect(bytes(fromDocument, form, isComplete: isComplete) == wanted, "\(name) \(form.row.name)")
                    #expect(bytes(fromWire, form, isComplete: isComplete) == wanted, "\(name) \(form.row.name)")
                }
            }
        }
    }

    @Test func `a form of report is a row and a function`() throws {
        let report = try #require(Bench.shared.reports.first { !$0.value.findings.isEmpty }?.value)
        let lines = String(decoding: bytes(report, RuleList.self, isComplete: false), as: UTF8.self)
        #expect(lines == report.findings.map { "\($0.rule)\n" }.joined())
        #expect(RuleList.row.parts == [])
    }

    @Test func `no two forms of report share a name or an ending`() {
        let names = Formats.all.map { $0.row.name }
        let endings = Formats.all.flatMap { $0.row.endings }
        #expect(Set(names).count == names.count && Set(endings).count == endings.count)
        for form in Formats.all {
            #expect(Formats.named(form.row.name)?.row == form.row)
            for ending in form.row.endings { #expect(Formats.ofFile("a.b.\(ending)")?.row == form.row) }
        }
        #expect(Formats.named("nonsense") == nil && Formats.ofFile("report.doc") == nil)
    }
}

/// A form of report in six lines.
private struct RuleList: ReportFormat {
    static let row = FormatRow("rules", endings: ["rules"], "one rule a line")
    init(_ head: RunHead, _ style: ReportStyle) {}
    mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        if case .file(let file) = event { for one in file.findings { out += "\(one.rule)\n".utf8 } }
    }
}

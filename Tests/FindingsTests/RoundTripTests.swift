// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import Testing
import Transport

/// Oracle: the law decode(encode(x)) = x.
@Suite struct RoundTripTests {
    private static let values: [Datum] = [
        .text(""), .text("a\u{0}\"\\\u{7F}\u{FEFF}é𝄞"), .integer(2), .integer(.min), .number(2), .number(-0.0),
        .number(1e300), .number(5e-324), .number(.infinity), .number(-.infinity), .quantity(200, unit: "mm"),
        .quantity(.infinity, unit: ""), .quantity(2.5, unit: "number"), .list([]), .list([.integer(1), .number(1)]),
        .record([]), .record([DatumField("value", .integer(1))]),
        .record([DatumField("value", .text("1")), DatumField("unit", .text("mm"))]),
        .record([DatumField("number", .text("infinite"))]),
        .list([.record([DatumField("release", .text("v1")), DatumField("absent", .list([.text("/a@b")]))])]),
    ]

    private static let places: [ResolvedPlace] = [
        ResolvedPlace(kind: .file), ResolvedPlace(file: "other.h5", kind: .file),
        ResolvedPlace(kind: .text(line: 26, column: 13, item: "_axis.id", row: 2)),
        ResolvedPlace(kind: .text(line: 1, column: 1, item: nil, row: nil)),
        ResolvedPlace(file: "d.h5", kind: .object(path: "/entry/data", attribute: "units")),
        ResolvedPlace(kind: .object(path: "", attribute: nil)),
        ResolvedPlace(kind: .object(path: "/entry/data/data", attribute: nil), byWayOf: "d.h5"),
        ResolvedPlace(kind: .frames(scan: "SCAN1", ranges: [1...1, 3...1800])),
        ResolvedPlace(kind: .frames(scan: "", ranges: [])),
    ]

    private static func finding(
        _ level: Level, values: [Datum], places: [ResolvedPlace] = [], answer: Answer? = nil
    ) -> Finding {
        Finding(
            rule: "AXIS-002", level: level, title: "t", message: "axis chain runs in a circle", count: 7,
            places: places, values: values.enumerated().map { DatumField("v\($0.offset)", $0.element) }, why: "w",
            fix: "f", references: ["one", "two"], isPreview: level == .G, answer: answer)
    }

    private static let answers = [
        Answer(rule: "AXIS-002", place: nil, answer: "so it is", author: nil, date: nil, expires: nil),
        Answer(rule: "AXIS-002", place: "26:13", answer: "a", author: "b", date: "2026-01-01", expires: "2027-01-01"),
    ]

    private static let applied = [
        AppliedDefinition(
            standard: "nexus", release: "v2026.01", sha256: "ab", path: "/entry", definition: "NXmx", because: "why"),
        AppliedDefinition(
            standard: "nexus", release: "v2026.01", sha256: "ab", path: "/entry2", definition: nil, because: "why"),
        AppliedDefinition(
            standard: "nexus", release: "/my/folder", sha256: "", path: "/e", definition: "NXx", because: "given"),
    ]

    private static let reasons: [Reason] = [
        .absent("no wavelength"), .gated("AXIS-001", at: "axis 'omega'"), .gated("AXIS-001"), .kind("a"), .off("b"),
        .mode("c"), .unshown(3), .unread("d"), Reason(.refused, "e"), .limit("f"), .definition("g"),
        Reason(.other("later"), "h"),
    ]

    static let reports: [FileReport] = [
        FileReport(path: "", size: 0, kind: .unknown, status: .skipped),
        FileReport(
            path: "a/b.nxs", size: 1 << 40, sha256: "00", kind: .nexus, definition: "NXmx", applied: applied,
            status: .fail, isFailing: true, isIncomplete: true, outline: "3600 frames, 0.979491 Å",
            findings: [
                finding(.A, values: values, places: places), finding(.B, values: [], answer: answers[0]),
                finding(.G, values: [.integer(1)], answer: answers[1]),
            ],
            notChecked: reasons.map { NotChecked(rule: "BEAM-001", $0) },
            failures: [Failure(attempt: "open", subject: "x", code: .filter(32008), words: "y")],
            experiments: [
                .object([JSONMember("id", .string("e")), JSONMember("x", .number(2)), JSONMember("n", .null)])
            ],
            compatibility: Compatibility(
                program: "p", block: "b",
                rows: [
                    .init(test: "t", isPass: true, reason: "", limit: nil, findings: [], difference: nil),
                    .init(
                        test: "u", isPass: false, reason: "r", limit: "l", findings: ["AXIS-001"], difference: "d"),
                ], stops: ["s"]), answersMet: [0, 4]),
        FileReport(path: "c", size: 1, kind: .cbf, status: .other("of a later release")),
    ]

    private func written(_ report: FileReport, _ form: FileReport.Form) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { report.encode(form, into: &$0) }
        return json.finish()
    }

    private let texts: @Sendable (RuleID) -> RuleText? = { _ in
        RuleText(title: "t", why: "w", fix: "f", references: ["one", "two"])
    }

    @Test(arguments: reports) func `a report is read back as it was`(report: FileReport) throws {
        let wire = try FileReport.decode(try JSONReader.read(written(report, .wire)), texts: texts)
        #expect(wire == report)
        var document = try FileReport.decode(try JSONReader.read(written(report, .document)))
        // Which answers of a run met is no matter of a document.
        document.answersMet = report.answersMet
        #expect(document == report)
    }

    @Test func `a path that is not UTF-8 is shown, and its bytes stand beside`() throws {
        var report = try #require(Self.reports.first)
        report.path = Name(bytes: Array("caf".utf8) + [0xE9, 0x2E, 0x68, 0x35]).text
        let text = String(decoding: written(report, .document), as: UTF8.self)
        #expect(text.contains(#""path":"caf\\xe9.h5""#))
        #expect(text.contains(#""pathBytes":"636166e92e6835""#))
        #expect(try FileReport.decode(try JSONReader.read(Array(text.utf8))).path == report.path)
    }

    @Test func `a number that is none is read back`() throws {
        let report = FileReport(
            path: "n", size: 1, kind: .cbf, status: .pass, findings: [Self.finding(.C, values: [.number(.nan)])])
        let back = try FileReport.decode(try JSONReader.read(written(report, .document)))
        guard case .number(let number)? = back.findings.first?.values.first?.value else {
            Issue.record("no number")
            return
        }
        #expect(number.isNaN)
    }

    @Test func `the wire form needs the texts of the catalogue, and says which member is missing`() throws {
        let value = try JSONReader.read(written(Self.reports[1], .wire))
        #expect(throws: ReportFault("findings[0].title")) { try FileReport.decode(value) }
    }

    @Test func `a member that is taken away or of another type is named`() throws {
        let value = try JSONReader.read(written(Self.reports[1], .document))
        let members = try #require(value.members)
        let optional: Set = ["sha256", "definition", "compatibility", "experiments", "counts", "answersMet"]
        for (index, member) in members.enumerated() where !optional.contains(member.name) {
            var fewer = members
            fewer.remove(at: index)
            #expect(throws: ReportFault(member.name)) { try FileReport.decode(.object(fewer)) }
            var other = members
            other[index] = JSONMember(member.name, .null)
            #expect(throws: ReportFault(member.name)) { try FileReport.decode(.object(other)) }
        }
    }

    @Test func `words of a later release never pass`() throws {
        #expect(FileStatus(text: "sound") == .other("sound"))
        #expect(Reason.Word(text: "asleep").isUnread)
        for word in ["absent", "gated", "kind", "off", "mode", "unshown"] { #expect(!Reason.Word(text: word).isUnread) }
        for word in ["unread", "refused", "limit", "definition"] { #expect(Reason.Word(text: word).isUnread) }
    }

    @Test func `a document of a later version is refused`() throws {
        var json = JSONWriter(.compact)
        let head = RunHead(version: "1", profileName: "default", profileDigest: "", failAt: .B)
        json.object { head.write(into: &$0) }
        let value = try JSONReader.read(json.finish())
        #expect(try RunHead.decode(value) == head)
        let later = try #require(value.members).map {
            $0.name == "schemaVersion" ? JSONMember($0.name, .integer(2)) : $0
        }
        #expect(throws: ReportFault("schemaVersion")) { try RunHead.decode(.object(later)) }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CorpusRecipes
import Diffraction
import Digest
import Findings
import Foundation
import Frames
import JSON
import Report
import RuleEngine
import TestSupport
import Testing
import Transport

/// Pages without a browser. Oracles: the model of the geometry for numbers of the drawing; the syntax of HTML for what
/// may stand in a page; the policy of the page for its script and style.
@Suite struct PageTests {
    private static let head = RunHead(version: "1", profileName: "default", profileDigest: "ab", failAt: .A)

    private func page(_ reports: [FileReport], head: RunHead = head) -> String {
        var format = HTMLReport(head, .plain(isComplete: false))
        var bytes: [UInt8] = []
        var end = RunEnd()
        format.take(.run(head), &bytes)
        for report in reports {
            end.add(report.status)
            format.take(.file(report), &bytes)
        }
        format.take(.end(end), &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Geometry

    /// A change of a description that its text is made from: what is replaced by what.
    struct Geometry: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var changes: [(String, String)]
    }

    private static let gravity = "gravity     .           0.0    -1.0      0.0"
    private static let source = "source      .           0.0     0.0      1.0"
    private static let swing = "scan1  two_theta  0.0 "

    static let geometries = [
        Geometry(testDescription: "goniometer horizontal", changes: []),
        Geometry(
            testDescription: "goniometer vertical",
            changes: [(gravity, "gravity     .           -1.0    0.0      0.0")]),
        Geometry(testDescription: "2θ = 30°", changes: [(swing, "scan1  two_theta  30.0 ")]),
        Geometry(
            testDescription: "goniometer vertical, swung to the side",
            changes: [
                (gravity, "gravity     .           1.0    0.0      0.0"), (swing, "scan1  two_theta  -25.0 "),
                ("scan1  omega      0.0  360.0", "scan1  omega      37.5  360.0"),
            ]),
        Geometry(
            testDescription: "beam and gravity off the axes, kappa",
            changes: [
                (source, "source      .           0.03     -0.05      1.0"),
                (gravity, "gravity     .           0.1    -1.0      0.2"), (swing, "scan1  two_theta  5.0 "),
                (
                    "chi        rotation     goniometer  omega      -0.0046  0.0372  -0.9993",
                    "chi        rotation     goniometer  omega      0.6428  0.0  -0.7660"
                ),
                ("scan1  chi        0.0 ", "scan1  chi        40.0 "),
            ]),
    ]

    @Test(arguments: geometries)
    func `the numbers of a drawing are those of the model`(_ geometry: Geometry) throws {
        var text = try String(
            contentsOf: Folder.checkout.appendingPathComponent("corpora/examples/i04-eiger.cif"), encoding: .utf8)
        for (old, new) in geometry.changes {
            try #require(text.contains(old), "\(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("scan.cif").path
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        var settings = Bench.settings
        settings.parts = HTMLReport.row.parts
        let html = page([FileCheck(settings).check(path)])
        let model = try #require(Inspection(path, settings: ReadingSettings()).experiments.first?.summary)
        let panel = try #require(model.panels.first)
        let plane = try #require(panel.views.first?.plane)
        let size = try #require(panel.size)
        let pixels = try #require(panel.views.first?.centre?.pixels)
        let beam = try #require(model.beamDirection.value.normalised)
        let drawings = html.components(separatedBy: "<svg viewBox").dropFirst().filter { $0.contains("data-right") }
        try #require(drawings.count == 2)
        for (number, drawing) in drawings.enumerated() {
            let right = try #require(Self.vector("data-right", in: drawing))
            let down = try #require(Self.vector("data-down", in: drawing))
            #expect(abs(right.length - 1) < 1e-6 && abs(down.length - 1) < 1e-6 && abs(right.dot(down)) < 1e-6)
            if number == 0 {
                // Along the beam, as somebody at the source sees it.
                #expect((right.cross(down) - beam).length < 1e-6)
                #expect(model.gravity.value.dot(down) > 0.9 * model.gravity.value.length)
            } else {
                #expect((right - beam).length < 1e-6)
            }
            let found = try #require(Self.numbers("<polygon class=\"panel\" points", in: drawing))
            let (i, j) = (Double(size.fast), Double(size.slow))
            let start = panel.pixelOrigin.outlineStart
            let corners = [(start, start), (i + start, start), (i + start, j + start), (start, j + start)].map {
                plane.origin + $0.0 * plane.fast + $0.1 * plane.slow
            }
            try #require(found.count == 8)
            let extent = (corners[2] - corners[0]).length
            for (index, corner) in corners.enumerated() {
                #expect(abs(found[2 * index] - corner.dot(right)) < 1e-3 * extent)
                #expect(abs(found[2 * index + 1] - corner.dot(down)) < 1e-3 * extent)
            }
            let centre = try #require(Self.vector("data-centre", in: drawing))
            let met = plane.origin + pixels.fast * plane.fast + pixels.slow * plane.slow
            #expect((centre - met).length < 1e-3 * met.length)
            // The cross is drawn there: "Mx yHx" about the middle.
            let cross = try #require(Self.numbers("class=\"mark centre\"[^>]* d", in: drawing))
            #expect(abs((cross[0] + cross[2]) / 2 - met.dot(right)) < 1e-3 * extent)
            #expect(abs(cross[1] - met.dot(down)) < 1e-3 * extent)
            // Oracle of the axes: each turns with those outside it, by the rotations that the settings give.
            for (id, wanted) in try directions(of: path) {
                let found = try #require(Self.vector("data-axis=\"\(id)\"[^>]* data-direction", in: drawing), "\(id)")
                #expect((found - wanted).length < 1e-3, "\(id)")
            }
        }
    }

    /// Directions of the axes of the sample, and of the swing, from the chain itself.
    private func directions(of path: String) throws -> [(String, Vector3)] {
        let summary = try #require(Inspection(path, settings: ReadingSettings()).experiments.first?.summary)
        let scan = try #require(summary.scans.first)
        var settings = Dictionary(scan.otherSettings.map { ($0.axis, $0.value) }, uniquingKeysWith: { a, _ in a })
        if let axis = scan.axis { settings[axis] = scan.start }
        return try (summary.goniometer + summary.detector).compactMap { axis in
            guard axis.type == "rotation" else { return nil }
            var direction = try #require(axis.vector.normalised)
            var next = axis.dependsOn
            while let id = next, let outer = (summary.goniometer + summary.detector).first(where: { $0.id == id }) {
                if outer.type == "rotation" {
                    let turn = try #require(Matrix3.rotation(about: outer.vector, degrees: settings[id] ?? 0))
                    direction = turn * direction
                }
                next = outer.dependsOn
            }
            return (axis.id.text, direction)
        }
    }

    private static func numbers(_ pattern: String, in text: String) -> [Double]? {
        guard let regex = try? Regex(pattern + "=\"([^\"]*)\""), let match = text.firstMatch(of: regex),
            let value = match.output[1].substring
        else { return nil }
        return value.split(whereSeparator: { !"0123456789.-e".contains($0) }).compactMap { Double($0) }
    }

    private static func vector(_ pattern: String, in text: String) -> Vector3? {
        guard let found = numbers(pattern, in: text), found.count == 3 else { return nil }
        return Vector3(found[0], found[1], found[2])
    }

    // MARK: Text of strangers

    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)", "</title></style></svg>",
        "a\nb\u{1b}[31m\u{7}", "\u{202e}gpj.exe\u{2066}", "&lt;b&gt; &amp;", "]]>-->",
        String(repeating: "<x>\"'", count: 820),
        Name(bytes: [0x61, 0xFF, 0x3C, 0x62]).text,
    ]

    @Test(arguments: hostile.indices)
    func `text of strangers stays text`(_ number: Int) throws {
        let text = Self.hostile[number]
        let vector = JSONValue.array([.number(0), .number(0), .number(1)])
        let record = JSONValue.object([
            JSONMember("id", .string(text)), JSONMember("frame_of_reference", .string(text)),
            JSONMember("beam_direction", vector),
            JSONMember("gravity", .array([.number(0), .number(-1), .number(0)])),
            JSONMember("panel", .string(text)), JSONMember("pixels", .array([.integer(10), .integer(10)])),
            JSONMember("beam_centre_px", .array([.number(5), .number(5)])),
            JSONMember(
                "panels",
                .array(
                    (0..<2).map { index in
                        .object([
                            JSONMember("id", .string(text)),
                            JSONMember("pixels", .array([.integer(10), .integer(10)])),
                            JSONMember("pixel_size_mm", .array([.number(1), .number(1)])),
                            JSONMember("origin_mm", .array([.number(Double(index) * 12), .number(0), .number(100)])),
                            JSONMember("fast", .array([.number(1), .number(0), .number(0)])),
                            JSONMember("slow", .array([.number(0), .number(1), .number(0)])),
                        ])
                    })),
            JSONMember(
                "goniometer",
                .array([
                    .object([
                        JSONMember("id", .string(text)), JSONMember("type", .string("rotation")),
                        JSONMember("direction", vector), JSONMember("setting", .number(1)),
                    ]),
                    .object([
                        JSONMember("id", .string(text)), JSONMember("type", .string(text)),
                        JSONMember("direction", vector),
                    ]),
                ])),
            JSONMember(
                "scans",
                .array([
                    .object([
                        JSONMember("id", .string(text)), JSONMember("axis", .string(text)),
                        JSONMember("start_deg", .number(0)), JSONMember("source", .string(text)),
                    ])
                ])), JSONMember("faults", .array([.string(text)])),
        ])
        var report = FileReport(
            path: text, size: 1, sha256: text, kind: .nexus, definition: text,
            applied: [
                AppliedDefinition(
                    standard: text, release: text, sha256: text, path: text, definition: text, because: text)
            ], status: .fail, isFailing: true, outline: text,
            findings: Level.allCases.map { level in
                Finding(
                    rule: "NX-006", level: level, title: text, message: text, count: 9,
                    places: [
                        ResolvedPlace(file: text, kind: .object(path: text, attribute: text)),
                        ResolvedPlace(kind: .text(line: 1, column: 1, item: text, row: 1)),
                    ], values: [], why: text, fix: text, references: [text],
                    answer: level == .B
                        ? Answer(rule: "NX-006", place: nil, answer: text, author: text, date: text, expires: nil) : nil
                )
            }, notChecked: [NotChecked(rule: "NX-007", .unread(text))],
            failures: [Failure(attempt: text, subject: text, code: .damaged, words: text, remedy: text)],
            experiments: [record])
        var exhibits = Exhibits()
        exhibits.pictures = [
            Exhibits.Picture(
                title: text, captions: [text], png: text, width: 1, height: 1,
                view: .object([JSONMember("parts", .string(text))]))
        ]
        exhibits.pictureNotes = [text]
        exhibits.stacks = [
            Exhibits.Stack(
                name: text, announced: 3,
                cells: [Exhibits.Cell(frame: 2, state: .undecodable, total: nil, words: text)])
        ]
        exhibits.storage = [Exhibits.Line(term: text, words: text)]
        exhibits.readers = exhibits.storage
        exhibits.files = [text]
        report.exhibits = exhibits
        let strange = RunHead(version: text, profileName: text, profileDigest: text, failAt: .A, baseline: text)
        try Self.expectWellFormed(page([report], head: strange), holding: 2)
        var other = report
        other.path = "other"
        try Self.expectWellFormed(page([report, other, report], head: strange), holding: 2)
    }

    /// Every "<" begins a tag that pages have, attributes are in quotes or plain words, and nothing hidden stands anywhere.
    private static func expectWellFormed(_ html: String, holding least: Int) throws {
        let scripts = html.components(separatedBy: "<script")
        try #require(scripts.count == 2)
        let bare = scripts[0] + "</body></html>"
        let style = bare.components(separatedBy: "<style>")
        try #require(style.count == 2)
        let body = style[0] + (style[1].components(separatedBy: "</style>").last ?? "")
        let known: Set = [
            "!DOCTYPE", "html", "head", "meta", "title", "body", "main", "nav", "section", "footer", "article",
            "figure",
            "figcaption", "div", "span", "p", "h1", "h2", "h3", "ul", "li", "a", "table", "caption", "thead", "tbody",
            "tr",
            "th", "td", "dl", "dt", "dd", "br", "code", "pre", "bdi", "strong", "details", "summary", "label",
            "textarea",
            "img", "svg", "g", "line", "path", "polygon", "circle", "rect", "text",
        ]
        let attributes: Set = [
            "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "aria-label", "role", "tabindex",
            "scope", "src", "alt", "width", "height", "rows", "viewBox", "points", "d", "x", "y", "x1", "x2", "y1",
            "y2",
            "cx", "cy", "r", "stroke-width", "stroke-dasharray", "font-size", "font-family", "text-anchor",
            "preserveAspectRatio", "html", "data-view", "data-right", "data-down", "data-centre", "data-axis",
            "data-type",
            "data-direction", "data-length", "data-rule", "data-file", "data-place", "data-copy",
        ]
        for piece in body.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let close = piece.firstIndex(of: ">") else {
                Issue.record("a tag does not end: \(piece.prefix(60))")
                continue
            }
            let tag = piece[..<close]
            let name = tag.drop { $0 == "/" }.prefix { !" />".contains($0) }
            #expect(known.contains(String(name)), "<\(tag.prefix(80))")
            #expect(!piece[close...].dropFirst().contains(">"), "\(piece.prefix(80))")
            for attribute in tag.matches(of: /\s([A-Za-z0-9:-]+)(=("[^"]*"|[A-Za-z0-9#-]+))?/) {
                #expect(attributes.contains(String(attribute.output.1)), "\(tag.prefix(80))")
            }
            let rest = tag.replacing(/="[^"]*"/, with: "")
            #expect(!rest.contains("\"") && !rest.contains("'"), "\(tag.prefix(80))")
        }
        for scalar in html.unicodeScalars where scalar != "\n" { #expect(!Escaping.isHidden(scalar)) }
        #expect(!html.contains("javascript:"))
        #expect(body.components(separatedBy: "<main").count == least)
    }

    // MARK: The page as a whole

    @Test func `the policy lets the script and the style of the page in, and nothing else`() throws {
        let html = page([FileReport(path: "a.nxs", size: 1, kind: .nexus, status: .pass)])
        let script = try #require(html.firstMatch(of: /<script>([\s\S]*)<\/script>/)?.output.1)
        let style = try #require(html.firstMatch(of: /<style>([\s\S]*)<\/style>/)?.output.1)
        func hash(_ text: Substring) -> String {
            let digits = FileDigests.of(Array(text.utf8)).sha256
            let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
            return Data(bytes).base64EncodedString()
        }
        let policy = try #require(html.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.output.1)
        #expect(
            policy == "default-src 'none'; style-src 'sha256-\(hash(style))'; script-src 'sha256-\(hash(script))'; "
                + "img-src data:; base-uri 'none'; form-action 'none'")
        #expect(!html.contains(" style=\"") && !html.contains("http://") && !html.contains("src=\"http"))
    }

    @Test func `exhibits are the same after another process sent them`() throws {
        let path = Folder.checkout.appendingPathComponent("corpora/examples/i04-eiger.cif").path
        var settings = Bench.settings
        settings.parts = HTMLReport.row.parts
        let report = FileCheck(settings).check(path)
        #expect(report.exhibits?.sheets.first?.fields.count == 22)
        let again = try #require(FileReport(wire: report.wire))
        #expect(again == report)
        #expect(page([again]) == page([report]))
    }

    /// The golden file with changes, checked as for a page.
    private func exhibited(_ changes: String = "", frames: FrameSampling = .ends) throws -> FileReport {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        let source = folder.appendingPathComponent("file.nxs.json").path
        try "{base: '\(golden)', changes: [\(changes)]}".write(toFile: source, atomically: false, encoding: .utf8)
        let file = folder.appendingPathComponent("file.nxs").path
        try Recipe(reading: source).build(at: file)
        var settings = Bench.settings
        settings.parts = HTMLReport.row.parts
        settings.reading.frames = frames
        return FileCheck(settings).check(file)
    }

    @Test func `pictures of frames that the check decoded are those of frames decoded for them`() throws {
        let again = try #require(exhibited(frames: .none).exhibits?.pictures.map(\.png))
        #expect(again.count == 3 && Set(again).count > 1)
        for frames in [FrameSampling.first, .ends, .sample, .all] {
            #expect(try exhibited(frames: frames).exhibits?.pictures.map(\.png) == again, "\(frames)")
        }
    }

    /// Oracle: what rule NX-009 counts; a file that has one item less.
    @Test func `completeness counts what is required, recommended and optional`() throws {
        let whole = try exhibited()
        let shares = try #require(whole.exhibits?.shares)
        #expect(shares.map(\.occurrence) == ["required", "recommended", "optional"])
        let told = try #require(whole.findings.first { $0.rule == RuleID("NX-009") })
        let (required, recommended, optional) = (shares[0], shares[1], shares[2])
        #expect(told.message.contains("\(required.asked - required.lacking) of \(required.asked) required items"))
        #expect(recommended.asked > 0 && optional.asked > optional.lacking && optional.lacking > 0)
        #expect(shares.allSatisfy { $0.absent.count == $0.lacking && Set($0.absent).count == $0.lacking })
        let cases = [
            ("/entry/instrument/detector/count_time", 1, "instrument/detector/count_time"),
            ("/entry/title", 2, "title"), ("/entry/start_time", 0, "start_time"),
        ]
        for (path, place, label) in cases {
            let lesser = try #require(exhibited("{remove: '\(path)'}").exhibits?.shares)
            for (number, share) in lesser.enumerated() {
                #expect(share.asked == shares[number].asked, "\(path)")
                #expect(share.lacking == shares[number].lacking + (number == place ? 1 : 0), "\(path)")
            }
            #expect(lesser[place].absent.contains(label) && !shares[place].absent.contains(label), "\(path)")
        }
        #expect(page([whole]).contains("<td>recommended</td>"))
    }

    @Test func `what was not read is never said to be well`() {
        for status in FileStatus.all where status != .pass {
            var report = FileReport(
                path: "a.nxs", size: 1, kind: .nexus, status: status,
                failures: [
                    Failure(attempt: "open", subject: "a.nxs", code: .cut, words: "it is cut", remedy: "copy it again")
                ])
            report.isUnread = status != .fail
            let html = page([report])
            #expect(!html.contains("✓") && !html.contains("class=\"verdict pass\""), "\(status)")
            #expect(html.contains("it is cut") && html.contains("copy it again"), "\(status)")
            #expect(!page([report, report]).contains("✓"), "\(status)")
        }
    }

    @Test func `ten thousand files make a page below a megabyte that names all`() throws {
        let finding = try #require(Bench.shared.reports.values.lazy.compactMap(\.findings.first).first)
        let reports = (0..<10_000).map { number in
            FileReport(
                path: "/data/visits/mx1234-\(number / 100)/scan_\(number).nxs", size: 1000, kind: .nexus,
                status: number % 3 == 0 ? .fail : .pass, isFailing: number % 3 == 0,
                findings: number % 3 == 0 ? [finding] : [])
        }
        let html = page(reports)
        #expect(html.utf8.count < 1_000_000)
        for number in stride(from: 0, to: 10_000, by: 97) { #expect(html.contains("scan_\(number).nxs")) }
        #expect(html.contains("3334 of 10000 fail"))
    }

    @Test func `what is told of images as a series stands on the page of the sweep, and fails it`() throws {
        let finding = try #require(Bench.shared.reports.values.lazy.compactMap(\.findings.first).first)
        let images = (1...3).map { FileReport(path: "a_000\($0).cbf", size: 9, kind: .minicbf, status: .pass) }
        var series = FileReport(
            path: "a_####.cbf", size: 0, kind: .minicbf, status: .fail, isFailing: true, outline: "3 images",
            findings: [finding])
        let html = page(images + [series])
        #expect(html.contains("a_0001.cbf to a_0003.cbf (3 files)") && html.contains("class=\"verdict fail\""))
        #expect(html.contains("data-rule=\"\(finding.rule)\"") || finding.level == .G)
        series.status = .indeterminate
        #expect(page(images + [series]).contains("class=\"verdict unsure\""))
    }

    @Test func `a page of thousands of alerts stays small and counts what it leaves out`() throws {
        let finding = try #require(Bench.shared.reports.values.lazy.flatMap(\.findings).first { $0.level == .C })
        let report = FileReport(
            path: "a.nxs", size: 9, kind: .nexus, status: .pass, findings: (0..<5_000).map { _ in finding })
        let html = page([report])
        #expect(html.utf8.count < 400_000)
        #expect(html.contains("more are not shown"))
    }

    @Test func `pictures are of a lone file, and of the ends and the middle of a sweep`() {
        #expect(HTMLReport.exhibited(of: ["a.nxs"]) == ["a.nxs"])
        #expect(HTMLReport.exhibited(of: ["a.nxs", "b.nxs"]) == [])
        #expect(HTMLReport.exhibited(of: (1...9).map { "a_\($0).cbf" }) == ["a_1.cbf", "a_5.cbf", "a_9.cbf"])
        #expect(HTMLReport.exhibited(of: ["a_1.cbf", "a_2.cbf", "b_3.cbf"]) == [])
        #expect(HTMLReport.exhibited(of: []) == [])
        // Notes beside the images hide nothing.
        #expect(HTMLReport.exhibited(of: ["a_1.cbf", "a_2.cbf", "imported.expt"]) == ["a_1.cbf", "a_2.cbf"])
        #expect(HTMLReport.exhibited(of: ["README.md", "d/scan.nxs"]) == ["d/scan.nxs"])
        #expect(HTMLReport.exhibited(of: ["a.nxs", "b"]) == [])
        #expect(HTMLReport.exhibited(of: ["a_data_000001.h5", "a_master.h5", "a_meta.h5"]) == ["a_master.h5"])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import Transport

/// The page on one data set: a file, or the images of one sweep.
///
/// - Source: reports.md section 3, the order of its sections.
struct DataSetPage {
    let head: RunHead
    let subject: ReportSubject
    let exhibits: [Exhibits]
    let end: RunEnd
    /// Files of the run that are checked through the data set.
    let parts: [String]
    /// A cell for each image of a sweep.
    let images: [Exhibits.Cell]

    init(
        _ head: RunHead, _ subject: ReportSubject, _ exhibits: [Exhibits], _ end: RunEnd, parts: [String],
        images: [Exhibits.Cell]
    ) {
        (self.head, self.subject, self.exhibits, self.end) = (head, subject, exhibits, end)
        (self.parts, self.images) = (parts, images)
    }

    private var report: FileReport { subject.first }

    var bytes: [UInt8] {
        let alerts = AlertSection(subject, head)
        let frames = FrameSections(subject, exhibits, images: images)
        return Page(
            title: "\(subject.status.text): \(HTMLText.short(Name(report.path).last.text, 120)) – Imprimatur",
            top: top(isWhole: frames.isWhole),
            sections: [
                Page.Section(id: "identity", heading: "Data set", body: IdentitySection(report).html),
                Page.Section(id: "table", heading: "Raw data table", body: rawData),
                Page.Section(id: "geometry", heading: "Geometry", body: GeometrySection(report).html),
                Page.Section(id: "pictures", heading: "Pictures", body: frames.pictures),
                Page.Section(id: "frames", heading: "Frames", body: frames.strips),
                Page.Section(id: "alerts", heading: "Alerts", body: alerts.html),
                Page.Section(
                    id: "completeness", heading: "Completeness",
                    body: CompletenessSection(subject, exhibits.first).html),
                Page.Section(
                    id: "provenance", heading: "Provenance",
                    body: ProvenanceSection(subject, exhibits.first, head, parts: parts).html),
            ], version: head.version
        ).bytes
    }

    // MARK: Verdict

    private func top(isWhole: Bool) -> String {
        let status = subject.status
        var html = "<h1>\(HTMLText.short(subject.name, 400))</h1>\n"
        html += "<div class=\"verdict \(Self.traits(status))\"><p class=\"word\">\(Self.word(status))</p>\n"
        for sentence in sentences { html += "<p>\(sentence)</p>\n" }
        if !isWhole, status == .pass || status == .fail {
            html +=
                "<p><strong>Preliminary:</strong> not every frame was decoded; <code>--frames all</code> does it.</p>\n"
        }
        for note in end.notes.prefix(20) { html += PageNotes.line(note) }
        html += "</div>\n" + Self.legend(LevelCounts(subject.items.map(\.finding)))
        return html
    }

    private var sentences: [String] {
        let failing = subject.items.filter { head.isFailing($0.finding) }.map(\.finding)
        let profile =
            "profile <code>\(HTMLText.short(head.profileName, 80))</code> fails at level \(head.failAt.rawValue)"
        var lines: [String] = []
        switch subject.status {
        case .pass: lines = ["What was checked holds: no finding fails the run; \(profile)."]
        case .fail:
            let counts = LevelCounts(failing)
            let words = Level.allCases.filter { counts[$0] > 0 }.map { level in
                "\(counts[level]) \(counts[level] == 1 ? "finding" : "findings") of level \(level.rawValue)"
            }
            lines = ["\(words.joined(separator: ", ")) \(failing.count == 1 ? "fails" : "fail") the run; \(profile)."]
        case .incomplete: lines = ["The file is being written, or is marked as open for writing; no verdict is final."]
        default: lines = ["It is not known whether the data are sound: something that is there was not read."]
        }
        if subject.count > 1 {
            let are = subject.isOneSeries ? "Images of one sweep" : "Images of several sweeps, by their names"
            lines.append("\(are): what is said of the data set, its table and its geometry is that of the first.")
        }
        if subject.count > 1, subject.statuses.count > 1 {
            let words = FileStatus.all.compactMap { status in
                subject.statuses[status].map { "\($0) \(status.text)" }
            }
            lines.append("Of \(subject.count) files: \(words.joined(separator: ", ")).")
        }
        lines += subject.reasonsUnread.prefix(5).map { reason in
            let isSaid = reason.hasPrefix("not read: ") || reason.hasPrefix("nothing was checked")
            return (isSaid ? "" : "not read: ") + reason
        }.map { HTMLText.short($0.prefix(1).uppercased() + $0.dropFirst(), 500) + "." }
        if let remedy = subject.troubles.first?.remedy, !remedy.isEmpty {
            lines.append("What helps: \(HTMLText.short(remedy, 500)).")
        }
        if let inputs = end.interruptedOf {
            lines.append("The run was ended after \(end.total) of \(inputs) inputs.")
        }
        return lines
    }

    static func word(_ status: FileStatus) -> String {
        switch status {
        case .pass: "✓ Pass"
        case .fail: "✗ Fail"
        case .indeterminate: "? Indeterminate"
        case .incomplete: "… Incomplete"
        case .skipped: "– Skipped"
        case .other(let word): "? " + HTMLText.short(word, 60)
        }
    }

    static func traits(_ status: FileStatus) -> String {
        switch status {
        case .pass: "pass"
        case .fail: "fail"
        default: "unsure"
        }
    }

    /// Levels with their meaning and the number of findings.
    static func legend(_ counts: LevelCounts) -> String {
        var table = PageTable("Findings by level", ["level", "findings", "what the level means"])
        for level in Level.allCases {
            table.add([mark(level), "\(counts[level])", level.meaning])
        }
        return table.html
    }

    static func mark(_ level: Level) -> String {
        "<span class=\"lv lv\(level.rawValue)\">\(level.rawValue)</span>"
    }

    // MARK: Raw data table

    private var rawData: String {
        (exhibits.first?.sheets ?? []).map { sheet in
            var table = PageTable(
                "Raw data table of <bdi>\(HTMLText.short(sheet.id, 120))</bdi>: \(HTMLText.escaped(RawDataReport.score(sheet)))",
                ["no.", "field", "value", "from"], traits: "facts raw")
            for field in sheet.fields {
                let values = field.values.prefix(24).map { HTMLText.short(RawDataReport.words($0, of: field), 400) }
                var seen = Set<String>()
                let from = field.values.map(\.source).filter { seen.insert($0).inserted }.prefix(4)
                let more = field.values.count > values.count ? ["and \(field.values.count - values.count) more"] : []
                table.add([
                    "\(field.number)", HTMLText.escaped(RawDataReport.name(field)),
                    values.isEmpty ? "–" : (values + more).joined(separator: "<br>"),
                    "<span class=\"src\">"
                        + (from.isEmpty
                            ? "wanted: <code>\(HTMLText.escaped(field.item))</code>"
                            : from.map { HTMLText.short($0, 200) }.joined(separator: "<br>")) + "</span>",
                ])
            }
            let cif = RawDataFragment.text(sheet, path: report.path)
            let markdown = RawDataReport.markdown(sheet, true)
            return table.html + Self.copy(cif, "as CIF") + Self.copy(markdown, "as Markdown")
        }.joined()
    }

    /// A text to be copied, folded away.
    static func copy(_ text: String, _ words: String) -> String {
        guard text.utf8.count < 60_000 else { return "" }
        return "<details><summary>The table \(words)</summary><pre data-copy=\"Copy \(words)\">"
            + HTMLText.lines(text) + "</pre></details>\n"
    }
}

/// What a run has to say that belongs to no finding.
enum PageNotes {
    static func line(_ note: RunNote) -> String {
        guard note.kind != .interrupted else { return "" }
        return "<p>Note: \(HTMLText.short((note.path.map { $0 + ": " } ?? "") + note.text, 400)).</p>\n"
    }
}

extension Level {
    /// What a finding of the level says of the data.
    var meaning: String {
        switch self {
        case .A: "the data cannot be interpreted, or will be interpreted wrongly"
        case .B: "some software will go wrong, or a standard is broken"
        case .C: "incomplete or unusual: check"
        case .G: "for information"
        }
    }
}

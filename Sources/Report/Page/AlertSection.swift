// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import Transport

/// Findings, worst first, each with what, where, why and what mends it, and room for the author's answer.
struct AlertSection {
    private static let mostAlerts = 400
    /// Bytes of alerts, with pictures below a megabyte.
    private static let mostBytes = 260_000
    private static let mostPlaces = 5

    private let subject: ReportSubject
    private let head: RunHead

    init(_ subject: ReportSubject, _ head: RunHead) { (self.subject, self.head) = (subject, head) }

    var html: String {
        guard !subject.items.isEmpty else { return "<p>There are no findings.</p>\n" }
        var html = ""
        var left = Self.mostAlerts
        var isAsking = false
        for level in Level.allCases {
            let items = subject.items.filter { $0.finding.level == level }
            guard !items.isEmpty else { continue }
            var alerts = ""
            var shown = 0
            for item in items.prefix(left) where html.utf8.count + alerts.utf8.count < Self.mostBytes {
                alerts += article(item)
                shown += 1
            }
            left -= shown
            let count = "\(items.count) of level \(level.rawValue): \(level.meaning)"
            if level == .G {
                html += "<details><summary>\(count)</summary>\n\(alerts)</details>\n"
            } else {
                isAsking = true
                html += "<h3>\(count)</h3>\n" + alerts
            }
            if shown < items.count { html += "<p>\(items.count - shown) more are not shown.</p>\n" }
        }
        if isAsking {
            html +=
                "<div id=\"answers\"><p class=\"dim\">Answers that are saved as <code>answers.json5</code> stand beside "
            html += "their findings with <code>imprimatur check --answers answers.json5</code>.</p></div>\n"
        }
        let form = ReplyForm.text(subject.first, width: 80)
        if !form.isEmpty, form.utf8.count < 60_000 {
            html += "<details><summary>Validation reply form, for the CIF of a paper</summary>"
            html += "<pre data-copy=\"Copy the form\">\(HTMLText.lines(form))</pre></details>\n"
        }
        return html
    }

    private func article(_ item: ReportSubject.Item) -> String {
        let finding = item.finding
        let level = finding.level.rawValue
        var html = "<article class=\"\(level)\"><h3>\(DataSetPage.mark(finding.level)) \(finding.rule) "
        html += "<bdi>\(HTMLText.short(sentence(item), 1_000))</bdi></h3><dl>"
        var remarks: [String] = []
        if finding.isPreview { remarks.append("in preview: fails no run") }
        if finding.isKnown { remarks.append("in the baseline of the run: fails nothing") }
        if !remarks.isEmpty { html += "<dt>note</dt><dd>\(remarks.joined(separator: "; "))</dd>" }
        let places = finding.places.prefix(Self.mostPlaces).map(words).filter { !$0.isEmpty }
        if !places.isEmpty {
            html += "<dt>where</dt><dd>" + places.map { "<code>\($0)</code>" }.joined(separator: "<br>")
            if finding.count > places.count { html += "<br>and \(finding.count - places.count) more" }
            html += "</dd>"
        }
        html += "<dt>why</dt><dd>\(HTMLText.short(finding.why, 1_000))</dd>"
        html += "<dt>fix</dt><dd>\(HTMLText.short(finding.fix, 1_000))</dd>"
        if !finding.references.isEmpty {
            html += "<dt>see</dt><dd>\(HTMLText.short(finding.references.joined(separator: "; "), 600))</dd>"
        }
        if let answer = finding.answer {
            let by = [answer.author, answer.date].compactMap { $0 }.joined(separator: ", ")
            html += "<dt>answer</dt><dd><bdi>\(HTMLText.short(answer.answer, 2_000))</bdi>"
            html += (by.isEmpty ? "" : " (\(HTMLText.short(by, 200)))") + "</dd>"
        }
        html += "</dl>"
        if finding.answer == nil, finding.level != .G { html += field(finding) }
        return html + "</article>\n"
    }

    /// The sentence with its case, and the images that have it; of a long name its end is not shown.
    private func sentence(_ item: ReportSubject.Item) -> String { subject.sentence(item) }

    private func field(_ finding: Finding) -> String {
        let place = subject.count == 1 ? finding.places.first?.local ?? "" : ""
        let file = subject.count == 1 ? Name(subject.first.path).last.text : ""
        func data(_ name: String, _ text: String) -> String {
            // What is shown otherwise than it is would match nothing.
            guard !text.isEmpty, text.utf8.count < 500, Escaping.line(text) == text else { return "" }
            return " data-\(name)=\"\(HTMLText.escaped(text))\""
        }
        return "<label>Author's answer to \(finding.rule)<textarea rows=\"2\" data-rule=\"\(finding.rule)\""
            + data("file", file) + data("place", place) + "></textarea></label>"
    }

    private func words(_ place: ResolvedPlace) -> String {
        let local = place.file.map { place.text(named: $0) } ?? place.local
        guard case .text(_, _, let item?, let row) = place.kind else { return HTMLText.short(local, 300) }
        return HTMLText.short(local + "  " + item + (row.map { ", row \($0)" } ?? ""), 300)
    }
}

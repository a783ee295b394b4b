// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// What an audit found, as one page of HTML: no script, nothing from elsewhere, readable on paper.
///
/// - Source: reports.md section 3.
public enum CollectionPage {
    public static func page(_ collection: AuditSummary) -> [UInt8] {
        var html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Audit of \(escaped(collection.roots.joined(separator: ", ")))</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            <main>
            <h1>Audit of \(escaped(collection.roots.joined(separator: ", ")))</h1>

            """
        html += verdict(collection) + runs(collection) + rules(collection) + matrix(collection) + members(collection)
        html += "</main>\n</body>\n</html>\n"
        return Array(html.utf8)
    }

    private static func verdict(_ collection: AuditSummary) -> String {
        let statuses = collection.statuses
        var html = "<section><h2>Verdict</h2>\n<p>"
        let bad = statuses[.fail] + statuses[.indeterminate] + statuses[.incomplete]
        if collection.open > 0 {
            html += "The audit is not finished: \(collection.open) files are still to be checked. "
        }
        html += bad == 0 && collection.open == 0 ? "Nothing that was checked fails." : "\(bad) files did not pass."
        html += " Checked with imprimatur \(escaped(collection.head.version)), profile "
        html += "\(escaped(collection.head.profileName)), which fails at \(collection.head.failAt.rawValue); tiers "
        html += "\(escaped(collection.tiers)).</p>\n<table><caption>Files by how they ended</caption>\n"
        html += "<tr><th scope=\"col\">state</th><th scope=\"col\">files</th></tr>\n"
        for status in FileStatus.all where statuses[status] > 0 {
            html += "<tr><th scope=\"row\">\(status.text)</th><td class=\"n\">\(statuses[status])</td></tr>\n"
        }
        for (words, count) in statuses.passedOver.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            html += "<tr><th scope=\"row\">passed over: \(escaped(words))</th><td class=\"n\">\(count)</td></tr>\n"
        }
        return html
            + "</table>\n<p>\(collection.files) files, \(CollectionText.size(collection.bytes)); \(collection.parts) of them "
            + "are parts of a data set.</p></section>\n"
    }

    private static func runs(_ collection: AuditSummary) -> String {
        var html = "<section><h2>Runs</h2>\n<table><caption>Growth over time</caption>\n"
        html += row(header: ["run", "began", "state", "files checked", "bytes"])
        for run in collection.runs.suffix(50) {
            html +=
                "<tr><th scope=\"row\">\(run.number)</th><td>\(escaped(run.began))</td><td>\(escaped(run.state))</td>"
            html += "<td class=\"n\">\(run.checked)</td><td class=\"n\">\(run.bytes)</td></tr>\n"
        }
        return html + "</table></section>\n"
    }

    private static func rules(_ collection: AuditSummary) -> String {
        guard !collection.rules.isEmpty else { return "" }
        var html =
            "<section><h2>Most frequent faults</h2>\n<table><caption>Rules by the files they spoke of</caption>\n"
        html += row(header: ["rule", "level", "files", "fault"])
        for rule in collection.rules {
            html += "<tr><th scope=\"row\">\(rule.rule)</th><td>\(rule.level)</td><td class=\"n\">\(rule.files)</td>"
            html += "<td>\(escaped(rule.title))</td></tr>\n"
        }
        return html + "</table></section>\n"
    }

    /// Rules beside data sets, where there are few enough of both to look at.
    private static func matrix(_ collection: AuditSummary) -> String {
        let members = collection.members.filter { $0.status != .pass && !$0.rules.isEmpty }.prefix(60)
        let rules = collection.rules.filter { $0.level == "A" || $0.level == "B" }.prefix(30)
        guard !members.isEmpty, !rules.isEmpty else { return "" }
        var html = "<section><h2>Rules and data sets</h2>\n<div class=\"wide\"><table>"
        html +=
            "<caption>Rules of level A and B beside the data sets that did not pass; x: the rule speaks of it</caption>\n"
        html += row(header: ["data set"] + rules.map(\.rule))
        for member in members {
            let own = Set(member.rules)
            html += "<tr><th scope=\"row\">\(escaped(member.path))</th>"
            html += rules.map { own.contains($0.rule) ? "<td>x</td>" : "<td></td>" }.joined() + "</tr>\n"
        }
        return html + "</table></div></section>\n"
    }

    private static func members(_ collection: AuditSummary) -> String {
        var html = "<section><h2>Data sets</h2>\n"
        if collection.memberCount > collection.members.count {
            html +=
                "<p>The \(collection.members.count) worst of \(collection.memberCount); all stand in the table beside "
                + "this page.</p>\n"
        }
        html += "<div class=\"wide\"><table><caption>Data sets and files, worst first</caption>\n"
        html += row(header: ["path", "kind", "state", "A", "B", "C", "G", "parts", "what it is", "why"])
        for member in collection.members {
            html += "<tr class=\"\(className(member.status))\"><th scope=\"row\">\(escaped(member.path))</th>"
            html += "<td>\(escaped(member.kind))</td><td>\(member.status.text)</td>"
            html += member.counts.map { "<td class=\"n\">\($0)</td>" }.joined()
            html += "<td class=\"n\">\(member.parts)</td><td>\(escaped(member.outline))</td>"
            html += "<td>\(escaped(member.reason))</td></tr>\n"
        }
        return html + "</table></div></section>\n"
    }

    private static func row(header cells: [String]) -> String {
        "<tr>" + cells.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined() + "</tr>\n"
    }

    private static func className(_ status: FileStatus) -> String {
        switch status {
        case .fail: "bad"
        case .indeterminate, .incomplete: "unsure"
        default: "plain"
        }
    }

    /// Text of strangers for HTML, hidden characters made visible.
    static func escaped(_ text: String) -> String {
        var html = ""
        for scalar in Printable.text(text).unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html
    }

    private static let style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 75rem; margin: 0 auto; padding: 1rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; margin: 0.5rem 0; }
        caption { text-align: left; font-style: italic; }
        th, td { text-align: left; padding: 0.15rem 0.6rem; border-bottom: 1px solid GrayText; vertical-align: top;
            overflow-wrap: anywhere; }
        th[scope=row] { font-weight: normal; }
        .n { text-align: right; }
        .bad td:nth-child(3) { font-weight: bold; }
        .unsure td:nth-child(3) { font-style: italic; }
        @media print { .wide { overflow: visible; } main { max-width: none; } }
        """
}

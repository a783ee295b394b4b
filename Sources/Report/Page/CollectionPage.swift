// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// What was found of a collection, as one page: verdicts, the most frequent faults, rules beside kinds of fault, all files.
///
/// Files whose findings are of the same rules are of one pattern, which says once what all of them have.
/// - Source: reports.md section 3.
public enum CollectionPage {
    /// Bytes of rows of files on one page; the worst come first, the rest is counted.
    static let mostBytes = 850_000
    private static let mostPatterns = 300

    /// Files of one state with findings of the same rules.
    private struct Pattern: Hashable {
        let status: FileStatus
        let rules: [String]
        let reason: String
    }

    public static func page(_ collection: AuditSummary) -> [UInt8] {
        let (patterns, numbers) = patterns(of: collection)
        let roots =
            collection.roots.isEmpty ? "" : " of " + HTMLText.short(collection.roots.joined(separator: ", "), 400)
        let title = collection.roots.isEmpty ? "Check of \(collection.statuses.total) files" : "Audit\(roots)"
        return Page(
            title: "\(title) – Imprimatur", top: top(collection, title),
            sections: [
                Page.Section(id: "faults", heading: "Most frequent faults", body: rules(collection)),
                Page.Section(id: "matrix", heading: "Rules and patterns", body: matrix(collection, patterns)),
                Page.Section(id: "files", heading: "Files", body: files(collection, numbers)),
                Page.Section(id: "runs", heading: "Runs", body: runs(collection)),
                Page.Section(id: "provenance", heading: "Provenance", body: provenance(collection)),
            ], version: collection.head.version
        ).bytes
    }

    // MARK: Verdict

    private static func top(_ collection: AuditSummary, _ title: String) -> String {
        let statuses = collection.statuses
        let bad = statuses[.fail]
        let unsure = statuses[.indeterminate] + statuses[.incomplete]
        let word: String
        let traits: String
        switch (bad, unsure, collection.open, statuses[.pass]) {
        case (1..., _, _, _): (word, traits) = ("✗ \(bad) of \(statuses.total) fail", "fail")
        case (_, 1..., _, _): (word, traits) = ("? \(unsure) of \(statuses.total) without a verdict", "unsure")
        case (_, _, 1..., _): (word, traits) = ("… Not finished", "unsure")
        case (_, _, _, 0): (word, traits) = ("– Nothing was checked", "unsure")
        default: (word, traits) = ("✓ Nothing that was checked fails", "pass")
        }
        var html = "<h1>\(title)</h1>\n<div class=\"verdict \(traits)\"><p class=\"word\">\(word)</p>\n"
        html += "<p>\(collection.files) files, \(SizeText.of(collection.bytes)); profile "
        html += "<code>\(HTMLText.short(collection.head.profileName, 80))</code> fails at level "
        html += "\(collection.head.failAt.rawValue).</p>\n"
        if collection.open > 0 { html += "<p>\(collection.open) files are still to be checked.</p>\n" }
        for note in statuses.notes.prefix(20) { html += PageNotes.line(note) }
        html += "</div>\n"
        var table = PageTable("Files by how they ended", ["state", "files", "what it means"])
        for status in FileStatus.all where statuses[status] > 0 {
            table.add(["\(status.text)", "\(statuses[status])", meaning(status)])
        }
        for (words, count) in statuses.passedOver.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            table.add(["passed over", "\(count)", HTMLText.short(words, 120)])
        }
        return html + table.html
    }

    private static func meaning(_ status: FileStatus) -> String {
        switch status {
        case .pass: "no finding at the level at which the profile fails"
        case .fail: "a finding at that level"
        case .indeterminate: "something that is there was not read: neither good nor bad is known"
        case .incomplete: "being written, or marked as open for writing"
        case .skipped: "not checked by itself"
        case .other(let word): HTMLText.short(word, 60)
        }
    }

    // MARK: Faults

    private static func rules(_ collection: AuditSummary) -> String {
        var table = PageTable(
            "Rules by the files they spoke of", ["rule", "level", "files", "fault"], traits: "sort files")
        for rule in collection.rules.prefix(400) {
            table.add([
                "<span id=\"\(rule.rule)\">\(rule.rule)</span>",
                Level(rawValue: rule.level).map(DataSetPage.mark) ?? HTMLText.escaped(rule.level), "\(rule.files)",
                "<span class=\"text\">\(HTMLText.short(rule.title, 300))</span>",
            ])
        }
        return table.count == 0 ? "<p>No rule spoke.</p>\n" : table.html
    }

    private static func patterns(of collection: AuditSummary) -> (
        [(pattern: Pattern, files: Int, first: String)], [Int]
    ) {
        var known: [Pattern: Int] = [:]
        var patterns: [(pattern: Pattern, files: Int, first: String)] = []
        var numbers: [Int] = []
        numbers.reserveCapacity(collection.members.count)
        for member in collection.members {
            let pattern = Pattern(status: member.status, rules: member.rules, reason: member.reason)
            let number: Int
            if let found = known[pattern] {
                number = found
            } else {
                number = patterns.count
                known[pattern] = number
                patterns.append((pattern, 0, member.path))
            }
            patterns[number].files += 1
            numbers.append(number)
        }
        return (patterns, numbers)
    }

    /// Rules of level A to C beside the patterns, where there are few enough of both to look at.
    private static func matrix(
        _ collection: AuditSummary, _ patterns: [(pattern: Pattern, files: Int, first: String)]
    ) -> String {
        let level = Dictionary(collection.rules.map { ($0.rule, $0.level) }, uniquingKeysWith: { first, _ in first })
        let rules = collection.rules.filter { $0.level != "G" }.prefix(36)
        var table = PageTable(
            "Patterns: files in one state with findings of the same rules. ● level A, ◆ level B, ○ level C",
            ["no.", "state", "files", "first of them", "why"] + rules.map(\.rule), traits: "files matrix")
        for (number, one) in patterns.enumerated().sorted(by: { $0.element.files > $1.element.files }).prefix(
            mostPatterns)
        {
            let own = Set(one.pattern.rules)
            table.add(
                [
                    "<span id=\"p\(number + 1)\">\(number + 1)</span>", "\(one.pattern.status.text)", "\(one.files)",
                    HTMLText.short(one.first, 160), HTMLText.short(one.pattern.reason, 200),
                ]
                    + rules.map { rule in
                        guard own.contains(rule.rule) else { return "" }
                        return level[rule.rule] == "A" ? "●" : level[rule.rule] == "B" ? "◆" : "○"
                    }, traits: className(one.pattern.status))
        }
        let more = patterns.count - mostPatterns
        return table.html + (more > 0 ? "<p>\(more) more patterns are not shown.</p>\n" : "")
    }

    // MARK: Files

    /// End tags that HTML does not ask for are left out: ten thousand files stay below a megabyte.
    private static func files(_ collection: AuditSummary, _ numbers: [Int]) -> String {
        guard !collection.members.isEmpty else { return "" }
        let order: [FileStatus] = [.fail, .indeterminate, .incomplete, .skipped, .pass]
        func rank(_ status: FileStatus) -> Int { order.firstIndex(of: status) ?? 1 }
        let sorted = collection.members.indices.sorted { a, b in
            let (one, other) = (rank(collection.members[a].status), rank(collection.members[b].status))
            return one == other ? a < b : one < other
        }
        let prefix = commonFolder(collection.members)
        let isLong = sorted.count > 4_000
        var rows = ""
        var shown = 0
        for index in sorted {
            guard rows.utf8.count < mostBytes else { break }
            let member = collection.members[index]
            rows +=
                isLong
                ? "<tr class=\(letter(member.status))><th>" : "<tr class=\(className(member.status))><th scope=row>"
            rows += HTMLText.short(String(decoding: member.path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self), 400)
            if member.parts > 0 { rows += " (with \(member.parts) more)" }
            rows += "<td>\(member.status.text)"
            for count in member.counts { rows += count == 0 ? "<td>" : "<td>\(count)" }
            let number = numbers[index]
            rows +=
                number < mostPatterns && !isLong
                ? "<td><a href=#p\(number + 1)>\(number + 1)</a>\n" : "<td>\(number + 1)\n"
            shown += 1
        }
        var html = ""
        if collection.memberCount > shown {
            html +=
                "<p>The \(shown) worst of \(collection.memberCount); <code>-o report.csv</code> makes a table of all.</p>\n"
        }
        if !prefix.isEmpty { html += "<p>All below <code>\(HTMLText.short(prefix, 600))</code></p>\n" }
        html += "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Files, worst first\">"
        html +=
            "<table class=\"sort files\"><caption>Files, worst first; the pattern says what is wrong</caption><thead><tr>"
        html += ["file", "state", "A", "B", "C", "G", "pattern"].map { "<th scope=\"col\">\($0)</th>" }.joined()
        return html + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>\n"
    }

    /// The folder that all paths begin with, with its slash.
    private static func commonFolder(_ members: [AuditSummary.Member]) -> String {
        guard members.count > 1, let first = members.first else { return "" }
        var common = Array(first.path.utf8)
        for member in members {
            common.removeLast(common.count - zip(common, member.path.utf8).prefix { $0 == $1 }.count)
        }
        guard let slash = common.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(decoding: common[...slash], as: UTF8.self)
    }

    private static func letter(_ status: FileStatus) -> String {
        switch status {
        case .fail: "f"
        case .pass: "p"
        default: "u"
        }
    }

    private static func className(_ status: FileStatus) -> String {
        switch status {
        case .other: "indeterminate"
        default: status.text
        }
    }

    // MARK: Runs

    private static func runs(_ collection: AuditSummary) -> String {
        var table = PageTable("Growth over time", ["run", "began", "state", "files checked", "bytes"])
        for run in collection.runs.suffix(50) {
            table.add([
                "\(run.number)", HTMLText.short(run.began, 60), HTMLText.short(run.state, 60), "\(run.checked)",
                "\(run.bytes)",
            ])
        }
        return table.html
    }

    private static func provenance(_ collection: AuditSummary) -> String {
        var table = PageTable("How this report was made", ["what", "value"], traits: "facts")
        table.add(["program", "Imprimatur \(HTMLText.escaped(collection.head.version))"])
        table.add([
            "profile",
            "\(HTMLText.short(collection.head.profileName, 200)), fails at \(collection.head.failAt.rawValue), <code>"
                + "\(HTMLText.escaped(collection.head.profileDigest))</code>",
        ])
        if !collection.tiers.isEmpty { table.add(["tiers", HTMLText.short(collection.tiers, 200)]) }
        if collection.parts > 0 { table.add(["parts", "\(collection.parts) files are parts of a data set"]) }
        if collection.elsewhere > 0 {
            table.add([
                "elsewhere",
                "\(collection.elsewhere) files, \(SizeText.of(collection.elsewhereBytes)), are not on "
                    + "this machine",
            ])
        }
        return table.html
    }
}

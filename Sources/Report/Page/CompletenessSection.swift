// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import RuleCatalog
import RuleEngine
import Transport

/// What was checked, and what was not and why.
struct CompletenessSection {
    private let subject: ReportSubject
    private let shares: [Exhibits.Share]
    private var report: FileReport { subject.first }

    init(_ subject: ReportSubject, _ exhibits: Exhibits?) {
        self.subject = subject
        shares = exhibits?.shares ?? []
    }

    var html: String { definitions + areas + notChecked }

    /// How much is there of what application definitions require, recommend and allow.
    private var definitions: String {
        guard !shares.isEmpty else { return "" }
        var table = PageTable(
            "Items of the definition; what lies in an optional group that is not there is not counted",
            ["entry", "definition", "items", "there", "asked for", "not there"])
        for share in shares {
            let paths = share.absent.map { "<code>\(HTMLText.short($0, 200))</code>" }.joined(separator: ", ")
            let more = share.lacking - share.absent.count
            let list = paths + (more > 0 ? " and \(more) more" : "")
            table.add([
                "<code>\(HTMLText.short(share.entry, 200))</code>", HTMLText.short(share.definition, 120),
                HTMLText.short(share.occurrence, 20), "\(share.asked - share.lacking)", "\(share.asked)",
                share.lacking == 0
                    ? "–"
                    : share.lacking <= Self.mostOpen
                        ? list : "<details><summary>\(share.lacking) items</summary>\(list)</details>",
            ])
        }
        return table.html
    }

    /// Items that are listed without being folded away.
    private static let mostOpen = 8

    /// Areas of rules: how many are about such files, how many could not look, what they found.
    private var areas: String {
        var table = PageTable(
            "Rules by area" + (report.isUnread ? "; what was not read was looked at by none of them" : ""),
            ["area", "what it is about", "rules", "could not look", "findings"],
            traits: "sort")
        for area in RuleID.areas {
            let rules = catalogue.filter { $0.id.area == area && $0.applies(to: report) }
            guard let name = RuleAreas.names[area], !rules.isEmpty else { continue }
            let blind = Set(report.notChecked.filter { $0.rule.area == area && $0.reason.word != .unshown }.map(\.rule))
            let found = subject.items.filter { $0.finding.rule.area == area }.count
            let meant = rules.count { blind.contains($0.id) }
            table.add([area, name, "\(rules.count)", "\(meant)", "\(found)"])
        }
        return table.html
    }

    /// Reasons with their rules, what is there and was not read first.
    private var notChecked: String {
        var reasons: [(reason: Reason, rules: [RuleID])] = []
        var known: [Reason: Int] = [:]
        for one in report.notChecked {
            if let index = known[one.reason] {
                reasons[index].rules.append(one.rule)
            } else {
                known[one.reason] = reasons.count
                reasons.append((one.reason, [one.rule]))
            }
        }
        guard !reasons.isEmpty else {
            return report.isUnread ? "" : "<p>Every rule that is about such a file could look.</p>\n"
        }
        let unread = reasons.filter { $0.reason.word.isUnread }
        let others = reasons.filter { !$0.reason.word.isUnread }
        var html = ""
        if !unread.isEmpty {
            html += table("Not checked, though something is there to check", unread)
        }
        if !others.isEmpty {
            html +=
                "<details><summary>Not checked without harm: absent, of another kind, switched off, or told by another "
            html += "rule (\(others.reduce(0) { $0 + $1.rules.count }))</summary>"
            html += table("Rules that had nothing to look at", others) + "</details>\n"
        }
        return html
    }

    private func table(_ caption: String, _ reasons: [(reason: Reason, rules: [RuleID])]) -> String {
        var table = PageTable(caption, ["why", "rules"])
        for one in reasons.prefix(100) {
            let rules = one.rules.prefix(60).map(\.description).joined(separator: ", ")
            table.add([HTMLText.short(one.reason.sentence, 400), rules])
        }
        let more = reasons.count - 100
        return table.html + (more > 0 ? "<p>\(more) more reasons are not shown.</p>\n" : "")
    }
}

/// Where the data and the verdict come from: files, digests, definitions, storage, limits.
struct ProvenanceSection {
    private let subject: ReportSubject
    private let exhibits: Exhibits?
    private let head: RunHead
    private let parts: [String]

    init(_ subject: ReportSubject, _ exhibits: Exhibits?, _ head: RunHead, parts: [String]) {
        (self.subject, self.exhibits, self.head, self.parts) = (subject, exhibits, head, parts)
    }

    var html: String {
        let report = subject.first
        var table = PageTable("How this report was made", ["what", "value"], traits: "facts")
        func add(_ term: String, _ words: String) { table.add([term, words]) }
        add(subject.count > 1 ? "first file" : "file", "<code>\(HTMLText.short(report.path, 4_000))</code>")
        if subject.count > 1 {
            add("last file", "<code>\(HTMLText.short(subject.last, 4_000))</code>")
            add("files", "\(subject.count)")
        }
        add("size", "\(report.size) bytes")
        add("SHA-256", report.sha256.map { "<code>\(HTMLText.escaped($0))</code>" } ?? "not computed")
        for definition in report.releases {
            let digest = definition.sha256.isEmpty ? "" : ", <code>\(HTMLText.escaped(definition.sha256))</code>"
            add("definitions", "\(HTMLText.short("\(definition.standard) \(definition.release)", 200))\(digest)")
        }
        for applied in report.applied.prefix(10) {
            add(
                "applied to",
                "<code>\(HTMLText.short(applied.path, 200))</code>: "
                    + HTMLText.short("\(applied.definition ?? "base classes"), \(applied.because)", 300))
        }
        add("program", "Imprimatur \(HTMLText.escaped(head.version))")
        add(
            "profile",
            "\(HTMLText.short(head.profileName, 200)), fails at \(head.failAt.rawValue), <code>"
                + "\(HTMLText.escaped(head.profileDigest))</code>")
        if let baseline = head.baseline { add("baseline", HTMLText.short(baseline, 500)) }
        for line in exhibits?.storage ?? [] { add(HTMLText.short(line.term, 60), HTMLText.short(line.words, 500)) }
        return table.html + files + readers + failures
    }

    private var files: String {
        let files = exhibits.map { $0.files.isEmpty ? parts : $0.files } ?? parts
        guard !files.isEmpty else { return "" }
        let own = Name(subject.first.path).folder.text
        let outside = files.filter { !$0.hasPrefix(own) }
        var html = "<details><summary>\(files.count) \(files.count == 1 ? "file" : "files") that it leads to; "
        html += outside.isEmpty ? "inside its folder" : "\(outside.count) outside its folder"
        html += "</summary><ul>"
        html += files.prefix(200).map { "<li><code>\(HTMLText.short($0, 500))</code></li>" }.joined()
        if files.count > 200 { html += "<li>and \(files.count - 200) more</li>" }
        return html + "</ul></details>\n"
    }

    private var readers: String {
        guard let readers = exhibits?.readers, !readers.isEmpty else { return "" }
        var table = PageTable(
            "Programs that read such files, and what they make of this one", ["program", "what it does"])
        for line in readers { table.add([HTMLText.short(line.term, 80), HTMLText.short(line.words, 600)]) }
        return table.html
    }

    private var failures: String {
        guard !subject.troubles.isEmpty else { return "" }
        var table = PageTable("What could not be read", ["what", "what helps"])
        for one in subject.troubles.prefix(50) {
            table.add([HTMLText.short(one.line, 1_000), HTMLText.short(one.remedy, 500)])
        }
        return table.html
    }
}

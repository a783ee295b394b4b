// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// Findings as people read them.
enum FindingText {
    /// Notes that the run makes of a file, which nobody can ask for again by checking it alone.
    private static let ofRun: Set<RuleID> = ["FILE-013", "FILE-016", "DATA-029"]

    /// Places that are shown; the rest is counted.
    private static let mostPlaces = 5

    /// The findings that stand in full, worst first.
    static func shown(_ findings: [Finding], _ layout: TextLayout) -> [Finding] {
        Level.allCases.flatMap { level in
            findings.filter {
                $0.level == level && (level != .G || layout.isComplete || ofRun.contains($0.rule))
                    && (!$0.isKnown || layout.isComplete)
            }
        }
    }

    /// Each finding with its places, and the reasons once for all findings of a rule.
    static func text(_ findings: [Finding], _ layout: TextLayout, places: (Finding) -> String) -> String {
        var text = ""
        var rest = findings[...]
        while let rule = rest.first?.rule {
            let ofRule = rest.prefix { $0.rule == rule }
            rest = rest.dropFirst(ofRule.count)
            let fixes = Set(ofRule.map(\.fix))
            text += "\n"
            for finding in ofRule {
                text += layout.headline(finding) + places(finding)
                text += RecordTable.text(
                    finding, width: max(40, layout.width), indent: 9, isComplete: layout.isComplete)
                if let answer = finding.answer {
                    text += layout.row(
                        "answer", answer.answer + (answer.author.map { " (\($0))" } ?? ""), paint: .cyan)
                }
                if fixes.count > 1 { text += layout.row("fix", finding.fix) }
            }
            guard let last = ofRule.last else { break }
            text += layout.row("why", last.why)
            if fixes.count == 1 { text += layout.row("fix", last.fix) }
            if layout.isComplete, !last.references.isEmpty {
                text += layout.row("see", last.references.joined(separator: "; "))
            }
        }
        return text
    }

    /// The places of a finding inside its file.
    static func places(of finding: Finding, in report: FileReport, _ layout: TextLayout) -> String {
        let said = Set(finding.message.split(whereSeparator: ends))
        let isTold = finding.places.prefix(mostPlaces).allSatisfy { isNamed($0, in: said) }
        let places =
            isTold && !layout.isComplete ? [] : finding.places.filter { !$0.local.isEmpty || $0.file != nil }
        var text = ""
        for (index, place) in places.prefix(mostPlaces).enumerated() {
            text += layout.row(index == 0 ? "where" : "", words(on: place))
        }
        let rest = finding.count - min(mostPlaces, finding.places.count)
        if rest > 0, !places.isEmpty { text += layout.row("", "and \(rest) more") }
        if layout.isComplete, let line = command(on: finding, of: report) { text += layout.row("look", line) }
        return text
    }

    /// A sentence that names the object needs no line for it.
    private static func isNamed(_ place: ResolvedPlace, in words: Set<Substring>) -> Bool {
        guard case .object(let path, _) = place.kind, place.file == nil, place.byWayOf == nil, path.utf8.count > 1
        else { return false }
        if words.contains(path[...]) || words.contains(place.local[...]) { return true }
        // Items of a group stand behind its path: "/entry/sample: name, temperature".
        guard let slash = path.lastIndex(of: "/") else { return false }
        let group = slash == path.startIndex ? "/" : path[..<slash]
        return words.contains(group) && words.contains(path[path.index(after: slash)...])
    }

    private static func ends(_ sign: Character) -> Bool { " ,;:'".contains(sign) }

    private static func words(on place: ResolvedPlace) -> String {
        var local = place.file.map { place.text(named: $0) } ?? place.local
        if let file = place.byWayOf { local += "  in '\(Escaping.line(file))'" }
        guard case .text(_, _, let item?, let row) = place.kind else { return local }
        return local + "  " + item + (row.map { ", row \($0)" } ?? "")
    }

    /// A line to look at the place with.
    private static func command(on finding: Finding, of report: FileReport) -> String? {
        guard let place = finding.places.first, case .object(let object, let attribute) = place.kind, place.file == nil
        else { return nil }
        let option = attribute.map { "-a '\(object == "/" ? "" : object)/\($0)'" } ?? "-A -N '\(object)'"
        return "h5dump \(option) '\(report.path)'"
    }

    /// One line for the findings of level G that do not stand in full.
    static func notes(_ findings: [Finding], _ layout: TextLayout) -> String {
        guard !layout.isComplete else { return "" }
        var rules: [RuleID] = []
        for finding in findings where finding.level == .G && !finding.isKnown && !ofRun.contains(finding.rule) {
            if !rules.contains(finding.rule) { rules.append(finding.rule) }
        }
        let known = findings.filter(\.isKnown)
        guard !rules.isEmpty || !known.isEmpty else { return "" }
        var text = "\n"
        if !rules.isEmpty {
            text += layout.row("notes", "\(rules.map(\.description).joined(separator: ", ")) (G); --all shows them")
        }
        if !known.isEmpty {
            let words = known.count == 1 ? "1 finding" : "\(known.count) findings"
            text += layout.row(
                "known", "\(words) of the baseline (\(list(Set(known.map(\.rule)).sorted()))); --all shows them")
        }
        return text
    }

    /// One line for the other profiles that would fail.
    static func also(_ others: [OtherProfile], _ layout: TextLayout) -> String {
        guard !others.isEmpty else { return "" }
        let words = others.map { "\($0.profile) fails (\(list($0.rules)))" }
        return layout.row("also", words.joined(separator: "; "))
    }

    /// "NX-006, NX-007, SCAN-001 and 2 more".
    static func list(_ rules: [RuleID]) -> String {
        rules.prefix(3).map(\.description).joined(separator: ", ")
            + (rules.count > 3 ? " and \(rules.count - 3) more" : "")
    }
}

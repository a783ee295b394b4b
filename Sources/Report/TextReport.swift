// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// The report for people: a verdict for each file, then its findings, worst first.
public struct TextReport: ReportFormat {
    public static let row = FormatRow("text", endings: ["txt"], "for people")

    let style: ReportStyle
    private var isFirst = true
    private var lastWasLong = false

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.style = style
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report): add(report, &out)
        case .end(let end): if end.total != 1 || !end.passedOver.isEmpty { out += summary(end).utf8 }
        }
    }

    /// Files of which more than the verdict is told stand apart.
    private mutating func add(_ report: FileReport, _ out: inout [UInt8]) {
        let details = details(of: report)
        let isLong = !details.isEmpty
        if !isFirst, lastWasLong || isLong { out.append(UInt8(ascii: "\n")) }
        isFirst = false
        lastWasLong = isLong
        out += (verdict(on: report) + "\n").utf8
        out += details.utf8
    }

    private func summary(_ end: RunEnd) -> String {
        let parts = FileStatus.all.filter { end[$0] > 0 }.map { "\(end[$0]) \($0.text)" }
        let passed = end.passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \(Printable.text($0.key))" }
        let files = "\(end.total) \(end.total == 1 ? "file" : "files"): "
        return "\n" + files + (parts.isEmpty ? "nothing to check" : parts.joined(separator: ", "))
            + (passed.isEmpty ? "" : "; passed over: " + passed.joined(separator: ", ")) + "\n"
    }

    /// "scan1.cif: FAIL, 1 A, 2 C, 1 G (imgcif)".
    private func verdict(on report: FileReport) -> String {
        let counts = Level.allCases.filter { report.counts[$0] > 0 }.map { "\(report.counts[$0]) \($0.rawValue)" }
        let word = report.status == .pass ? "pass" : report.status.text.uppercased()
        let findings = counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
        let kind = report.definition.map { "\(report.kind.rawValue), \(Printable.text($0))" } ?? report.kind.rawValue
        let colour: Paint = report.status == .pass ? .green : report.status == .fail ? .red : .yellow
        let shown = report.status == .skipped ? "" : ", " + findings
        let outline = report.outline.isEmpty ? "" : "; " + report.outline
        return "\(Printable.text(report.path)): \(paint(word, colour))\(shown) (\(kind)\(outline))"
    }

    private func details(of report: FileReport) -> String {
        let worstFirst = Level.allCases.flatMap { level in report.findings.filter { $0.level == level } }
        var text = ""
        for (index, finding) in worstFirst.enumerated() {
            let before = index > 0 ? worstFirst[index - 1] : nil
            let after = index + 1 < worstFirst.count ? worstFirst[index + 1] : nil
            let isApart = isBrief(finding) ? before?.level != finding.level : before?.rule != finding.rule
            text += (isApart ? "\n" : "") + head(of: finding, in: report)
            if after?.rule != finding.rule { text += reasons(for: finding, in: report) }
        }
        text += notChecked(report.notChecked)
        if let compatibility = report.compatibility {
            text += "\n" + ComparisonTable.text(compatibility, width: style.width)
        }
        if !text.isEmpty { text += definitions(report.applied) }
        for failure in report.failures {
            text +=
                "\n"
                + row("not read", "cannot \(failure.words(in: report.path))", paint: .yellow)
            if !failure.remedy.isEmpty { text += row("", failure.remedy) }
        }
        return text
    }

    private func isBrief(_ finding: Finding) -> Bool { finding.level == .G && !style.isComplete }

    /// The sentence of a finding and its places.
    private func head(of finding: Finding, in report: FileReport) -> String {
        let isBrief = isBrief(finding)
        let preview = finding.isPreview ? " (preview: fails no run)" : ""
        var text = "\(paint(finding.level.rawValue, .of(finding.level))) \(paint(finding.rule.description, .bold))  "
        text += Printable.text(finding.message) + preview + "\n"
        let shown = isBrief ? 1 : 5
        for (index, place) in finding.places.prefix(shown).enumerated() where !place.local.isEmpty || place.file != nil
        {
            text += row(index == 0 ? "where" : "", words(on: place, named: report.path))
        }
        let rest = finding.count - min(shown, finding.places.count)
        if rest > 0, !finding.places.isEmpty { text += row("", "and \(rest) more") }
        text += RecordTable.text(finding, width: style.width, indent: 9, isComplete: style.isComplete)
        if let answer = finding.answer {
            text += row("answer", answer.answer + (answer.author.map { " (\($0))" } ?? ""), paint: .cyan)
        }
        return text
    }

    /// Why it matters and what to do, once for all findings of a rule.
    private func reasons(for finding: Finding, in report: FileReport) -> String {
        guard !isBrief(finding) else { return "" }
        var text = row("why", finding.why) + row("fix", finding.fix)
        if !finding.references.isEmpty { text += row("see", finding.references.joined(separator: "; ")) }
        if style.isComplete, let line = command(on: finding, of: report) { text += row("look", line) }
        return text
    }

    private func words(on place: ResolvedPlace, named path: String) -> String {
        guard case .text(_, _, let item?, let row) = place.kind else { return place.text(named: path) }
        return place.text(named: path) + "  " + item + (row.map { ", row \($0)" } ?? "")
    }

    /// A line to look at the place with.
    private func command(on finding: Finding, of report: FileReport) -> String? {
        guard let place = finding.places.first, case .object(let object, let attribute) = place.kind, place.file == nil
        else { return nil }
        let option = attribute.map { "-a '\(object == "/" ? "" : object)/\($0)'" } ?? "-A -N '\(object)'"
        return "h5dump \(option) '\(report.path)'"
    }

    private func notChecked(_ items: [NotChecked]) -> String {
        guard !items.isEmpty else { return "" }
        guard style.isComplete else {
            // What the profile switches off is nobody's surprise; --all lists it with the reason.
            let rules = Set(items.filter { $0.reason.word != .off }.map(\.rule)).count
            guard rules > 0 else { return "" }
            return "\n" + unread(items)
                + row("not checked", "\(rules) \(rules == 1 ? "rule" : "rules"); --all lists them with the reasons")
        }
        return "\nnot checked\n" + items.map { row($0.rule.description, $0.because) }.joined()
    }

    /// What is there and was not looked at, each reason once with the rules that lack it.
    private func unread(_ items: [NotChecked]) -> String {
        var reasons: [String] = []
        var rules: [String: [String]] = [:]
        for item in items where item.reason.word.isUnread {
            if rules[item.because] == nil { reasons.append(item.because) }
            rules[item.because, default: []].append(item.rule.description)
        }
        return reasons.map { reason in
            let named = rules[reason] ?? []
            let more = named.count > 3 ? " and \(named.count - 3) more" : ""
            return row(
                "not read", "\(reason), so not checked: \(named.prefix(3).joined(separator: ", "))\(more)",
                paint: .yellow)
        }.joined()
    }

    /// "NXmx, release v2026.01 (default; the file declares none)", once for entries that are alike.
    private func definitions(_ applied: [AppliedDefinition]) -> String {
        var seen = Set<String>()
        let lines = applied.map { "\($0.definition ?? "base classes"), release \($0.release) (\($0.because))" }
        return lines.filter { seen.insert($0).inserted }.enumerated().map { index, line in
            (index == 0 ? "\n" : "") + row("definition", line)
        }.joined()
    }

    private func row(_ term: String, _ text: String, paint colour: Paint = .dim) -> String {
        let column = max(9, term.count + 4)
        let front = term + String(repeating: " ", count: column - 2 - term.count)
        let width = max(style.width, column + 20)
        return "  " + paint(front, colour) + Printable.wrap(Printable.text(text), width: width, indent: column) + "\n"
    }

    private func paint(_ text: String, _ colour: Paint) -> String {
        style.isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension Failure {
    /// "open the file: No such file", with the subject where it is not the file that the report is on.
    func words(in path: String) -> String {
        attempt + (subject == path ? "" : " '\(subject)'") + ": " + cause
    }
}

/// Colours of a terminal, never the only bearer of a meaning.
private enum Paint: String {
    case red = "1;31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case dim = "2"

    static func of(_ level: Level) -> Paint {
        switch level {
        case .A: return .red
        case .B: return .yellow
        case .C: return .cyan
        case .G: return .dim
        }
    }
}

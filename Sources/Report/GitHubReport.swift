// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// Annotations of a step of GitHub Actions: the worst ten errors and ten warnings, each list ending with what is left out.
///
/// - Source: docs.github.com, workflow commands; reports.md section 2.
public struct GitHubReport: ReportFormat {
    public static let row = FormatRow(
        "github", endings: [], "annotations of GitHub Actions, with a summary of the step")

    /// What GitHub shows of one step.
    static let most = 10

    private struct Annotation {
        let rank: Int
        let place: String
        let title: String
        let text: String
    }

    private let head: RunHead
    private let style: ReportStyle
    private var gatherer = SubjectGatherer()
    private var errors: [Annotation] = []
    private var warnings: [Annotation] = []
    private var counts = (errors: 0, warnings: 0)

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.head = head
        self.style = style
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report): for subject in gatherer.take(report) { note(subject) }
        case .end(let end):
            for subject in gatherer.finish() { note(subject) }
            if let inputs = end.interruptedOf {
                addError(
                    Annotation(
                        rank: -1, place: "", title: "interrupted",
                        text: "the run was ended after \(end.total) of \(inputs) inputs"))
            }
            Self.write("error", errors, of: counts.errors, &out)
            Self.write("warning", warnings, of: counts.warnings, &out)
            let parts = FileStatus.all.filter { end[$0] > 0 }.map { "\(end[$0]) \($0.text)" }
            out += "imprimatur: \(parts.isEmpty ? "nothing to check" : parts.joined(separator: ", "))\n".utf8
        }
    }

    private mutating func note(_ subject: ReportSubject) {
        let path = subject.first.path
        var reasons = subject.reasonsUnread
        if subject.statuses[.incomplete] != nil { reasons.append("the file is being written") }
        for reason in reasons {
            addError(Annotation(rank: 0, place: place(nil, path), title: "not read", text: reason))
        }
        for item in subject.items {
            let finding = item.finding
            let isFailing = head.isFailing(finding)
            guard isFailing || finding.level.isAtLeast(.B) && !finding.isKnown && !finding.isPreview else { continue }
            let annotation = Annotation(
                rank: 1 + finding.level.rank, place: place(finding.places.first, path),
                title: "\(finding.level.rawValue) \(finding.rule)",
                text: subject.sentence(item) + "\n" + finding.fix)
            if isFailing { addError(annotation) } else { addWarning(annotation) }
        }
    }

    private mutating func addError(_ one: Annotation) {
        counts.errors += 1
        Self.add(one, to: &errors)
    }

    private mutating func addWarning(_ one: Annotation) {
        counts.warnings += 1
        Self.add(one, to: &warnings)
    }

    /// Keeps the worst, the first of those alike.
    private static func add(_ one: Annotation, to list: inout [Annotation]) {
        let at = list.firstIndex { $0.rank > one.rank } ?? list.count
        guard at < most else { return }
        list.insert(one, at: at)
        if list.count > most { list.removeLast() }
    }

    private static func write(_ command: String, _ list: [Annotation], of count: Int, _ out: inout [UInt8]) {
        // The last of ten tells how many there are beside the nine.
        let shown = count > most ? list.prefix(most - 1) : list[...]
        for one in shown {
            let properties = [one.place, "title=" + property(one.title)].filter { !$0.isEmpty }.joined(separator: ",")
            out += "::\(command) \(properties)::\(data(one.text))\n".utf8
        }
        guard count > shown.count else { return }
        out += "::\(command) title=\(count - shown.count) more::the summary of this step lists all\n".utf8
    }

    private func place(_ place: ResolvedPlace?, _ path: String) -> String {
        var words = "file=" + Self.property(Name(style.served(place?.file(from: path) ?? path)).shown)
        if case .text(let line, let column, _, _)? = place?.kind { words += ",line=\(line),col=\(column)" }
        return words
    }

    private static func data(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": shown += "%25"
            case "\r": shown += "%0D"
            case "\n": shown += "%0A"
            default: Escaping.append(scalar, to: &shown)
            }
        }
        return shown
    }

    private static func property(_ text: String) -> String {
        var shown = ""
        for scalar in data(text).unicodeScalars {
            switch scalar {
            case ":": shown += "%3A"
            case ",": shown += "%2C"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import RuleCatalog
import RuleEngine

/// JUnit XML: a suite for each file, in it one case for reading and one for each group of rules.
///
/// A group fails with the findings that fail the run; others stand under `system-out`. What could not be read is an error
/// of the case "reading"; a group that could not look is skipped. Names, and nothing else, tell the cases apart.
/// - Source: the schemas of Jenkins' xUnit plugin and of Ant, which hold at once; reports.md section 2.
public struct JUnitReport: ReportFormat {
    public static let row = FormatRow("junit", endings: ["xml"], "JUnit XML, for GitLab and Jenkins")

    /// One case; at most one of failure, error and skipped.
    private struct Case {
        enum Outcome {
            case pass
            case failure(type: String, message: String, text: String)
            case error(message: String, text: String)
            case skipped(String)
        }

        let area: String
        let outcome: Outcome
    }

    private let head: RunHead
    private var gatherer = SubjectGatherer()
    private var count = 0

    public init(_ head: RunHead, _ style: ReportStyle) { self.head = head }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".utf8
        case .file(let report): for subject in gatherer.take(report) { write(subject, &out) }
        case .end(let end):
            for subject in gatherer.finish() { write(subject, &out) }
            let notes = end.notes.map { ($0.path.map { Printable.text($0) + ": " } ?? "") + $0.text }
            if let inputs = end.interruptedOf {
                let text = "the run was ended after \(end.total) of \(inputs) inputs"
                write("the run", [Case(area: "run", outcome: .error(message: text, text: text))], notes, &out)
            } else if !notes.isEmpty {
                write("the run", [Case(area: "run", outcome: .pass)], notes, &out)
            }
            out += "</testsuites>\n".utf8
        }
    }

    private mutating func write(_ subject: ReportSubject, _ out: inout [UInt8]) {
        let others = subject.items.filter { !head.isFailing($0.finding) }
        let lines = others.map { item in
            let known = item.finding.isKnown ? " (in the baseline)" : ""
            return "\(item.finding.level.rawValue) \(item.finding.rule) \(subject.sentence(item))\(known)"
        }
        write(subject.name, cases(subject), lines, &out)
    }

    private func cases(_ subject: ReportSubject) -> [Case] {
        let report = subject.first
        var cases = [Case(area: "reading", outcome: reading(subject))]
        let unchecked = Dictionary(grouping: report.notChecked, by: \.rule)
        let meant = catalogue.filter {
            $0.status != .deprecated && $0.isMeant(for: report.kind, definition: report.definition)
        }
        for area in RuleID.areas {
            let rules = meant.filter { $0.id.area == area }.map(\.id)
            let items = subject.items.filter { $0.finding.rule.area == area }
            guard !rules.isEmpty || !items.isEmpty else { continue }
            let failing = items.filter { head.isFailing($0.finding) }
            let reasons = rules.flatMap { unchecked[$0] ?? [] }
            let isNoneChecked = !rules.contains { unchecked[$0] == nil }
            if !failing.isEmpty {
                cases.append(Case(area: area, outcome: failure(failing, of: subject)))
            } else if report.status == .skipped || report.status == .indeterminate && items.isEmpty && isNoneChecked {
                cases.append(Case(area: area, outcome: .skipped("the file was not checked")))
            } else if let reason = reasons.first(where: { $0.reason.word.isUnread })
                ?? (isNoneChecked ? reasons.first : nil)
            {
                cases.append(Case(area: area, outcome: .skipped("\(reason.rule): \(reason.because)")))
            } else {
                cases.append(Case(area: area, outcome: .pass))
            }
        }
        return cases
    }

    private func reading(_ subject: ReportSubject) -> Case.Outcome {
        var reasons = subject.reasonsUnread
        if subject.statuses[.incomplete] != nil {
            reasons.append("the file is being written, or is marked as open for writing")
        }
        if subject.count == 1, subject.first.hasMasterInRun {
            return .skipped("checked through the file that links to it")
        }
        guard let first = reasons.first else { return .pass }
        let remedies = subject.troubles.map(\.remedy).filter { !$0.isEmpty }
        return .error(message: first, text: (reasons + remedies).joined(separator: "\n"))
    }

    private func failure(_ items: [ReportSubject.Item], of subject: ReportSubject) -> Case.Outcome {
        var text: [String] = []
        for item in items {
            let finding = item.finding
            text.append("\(finding.level.rawValue) \(finding.rule)  \(subject.sentence(item))")
            for place in finding.places where place.kind != .file || place.file != nil {
                text.append("  where  \(place.text(named: subject.first.path))")
            }
            text.append("  why    \(finding.why)")
            text.append("  fix    \(finding.fix)")
            if let answer = finding.answer { text.append("  answer \(answer.answer)") }
        }
        let first = items[0].finding
        let more = items.count > 1 ? " (and \(items.count - 1) more)" : ""
        return .failure(
            type: first.rule.description, message: "\(first.rule) \(subject.sentence(items[0]))\(more)",
            text: text.joined(separator: "\n"))
    }

    // MARK: XML

    private mutating func write(_ name: String, _ cases: [Case], _ lines: [String], _ out: inout [UInt8]) {
        var tally = (failures: 0, errors: 0, skipped: 0)
        var text = ""
        let shown = XMLText.attribute(name)
        for one in cases {
            text += "    <testcase classname=\"imprimatur.\(one.area)\" name=\"\(shown): \(one.area)\" time=\"0\""
            switch one.outcome {
            case .pass: text += "/>\n"
            case .failure(let type, let message, let body):
                tally.failures += 1
                text += ">\n      <failure type=\"\(type)\" message=\"\(XMLText.attribute(message))\">"
                text += XMLText.lines(body) + "</failure>\n    </testcase>\n"
            case .error(let message, let body):
                tally.errors += 1
                text += ">\n      <error type=\"not read\" message=\"\(XMLText.attribute(message))\">"
                text += XMLText.lines(body) + "</error>\n    </testcase>\n"
            case .skipped(let message):
                tally.skipped += 1
                text += ">\n      <skipped message=\"\(XMLText.attribute(message))\"/>\n    </testcase>\n"
            }
        }
        out +=
            """
              <testsuite name="\(shown)" package="imprimatur" id="\(count)" timestamp="1970-01-01T00:00:00" \
            hostname="localhost" tests="\(cases.count)" failures="\(tally.failures)" errors="\(tally.errors)" \
            skipped="\(tally.skipped)" time="0">
                <properties>
                  <property name="version" value="\(XMLText.attribute(head.version))"/>
                  <property name="profile" value="\(XMLText.attribute(head.profileName))"/>
                  <property name="failAt" value="\(head.failAt.rawValue)"/>
                </properties>

            """.utf8
        out += text.utf8
        out += "    <system-out>\(XMLText.lines(lines.joined(separator: "\n")))</system-out>\n".utf8
        out += "    <system-err></system-err>\n  </testsuite>\n".utf8
        count += 1
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// The report for people: a verdict for each file, then its findings, worst first, and what the levels mean.
///
/// Images of one sweep are one subject; notes of level G stand in one line unless all is asked for.
/// - Source: reports.md section 2; docs/decisions/0203-what-a-person-reads.md.
public struct TextReport: ReportFormat {
    public static let row = FormatRow("text", endings: ["txt"], parts: [.otherProfiles], "for people")

    private let layout: TextLayout
    private let head: RunHead
    private var isFirst = true
    private var lastWasLong = false
    private var sweep: Sweep?
    private var table = RuleTable()
    private var statuses: [FileStatus] = []

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.head = head
        layout = TextLayout(style)
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report):
            table.add(report)
            if statuses.count < 2 { statuses.append(report.status) }
            if sweep?.add(report) == true { return }
            tellSweep(&out)
            if Sweep.mayHold(report) { sweep = Sweep(report) } else { add(FileText(report, layout).text, &out) }
        case .end(let end):
            tellSweep(&out)
            if end.total != 1 || !end.passedOver.isEmpty { out += summary(end).utf8 }
            if let first = table.firstRule { out += closing(end, first).utf8 }
            for note in end.notes where Self.ofResult.contains(note.kind) { out += told(note).utf8 }
            if let inputs = end.interruptedOf {
                out +=
                    ("\n" + layout.row("ended", "after \(end.total) of \(inputs) inputs; no verdict on the others"))
                    .utf8
            }
        }
    }

    private mutating func tellSweep(_ out: inout [UInt8]) {
        guard let told = sweep else { return }
        sweep = nil
        add(told.count == 1 ? FileText(told.first, layout).text : SweepText(told, layout).text, &out)
    }

    /// Files of which more than the verdict is told stand apart.
    private mutating func add(_ text: (verdict: String, details: String), _ out: inout [UInt8]) {
        let isLong = !text.details.isEmpty
        if !isFirst, lastWasLong || isLong { out.append(UInt8(ascii: "\n")) }
        isFirst = false
        lastWasLong = isLong
        out += (text.verdict + "\n" + text.details).utf8
    }

    private func summary(_ end: RunEnd) -> String {
        let parts = FileStatus.all.filter { end[$0] > 0 }.map { "\(end[$0]) \($0.text)" }
        let passed = end.passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \(Printable.text($0.key))" }
        let files = "\(end.total) \(end.total == 1 ? "file" : "files"): "
        return "\n" + files + (parts.isEmpty ? "nothing to check" : parts.joined(separator: ", "))
            + (passed.isEmpty ? "" : "; passed over: " + passed.joined(separator: ", ")) + "\n"
    }

    /// The verdict in words, with what the levels mean and where more is said; the table of rules by files before it.
    private func closing(_ end: RunEnd, _ rule: RuleID) -> String {
        var text = table.fileCount > 1 ? "\n" + layout.table(table.lines) : ""
        let fails = "profile \(head.profileName) fails at \(head.failAt.rawValue)"
        let verdict: String
        if end.total == 1, let status = statuses.first {
            verdict = "\(TextLayout.plain(status)): " + fails
        } else {
            verdict = end[.fail] > 0 ? "\(end[.fail]) of \(end.total) files fail: " + fails : "no file fails: " + fails
        }
        text += "\n" + layout.row("verdict", verdict, column: Self.closingColumn)
        text += layout.row(
            "levels",
            "A cannot be interpreted, or will be wrongly; B some software goes wrong; C incomplete or unusual; "
                + "G for information", column: Self.closingColumn)
        return text
            + layout.row(
                "more", "imprimatur rules explain \(rule) gives what is checked, and the clauses",
                column: Self.closingColumn)
    }

    private static let closingColumn = 11
    /// What of the notes belongs to the result; the others stand on standard error.
    private static let ofResult: Set<RunNote.Kind> = [.mended, .partlyMended]

    private func told(_ note: RunNote) -> String {
        layout.row("mended", (note.path.map { $0 + ": " } ?? "") + note.text, column: Self.closingColumn)
    }
}

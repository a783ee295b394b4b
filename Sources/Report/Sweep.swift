// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// Images of one sweep, as they come: files of one frame whose names differ in a number.
struct Sweep {
    /// Findings of one rule whose sentences differ in names and numbers at most.
    struct Group {
        /// That of the first file.
        let finding: Finding
        var files: [String]
    }

    let first: FileReport
    private(set) var last: String
    private(set) var count = 1
    private(set) var statuses: [FileStatus: Int] = [:]
    /// In the order in which they came.
    private(set) var groups: [Group] = []
    private(set) var failures: [(line: String, remedy: String, files: [String])] = []
    private(set) var unchecked: Set<RuleID> = []
    private(set) var unread: [String] = []
    /// Of one image at least it is not known whether it is sound.
    private(set) var isUnjudged = false
    /// Profiles that files which pass would fail, with the rules of the first of them.
    private(set) var otherProfiles: [OtherProfile] = []
    private var known: [String: Int] = [:]
    private let pattern: String

    /// Whether a file may be one of many.
    static func mayHold(_ report: FileReport) -> Bool {
        (report.kind == .cbf || report.kind == .minicbf) && report.compatibility == nil
    }

    init(_ report: FileReport) {
        first = report
        last = report.path
        pattern = Self.pattern(report.path)
        take(report)
    }

    /// Takes the next image; false for a file that is none of the sweep.
    mutating func add(_ report: FileReport) -> Bool {
        guard Self.mayHold(report), report.kind == first.kind, Self.pattern(report.path) == pattern else {
            return false
        }
        count += 1
        last = report.path
        take(report)
        return true
    }

    private mutating func take(_ report: FileReport) {
        let name = Name(report.path).last.text
        statuses[report.status, default: 0] += 1
        if report.isUnjudged { isUnjudged = true }
        for finding in report.findings {
            let key =
                "\(finding.rule) \(finding.level.rawValue) \(finding.isPreview) \(finding.isKnown) \(finding.answer == nil) "
                + Self.pattern(finding.message)
            if let index = known[key] {
                groups[index].files.append(name)
            } else {
                known[key] = groups.count
                groups.append(Group(finding: finding, files: [name]))
            }
        }
        for failure in report.failures {
            let line = failure.line(in: report.path)
            if let index = failures.firstIndex(where: { $0.line == line }) {
                failures[index].files.append(name)
            } else if failures.count < 50 {
                failures.append((line, failure.remedy, [name]))
            }
        }
        for other in report.otherProfiles where !otherProfiles.contains(where: { $0.profile == other.profile }) {
            otherProfiles.append(other)
        }
        for one in report.notChecked where one.reason.word != .off {
            unchecked.insert(one.rule)
            if one.reason.word.isUnread, unread.count < 10, !unread.contains(one.because) { unread.append(one.because) }
        }
    }

    /// A text with every number as one sign.
    static func pattern(_ text: String) -> String {
        var pattern = ""
        var isNumber = false
        for scalar in text.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            if !isDigit {
                pattern.unicodeScalars.append(scalar)
            } else if !isNumber {
                pattern.append("#")
            }
            isNumber = isDigit
        }
        return pattern
    }
}

/// What the report for people says of a sweep: each sentence once, with the images it is true of.
struct SweepText {
    private let sweep: Sweep
    private let layout: TextLayout

    init(_ sweep: Sweep, _ layout: TextLayout) {
        self.sweep = sweep
        self.layout = layout
    }

    var text: (verdict: String, details: String) { (verdict, details) }

    /// "scan/a_00001.cbf to a_02000.cbf, 2000 files: pass, 5 G (minicbf; 1 frame, 0.9795 Å each)".
    private var verdict: String {
        let outline = sweep.first.outline.isEmpty ? "" : "; \(sweep.first.outline) each"
        let statuses = FileStatus.all.filter { sweep.statuses[$0] != nil }
        return layout.verdict(
            of:
                "\(Printable.text(sweep.first.path)) to \(Printable.text(Name(sweep.last).last.text)), \(sweep.count) files: ",
            statuses, counts: statuses.count > 1 ? sweep.statuses : [:],
            ", \(layout.counts(LevelCounts(sweep.groups.map(\.finding)))) (\(sweep.first.kind.rawValue)\(outline))")
    }

    private var details: String {
        let findings = FindingText.shown(sweep.groups.map(\.finding), layout)
        var text = FindingText.text(findings, layout) { finding in
            let files = sweep.groups.first { $0.finding == finding }?.files ?? []
            let places = FindingText.places(of: finding, in: sweep.first, layout)
            return layout.row("in", words(on: files)) + places
        }
        text += FindingText.notes(sweep.groups.map(\.finding), layout)
        text += FindingText.also(sweep.otherProfiles, layout)
        for reason in sweep.unread { text += layout.row("not read", reason, paint: .yellow) }
        if !sweep.unchecked.isEmpty {
            let count = sweep.unchecked.count
            text += layout.row(
                "not checked", "\(count) \(count == 1 ? "rule" : "rules"); the check of one image lists them with --all"
            )
        }
        for failure in sweep.failures {
            text += "\n" + layout.row("not read", failure.line, paint: .yellow)
            text += layout.row(
                "", "in " + words(on: failure.files) + (failure.remedy.isEmpty ? "" : "; " + failure.remedy))
        }
        return text
    }

    private func words(on files: [String]) -> String {
        if files.count == sweep.count { return "all \(files.count) files; that of the first is shown" }
        let shown = files.prefix(layout.isComplete ? files.count : 5)
        let rest = files.count - shown.count
        return "\(files.count) of \(sweep.count) files: " + shown.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }
}

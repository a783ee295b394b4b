// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// What a report for programs says in one piece: a file, or the images of one sweep.
struct ReportSubject {
    /// A finding with the files of the sweep that have it; without names for a single file.
    struct Item {
        let finding: Finding
        let fingerprint: Fingerprint
        let files: [String]
    }

    /// What could not be looked at: a sentence, what helps, and the files of the sweep.
    struct Trouble {
        let line: String
        let remedy: String
        let files: [String]
    }

    /// The file, or the first image.
    let first: FileReport
    /// The last image; the file itself where it is alone.
    let last: String
    let count: Int
    let statuses: [FileStatus: Int]
    private(set) var items: [Item]
    let troubles: [Trouble]
    /// Why something that is there was not looked at, each reason once.
    let unread: [String]
    /// Nobody may take all of the files for sound.
    let isUnjudged: Bool
    /// How the check of the images as a series ended; nil where none was made, or nothing was found.
    private(set) var ofSeries: FileStatus?

    init(_ report: FileReport) {
        first = report
        last = report.path
        count = 1
        statuses = [report.status: 1]
        items = zip(report.findings, Fingerprint.of(report.findings)).map {
            Item(finding: $0, fingerprint: $1, files: [])
        }
        troubles = report.failures.map { Trouble(line: $0.line(in: report.path), remedy: $0.remedy, files: []) }
        unread = Self.reasons(report)
        isUnjudged = report.isUnjudged
    }

    /// The images of a sweep of several.
    private init(ofMany sweep: Sweep) {
        first = sweep.first
        last = sweep.last
        count = sweep.count
        statuses = sweep.statuses
        let prints = Fingerprint.of(sweep.groups.map(\.finding))
        items = zip(sweep.groups, prints).map { Item(finding: $0.finding, fingerprint: $1, files: $0.files) }
        troubles = sweep.failures.map { Trouble(line: $0.line, remedy: $0.remedy, files: $0.files) }
        unread = sweep.unread
        isUnjudged = sweep.isUnjudged
    }

    static func of(_ sweep: Sweep) -> ReportSubject {
        sweep.count > 1 ? ReportSubject(ofMany: sweep) : ReportSubject(sweep.first)
    }

    private static func reasons(_ report: FileReport) -> [String] {
        var reasons: [String] = []
        for one in report.notChecked where one.reason.word.isUnread && !reasons.contains(one.because) {
            reasons.append(one.because)
        }
        return reasons
    }

    /// Takes what is told of the images as a series.
    mutating func absorb(_ series: FileReport) {
        let prints = Fingerprint.of(series.findings)
        items += zip(series.findings, prints).map { Item(finding: $0, fingerprint: $1, files: []) }
        ofSeries = series.status == .pass ? ofSeries : series.status
    }

    /// The name of the file, or of the first and the last image, on one line.
    var name: String {
        let name = Name(first.path).shown
        return count == 1 ? name : "\(name) to \(Name(last).last.shown) (\(count) files)"
    }

    /// The names of its files differ in their last number alone.
    var isOneSeries: Bool {
        /// All before the last number.
        func stem(_ path: String) -> [Character] {
            Array(Name(path).last.text.reversed().drop { !$0.isWholeNumber }.drop { $0.isWholeNumber })
        }
        return stem(first.path) == stem(last)
    }

    /// The worst of the states of its files: fail, then what was not read, then what is being written.
    var status: FileStatus {
        let order: [FileStatus] = [.fail, .indeterminate, .skipped, .incomplete]
        return order.first { statuses[$0] != nil || ofSeries == $0 } ?? statuses.keys.first { $0 != .pass } ?? .pass
    }

    /// Why it is not known whether the files are sound, in sentences.
    var reasonsUnread: [String] {
        guard isUnjudged else { return [] }
        let lines = troubles.map { $0.line + Self.words(on: $0.files, of: count) }
        let reasons = unread.map { "not read: " + $0 }
        return lines + reasons + (lines.isEmpty && reasons.isEmpty ? ["nothing was checked: " + status.text] : [])
    }

    /// The sentence of a finding, with the images that have it.
    func sentence(_ item: Item) -> String {
        Printable.text(item.finding.message) + Self.words(on: item.files, of: count)
    }

    /// " (in 3 of 2000 files: a_0001.cbf, …)"; empty for a single file.
    private static func words(on files: [String], of count: Int) -> String {
        guard count > 1, !files.isEmpty else { return "" }
        if files.count == count { return " (in all \(count) files; that of the first is shown)" }
        let shown = files.prefix(5).map(Printable.text).joined(separator: ", ")
        return " (in \(files.count) of \(count) files: \(shown)"
            + (files.count > 5 ? " and \(files.count - 5) more)" : ")")
    }
}

/// Brings the images of one sweep together, whatever form their report has.
struct SubjectGatherer {
    private var sweep: Sweep?

    /// Takes the report on the next file and gives what is complete now.
    mutating func take(_ report: FileReport) -> [ReportSubject] {
        if sweep?.add(report) == true { return [] }
        let before = finish()
        guard Sweep.mayHold(report) else { return before + [ReportSubject(report)] }
        sweep = Sweep(report)
        return before
    }

    /// What was still open.
    mutating func finish() -> [ReportSubject] {
        guard let last = sweep else { return [] }
        sweep = nil
        return [.of(last)]
    }
}

extension ResolvedPlace {
    /// The path of the file that the place is in, when that of the checked file is `path`; names of others are as linked,
    /// from the folder of the checked file.
    func file(from path: String) -> String {
        guard let file, !file.isEmpty else { return path }
        return Name(file).isAbsolute ? file : Name(path).folder.appending(Name(file)).text
    }
}

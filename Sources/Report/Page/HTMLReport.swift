// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// A page for people, one file that loads nothing: all about one data set, or a table of many.
///
/// A run over one file, or over the images of one sweep, is a data set; any other is a collection.
/// - Source: reports.md section 3.
public struct HTMLReport: ReportFormat {
    public static let row = FormatRow(
        "html", endings: ["html", "htm"], parts: [.experiments, .digests, .exhibits], partsOfMany: [],
        "a page to look at, for one data set or many")

    /// Images of one sweep whose pictures and frames a page shows.
    private static let mostExhibits = 3

    /// The files of a run whose tables and pictures a page shows: the only one or the only master, or the first, the middle
    /// and the last image of one sweep; none of a collection.
    public static func exhibited(of paths: [String]) -> [String] {
        guard paths.count > 1 else { return paths }
        // Notes and logs that lie in a folder are passed over; and what a detector writer puts beside a master is checked
        // through it.
        let others = paths.filter { path in
            let pattern = Sweep.pattern(path)
            return isData(path) && !pattern.hasSuffix("_data_#.h#") && !pattern.hasSuffix("_meta.h#")
        }
        guard let first = others.first, let last = others.last, others.count > 1 else { return others }
        let pattern = Sweep.pattern(first)
        let name = first.lowercased()
        guard [".cbf", ".img"].contains(where: name.hasSuffix), others.allSatisfy({ Sweep.pattern($0) == pattern })
        else {
            return []
        }
        return others.count == 2 ? others : [first, others[(others.count - 1) / 2], last]
    }

    /// Endings of what lies beside data and is none.
    private static let besides: Set<String> = [
        "csv", "expt", "html", "jpeg", "jpg", "json", "json5", "log", "md", "pdf", "png", "refl", "tsv", "txt", "xml",
        "yaml",
        "yml",
    ]

    /// By its name a file may be a data set.
    private static func isData(_ path: String) -> Bool {
        let parts = (path.split(separator: "/").last ?? "").lowercased().split(separator: ".")
        return parts.count < 2 || !besides.contains(parts.last.map(String.init) ?? "")
    }

    private let head: RunHead
    private var gatherer = SubjectGatherer()
    private var only: ReportSubject?
    private var exhibits: [Exhibits] = []
    private var members: MemberList
    private var parts: [String] = []
    /// What is told of images as series.
    private var series: [FileReport] = []
    /// A cell for each file of one frame.
    private var images: [Exhibits.Cell] = []
    private var files = 0

    public init(_ head: RunHead, _ style: ReportStyle) {
        self.head = head
        members = MemberList(head)
    }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report):
            // What is checked through its master is a part of that, not a data set.
            if report.hasMasterInRun { return parts.append(report.path) }
            take(report.exhibits)
            if Self.isOfSeries(report) { return series.append(report) }
            for subject in gatherer.take(report) { note(subject) }
        case .end(let end):
            for subject in gatherer.finish() { note(subject) }
            if var only, members.count == 0 {
                for report in series { only.absorb(report) }
                out += DataSetPage(head, only, exhibits, end, parts: parts, images: images).bytes
            } else {
                settle()
                for report in series { members.add(ReportSubject(report)) }
                out += CollectionPage.page(members.summary(end, parts: parts.count))
            }
        }
    }

    /// A report on the images of a name with numbers, whose path is that name with a sign for each digit.
    private static func isOfSeries(_ report: FileReport) -> Bool {
        report.kind == .minicbf && report.size == 0 && report.path.contains("#") && report.outline.hasSuffix(" images")
            && report.experiments.isEmpty && report.failures.isEmpty
    }

    private mutating func take(_ shown: Exhibits?) {
        files += 1
        guard let shown else { return }
        if let cell = shown.stacks.first?.cells.first {
            images.append(Exhibits.Cell(frame: files, state: cell.state, total: cell.total, words: cell.words))
        }
        guard !shown.isFramesAlone, exhibits.count < Self.mostExhibits else { return }
        exhibits.append(shown)
    }

    private mutating func note(_ subject: ReportSubject) {
        guard only != nil || members.count > 0 else {
            only = subject
            return
        }
        settle()
        members.add(subject)
    }

    /// What was taken for the only data set is one of several.
    private mutating func settle() {
        if let first = only { members.add(first) }
        only = nil
    }
}

/// The data sets of a run as a collection: of each no more than a row says.
private struct MemberList {
    private var head: RunHead
    private var members: [AuditSummary.Member] = []
    private var rules: [RuleID: (level: Level, title: String, files: Int)] = [:]
    private var files = 0
    private var bytes = 0

    init(_ head: RunHead) { self.head = head }

    var count: Int { members.count }

    mutating func add(_ subject: ReportSubject) {
        files += subject.count
        bytes &+= subject.first.size
        var own: [RuleID] = []
        for item in subject.items {
            let rule = item.finding.rule
            let isFirst = !own.contains(rule)
            if isFirst { own.append(rule) }
            let touched = isFirst ? max(1, item.files.count) : 0
            let known = rules[rule]
            rules[rule] = (
                min(known?.level ?? .G, item.finding.level), known?.title ?? item.finding.title,
                (known?.files ?? 0) + touched
            )
        }
        let counts = LevelCounts(subject.items.map(\.finding))
        let status = subject.status
        let worst = subject.items.filter { head.isFailing($0.finding) }.min { $0.finding.level < $1.finding.level }
        let reason = status == .pass ? "" : worst.map { "\($0.finding.rule) \($0.finding.title)" }
        members.append(
            AuditSummary.Member(
                path: subject.count == 1 ? subject.first.path : subject.name, kind: subject.first.kind.rawValue,
                status: status, counts: Level.allCases.map { counts[$0] }, outline: subject.first.outline,
                reason: reason ?? subject.reasonsUnread.first ?? status.text, parts: subject.count - 1,
                rules: own.map(\.description)))
    }

    func summary(_ end: RunEnd, parts: Int) -> AuditSummary {
        var summary = AuditSummary(head)
        summary.files = files + parts
        summary.parts = parts
        summary.bytes = bytes
        summary.statuses = end
        summary.open = end.interruptedOf.map { max(0, $0 - end.total) } ?? 0
        summary.rules = rules.map {
            AuditSummary.RuleCount(
                rule: $0.key.description, level: $0.value.level.rawValue, title: $0.value.title, files: $0.value.files)
        }.sorted { ($0.level, -$0.files, $0.rule) < ($1.level, -$1.files, $1.rule) }
        summary.members = members
        summary.memberCount = members.count
        return summary
    }
}

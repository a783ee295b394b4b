// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import Transport
import Workers

/// A run of `check` over files that are no files of this machine, and the reports on it in every form.
struct HeldRun: Sendable {
    private let head: RunHead
    private let events: [ReportEvent]
    /// How its files ended.
    let summary: RunEnd

    /// Reads every file in one worker, and puts them together as `check` does.
    ///
    /// - Parameters:
    ///   - inputs: Their words; with a folder where they were found in one.
    ///   - pool: Of one worker.
    init(_ inputs: [Input], in files: HeldFiles, by check: WarmCheck, pool: WorkerPool) {
        let reports = check.check(inputs.map(\.words), in: pool) { _ in
            PageKeeper(files, foreign: check.foreign)
        }
        var run = FilesOfRun(check.task.check, inputs: inputs.count) { files.key(of: $0) }
        var series = SeriesCheck(check.settings)
        var events: [ReportEvent] = []
        var summary = RunEnd()
        func tell(_ file: FileReport) {
            summary.add(file.status)
            events.append(.file(file))
        }
        func settle(_ fate: FilesOfRun.Fate) {
            switch fate {
            case .told(let file): tell(file)
            case .passedOver(let kind): summary.passedOver[kind, default: 0] += 1
            }
        }
        for (input, file) in zip(inputs, reports) {
            series.note(file)
            if let fate = run.take(file, isFound: input.isFound) { settle(fate) }
        }
        for fate in run.finish() { settle(fate) }
        for file in series.reports() { tell(file) }
        head = check.head
        self.summary = summary
        self.events = events + [.end(summary)]
    }

    /// The forms that a page may ask for: the one place where pages are asked from `Report`.
    static func form(_ name: String?) -> (format: any ReportFormat.Type, type: String)? {
        switch name ?? "json" {
        case "json": (JSONReport.self, "application/json")
        case "text": (TextReport.self, "text/plain; charset=utf-8")
        case "html": Formats.named("html").map { ($0, "text/html; charset=utf-8") }
        default: nil
        }
    }

    /// The report in a form.
    func report(as format: any ReportFormat.Type) -> [UInt8] {
        var report = format.init(head, .plain(isComplete: false))
        var bytes: [UInt8] = []
        report.take(.run(head), &bytes)
        for event in events { report.take(event, &bytes) }
        return bytes
    }
}

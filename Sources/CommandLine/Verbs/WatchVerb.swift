// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Findings
import Glibc
import JSON
import Report
import Synchronization
import Transport
import Workers

/// `imprimatur watch`: checks what comes into folders, each file once, when its writer has let go of it.
enum WatchVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            return try watch(call)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func watch(_ call: Invocation) throws(Failure) -> ExitCode {
        let roots = try NamedFolders.of(call.operands, "watched")
        let format = call[.format] ?? TextReport.self
        let check = try WarmCheck(call, format: format)
        var settings = FolderWatch.Settings()
        settings.settle = call[.settle] ?? settings.settle
        settings.poll = call[.poll]
        settings.usesNotices = !call.has(.pollOnly)
        settings.once = call.has(.once)
        settings.workers = call[.workers] ?? PlainThreads.processors
        let ledger = try call[.ledger].map { (path) throws(Failure) in
            try NamedFolders.refuse(Name(path), "ledger", below: roots, "watched", option: "--ledger")
            return try WatchLedger(Name(path), basis: check.basis)
        }
        if ledger == nil, !settings.once {
            StandardStream.complain("without --ledger a watch that is started again checks everything again")
        }
        StopSignal.install()
        let pool = WorkerPool(size: settings.workers, limits: check.limits)
        let outlet = WatchOutlet(call, check, format)
        let watch = FolderWatch(
            roots, ledger: ledger, settings, check: { check.check($0, in: pool) }, tell: { outlet.tell($0) },
            stop: { StopSignal.number != 0 || StandardStream.hasFailed })
        try watch.run()
        let code = outlet.end()
        guard StopSignal.number != 0 else { return code }
        return StopSignal.number == SIGINT ? .interrupted : .terminated
    }
}

/// Where the events of a watch go: reports to standard output as they come, all else to standard error.
private final class WatchOutlet: Sendable {
    private struct State {
        var report: any ReportFormat
        var summary = RunEnd()
        var codes: [ExitCode] = []
    }

    private let state: Mutex<State>
    private let isForLines: Bool
    private let head: RunHead

    init(_ call: Invocation, _ check: WarmCheck, _ format: any ReportFormat.Type) {
        head = check.head
        isForLines = format == JSONLinesReport.self
        let style = ReportStyle(width: call.surroundings.terminal.width, isColoured: false, isComplete: false)
        var state = State(report: format.init(head, style))
        var bytes: [UInt8] = []
        state.report.take(.run(head), &bytes)
        StandardStream.report(bytes)
        self.state = Mutex(state)
    }

    /// - Returns: False: nobody takes reports any more.
    func tell(_ event: FolderWatch.Event) -> Bool {
        switch event {
        case .report(let file):
            let bytes = state.withLock { state in
                var bytes: [UInt8] = []
                state.summary.add(file.status)
                state.codes += CheckVerb.codes(of: file, exitZero: false)
                state.report.take(.file(file), &bytes)
                return bytes
            }
            StandardStream.report(bytes)
        case .waiting(let file, let finding):
            let words = finding?.message ?? "it changed while it was read"
            guard isForLines else {
                StandardStream.complain("\(file.path): \(words)")
                break
            }
            let report = JSONLinesReport(head, .plain(isComplete: true))
            StandardStream.report(
                report.line("waiting") { json in
                    json.path(file.path)
                    json.member("message", words)
                    if let finding { finding.writeValues(into: &json) }
                })
        case .note(let words): StandardStream.complain(words)
        }
        return !StandardStream.hasFailed
    }

    func end() -> ExitCode {
        state.withLock { state in
            var bytes: [UInt8] = []
            state.report.take(.end(state.summary), &bytes)
            StandardStream.report(bytes)
            return ExitCode.combined(state.codes)
        }
    }
}

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

/// Answers one request a line, in their order, by several workers at once.
final class AnsweredLines: Sendable {
    private struct Incoming: ~Copyable {
        var lines = LineReader()
        var requests = RequestReader()
        var last = 0
        var isClosed = false
    }

    private struct Outgoing {
        /// Answers whose turn has not come.
        var waiting: [Int: [UInt8]] = [:]
        var next = 1
        var summary = RunEnd()
    }

    /// Answers that may wait for an earlier one.
    private static let mostWaiting = 256

    private let checks: WarmChecks
    private let pool: WorkerPool
    private let workers: Int
    private let incoming = Mutex(Incoming())
    private let outgoing = Mutex(Outgoing())

    init(_ checks: WarmChecks, workers: Int) {
        self.checks = checks
        self.workers = workers
        pool = WorkerPool(size: workers, limits: checks.standard.limits)
    }

    /// Serves until standard input ends, nobody takes answers, or a signal asks for the end; what was read is answered.
    func run() -> ExitCode {
        StopSignal.install()
        var report = JSONLinesReport(checks.standard.head, .plain(isComplete: true))
        var front: [UInt8] = []
        report.take(.run(checks.standard.head), &front)
        StandardStream.report(front)
        PlainThreads.run(workers) { _ in self.work() }
        let waiting = incoming.withLock { $0.requests.waiting }
        if waiting.files > 0 {
            StandardStream.complain(
                "\(waiting.files) files were announced by \(waiting.runs) runs that did not stop, and were not checked")
        }
        var end: [UInt8] = []
        report.take(.end(outgoing.withLock { $0.summary }), &end)
        StandardStream.report(end)
        return StopSignal.number == 0 ? .fine : StopSignal.number == SIGINT ? .interrupted : .terminated
    }

    private func work() {
        while let (number, request) = next() {
            let answer = answer(number, request)
            outgoing.withLock { outgoing in
                outgoing.waiting[number] = answer.bytes
                for status in answer.statuses { outgoing.summary.add(status) }
                while let bytes = outgoing.waiting.removeValue(forKey: outgoing.next) {
                    StandardStream.report(bytes)
                    outgoing.next += 1
                }
            }
        }
    }

    /// The next request with its number; nil when there is none any more.
    private func next() -> (Int, ServedRequest)? {
        incoming.withLock { incoming in
            while !incoming.isClosed {
                // One slow file does not let answers pile up.
                while incoming.last - outgoing.withLock({ $0.next }) >= Self.mostWaiting { usleep(1_000) }
                let request: ServedRequest
                switch incoming.lines.next(unless: { StopSignal.number != 0 || StandardStream.hasFailed }) {
                case .end:
                    incoming.isClosed = true
                    return nil
                case .tooLong(let count):
                    request = .refused("the message has \(count) bytes, more than \(LineReader.most)")
                case .line(let line):
                    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
                    request = incoming.requests.read(line)
                }
                incoming.last += 1
                return (incoming.last, request)
            }
            return nil
        }
    }

    private func answer(_ number: Int, _ request: ServedRequest) -> (bytes: [UInt8], statuses: [FileStatus]) {
        var report = JSONLinesReport(checks.standard.head, .plain(isComplete: true))
        let own = [JSONMember("request", .integer(number))] + request.identifiers
        report.identifiers = own
        switch request.demand {
        case .refused(let why): return (report.line("refused") { $0.member("because", why) }, [])
        case .held: return (report.line("held") { $0.member("until", "the run stops") }, [])
        case .passed(let kind): return (report.line("passed") { $0.member("kind", kind) }, [])
        case .check(let targets, let profile):
            guard let check = checks.check(by: profile) else {
                let names = checks.standard.rules.profiles.joined(separator: ", ")
                return (
                    report.line("refused") {
                        $0.member("because", "there is no profile '\(profile ?? "")'; there are \(names)")
                    }, []
                )
            }
            var bytes: [UInt8] = []
            var statuses: [FileStatus] = []
            var codes: [ExitCode] = []
            for target in targets {
                let file = check.check([target.path], in: pool)
                let names = Set(target.identifiers.map(\.name))
                report.identifiers = own.filter { !names.contains($0.name) } + target.identifiers
                report.take(.file(file), &bytes)
                statuses.append(file.status)
                codes += CheckVerb.codes(of: file, exitZero: false)
                if file.status == .skipped { codes.append(.unreadable) }
            }
            report.identifiers = own
            bytes += report.line("answer") { json in
                json.member("files", targets.count)
                json.member("profile", check.head.profileName)
                json.member("code", Int(ExitCode.combined(codes).rawValue))
                json.array("statuses") { json in for status in statuses { json.string(status.text) } }
            }
            return (bytes, statuses)
        }
    }
}

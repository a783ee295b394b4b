// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Glibc
import Report
import Synchronization
import Transport

/// Says now and then how far an audit is: on a terminal, in a log, and to a textfile collector.
final class Heartbeat: Sendable {
    private struct State {
        var lastLine = 0.0
        var isShown = false
    }

    private let isWanted: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let byBytes: Bool
    private let textfile: String?
    private let start = Heartbeat.clock
    private let state = Mutex(State())

    init(_ call: Invocation, byBytes: Bool) {
        isWanted = !call.has(.noProgress)
        textfile = call[.textfile]
        self.byBytes = byBytes
    }

    func tell(_ progress: AuditProgress) {
        let now = Self.clock
        let isDue = state.withLock { state in
            guard now - state.lastLine >= (isTerminal ? 1 : 60), now - start > (isTerminal ? 0.5 : 30) else {
                return false
            }
            state.lastLine = now
            state.isShown = isTerminal
            return true
        }
        guard isDue else { return }
        if let textfile { try? Self.write(lines(progress, isRunning: true), to: textfile) }
        guard isWanted else { return }
        let line = words(progress, seconds: now - start)
        if isTerminal {
            StandardStream.complain(Array("\r\u{1B}[K\(line)".utf8))
        } else {
            StandardStream.complain(line)
        }
    }

    /// Takes the line away.
    func end() {
        let isShown = state.withLock { $0.isShown }
        if isShown { StandardStream.complain(Array("\r\u{1B}[K".utf8)) }
    }

    /// "1200 of 4000 files, 3.2 of 10.1 GB, about 2 min left".
    private func words(_ progress: AuditProgress, seconds: Double) -> String {
        let share = progress.share(byBytes: byBytes)
        var words =
            "\(progress.filesDone) of \(progress.files) files, \(SizeText.of(progress.bytesDone)) of "
            + SizeText.of(progress.bytes)
        if share > 0.01, share < 1 {
            let left = seconds / share * (1 - share)
            words +=
                ", about "
                + (left > 5_400
                    ? "\(Int(left / 3_600) + 1) h" : left > 90 ? "\(Int(left / 60) + 1) min" : "\(Int(left) + 1) s")
                + " left"
        }
        let bad = progress.statuses.filter { $0.key != "pass" && $0.key != "skipped" }.sorted { $0.key < $1.key }
        return words + bad.map { ", \($0.value) \($0.key)" }.joined()
    }

    private func lines(_ progress: AuditProgress, isRunning: Bool) -> String {
        var text = "# TYPE imprimatur_audit_files_planned gauge\nimprimatur_audit_files_planned \(progress.files)\n"
        text += "# TYPE imprimatur_audit_files_checked gauge\nimprimatur_audit_files_checked \(progress.filesDone)\n"
        text += "# TYPE imprimatur_audit_bytes_planned gauge\nimprimatur_audit_bytes_planned \(progress.bytes)\n"
        text += "# TYPE imprimatur_audit_bytes_checked gauge\nimprimatur_audit_bytes_checked \(progress.bytesDone)\n"
        return text + "# TYPE imprimatur_audit_running gauge\nimprimatur_audit_running \(isRunning ? 1 : 0)\n"
    }

    /// The state at the end of a run.
    func write(_ collection: AuditSummary) throws(Failure) {
        guard let textfile else { return }
        var text = "# TYPE imprimatur_audit_running gauge\nimprimatur_audit_running 0\n"
        text += "# TYPE imprimatur_audit_files gauge\nimprimatur_audit_files \(collection.files)\n"
        text += "# TYPE imprimatur_audit_open_files gauge\nimprimatur_audit_open_files \(collection.open)\n"
        text += "# TYPE imprimatur_audit_status_files gauge\n"
        for status in FileStatus.all {
            text += "imprimatur_audit_status_files{status=\"\(status.text)\"} \(collection.statuses[status])\n"
        }
        text += "# TYPE imprimatur_audit_rule_files gauge\n"
        for rule in collection.rules {
            text += "imprimatur_audit_rule_files{rule=\"\(rule.rule)\",level=\"\(rule.level)\"} \(rule.files)\n"
        }
        try Self.write(text, to: textfile)
    }

    /// To a file of another name, which then takes the place.
    private static func write(_ text: String, to path: String) throws(Failure) {
        let output = try Output(path, inputs: [], replaces: true)
        try output.write(Array(text.utf8))
        try output.end()
    }

    private static var clock: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

/// This machine and its clock.
enum Machine {
    static var name: String {
        var room = [CChar](repeating: 0, count: 256)
        guard gethostname(&room, room.count - 1) == 0 else { return "" }
        return String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// UTC, ISO 8601, to the second.
    static var now: String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var room = [CChar](repeating: 0, count: 32)
        let count = strftime(&room, room.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

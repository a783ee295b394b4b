// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Glibc
import JSON
import Synchronization
import Transport

/// How far a run says it is.
enum ProgressChoice: String, Sendable, CaseIterable { case auto, never, json }

/// How far a conversion is: one line on a terminal, or JSON objects on standard error.
final class ConversionProgress: Sendable {
    private struct State {
        var lastShown: UInt64 = 0
        var isShown = false
        var start: UInt64 = 0
        var scan = 0
    }

    private let choice: ProgressChoice
    private let state = Mutex(State())

    init(_ choice: ProgressChoice) {
        self.choice = choice == .auto && isatty(STDERR_FILENO) != 1 ? .never : choice
    }

    /// Shows how far the run is, ten times a second at most; once a second in JSON.
    func take(_ progress: ConversionRun.Progress) {
        guard choice != .never else { return }
        state.withLock { state in
            let now = Self.now
            if state.scan != progress.number {
                state.scan = progress.number
                state.start = now
                if choice == .json { tell("scan", progress, 0) }
            }
            let pause: UInt64 = choice == .json ? 1_000_000_000 : 100_000_000
            guard now &- state.lastShown >= pause else { return }
            state.lastShown = now
            let seconds = Double(now &- state.start) / 1e9
            if choice == .json { return tell("frames", progress, seconds) }
            state.isShown = true
            let speed = seconds > 0 ? Double(progress.frames) / seconds : 0
            let left = speed > 0 ? Int(Double(progress.all - progress.frames) / speed) : 0
            let rate = seconds > 0 ? Int(Double(progress.bytesRead) / 1e6 / seconds) : 0
            let text =
                "\(progress.scan): \(progress.frames) of \(progress.all) frames, \(Int(speed)) frames/s, \(rate) MB/s, "
                + "\(left) s left, scan \(progress.number) of \(progress.scans)"
            StandardStream.complain(Array("\r\u{1B}[K\(Escaping.line(text))".utf8))
        }
    }

    /// A scan has ended.
    func end(of scan: ConversionOutcome.Scan) {
        end()
        guard choice == .json else { return }
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("event", scan.path == nil ? "refused" : "file")
            json.member("scan", scan.name)
            if let path = scan.path { json.member("path", path) }
            json.member("frames", scan.frames)
            json.array("findings") { json in
                for finding in scan.findings {
                    json.string("\(finding.level.rawValue) \(finding.rule) \(finding.message)")
                }
            }
        }
        StandardStream.complain(json.finish() + [0x0A])
    }

    /// Takes the line away.
    func end() {
        state.withLock { state in
            if state.isShown { StandardStream.complain(Array("\r\u{1B}[K".utf8)) }
            state.isShown = false
        }
    }

    private func tell(_ event: String, _ progress: ConversionRun.Progress, _ seconds: Double) {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("event", event)
            json.member("scan", progress.scan)
            json.member("number", progress.number)
            json.member("scans", progress.scans)
            json.member("frames", progress.frames)
            json.member("all", progress.all)
            json.member("bytes", progress.bytesRead)
        }
        StandardStream.complain(json.finish() + [0x0A])
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Transport

/// One line on a terminal that says how far a run over files is; nothing where standard error is none.
final class ProgressLine: Sendable {
    private struct State {
        var bytes = 0
        var files = 0
        var fileCount = 0
        var size = 0
        var lastShown: UInt64 = 0
        var isShown = false
    }

    private let isWanted: Bool
    private let start = ProgressLine.now
    private let state: Mutex<State>

    /// - Parameter isWanted: Nobody has asked to be spared.
    init(isWanted: Bool) {
        // A terminal that cannot take a line back is spared as well.
        self.isWanted = isWanted && isatty(STDERR_FILENO) == 1 && Environment.value("TERM") != "dumb"
        state = Mutex(State())
    }

    /// What is to be done; bytes are 0 where nobody knows.
    func begin(files: Int, bytes: Int) {
        state.withLock { state in
            state.fileCount = files
            state.size = bytes
        }
    }

    func read(_ count: Int) {
        guard isWanted else { return }
        state.withLock { state in
            state.bytes &+= count
            let now = Self.now
            guard now &- state.lastShown > Self.pause else { return }
            state.lastShown = now
            state.isShown = true
            show(state, now)
        }
    }

    func done() { state.withLock { $0.files += 1 } }

    /// Shows how many files are done, where bytes are not counted.
    func step() {
        guard isWanted else { return }
        state.withLock { state in
            let now = Self.now
            guard now &- state.lastShown > Self.pause, now &- start > Self.patience else { return }
            state.lastShown = now
            state.isShown = true
            StandardStream.complain(
                Array("\r\u{1B}[K\(Self.cut(Self.words(state, seconds: Double(now &- start) / 1e9)))".utf8))
        }
    }

    /// "57 of 2000 files, 34 files/s, 57 s left".
    private static func words(_ state: State, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(state.files) / seconds : 0
        var text = "\(state.files) of \(state.fileCount) files"
        guard rate > 0, rate < 1e9 else { return text }
        text += rate >= 10 ? ", \(Int(rate)) files/s" : ", \(Int(rate * 10) / 10).\(Int(rate * 10) % 10) files/s"
        let left = Double(max(0, state.fileCount - state.files)) / rate
        guard left < 1e7 else { return text }
        let whole = Int(left.rounded(.up))
        return text + ", \(whole >= 120 ? "\(whole / 60) min" : "\(whole) s") left"
    }

    /// As much as one line of the terminal takes.
    private static func cut(_ text: String) -> String {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
        return String(text.prefix(isKnown ? Int(size.ws_col) - 1 : 79))
    }

    /// Takes the line away.
    func end() {
        state.withLock { state in
            if state.isShown { StandardStream.complain(Array("\r\u{1B}[K".utf8)) }
            state.isShown = false
        }
    }

    private func show(_ state: State, _ now: UInt64) {
        let seconds = Double(now &- start) / 1e9
        let megabytes = Double(state.bytes) / 1e6
        let speed = seconds > 0 ? Int(megabytes / seconds) : 0
        let size = state.size > 0 ? " of \(Int(Double(state.size) / 1e6))" : ""
        let text = "\(state.files) of \(state.fileCount) files, \(Int(megabytes))\(size) MB, \(speed) MB/s"
        StandardStream.complain(Array("\r\u{1B}[K\(text)".utf8))
    }

    /// Nanoseconds before which nobody waits.
    private static let patience: UInt64 = 1_000_000_000

    /// Nanoseconds between two showings.
    private static let pause: UInt64 = 200_000_000

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

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
        self.isWanted = isWanted && isatty(STDERR_FILENO) == 1
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

    /// Nanoseconds between two showings.
    private static let pause: UInt64 = 200_000_000

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

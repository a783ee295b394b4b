// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// One run of a program: what it printed, how it ended, what it took.
struct ProgramRun: Sendable {
    var output: [UInt8] = []
    var complaints: [UInt8] = []
    /// Exit code; for a signal its number, negative.
    var code: Int32 = 0
    var isOverTime = false
    /// Processor time of the process and of those it waited for, milliseconds.
    var milliseconds = 0.0
    /// Peak of resident memory, KiB; not below that of this program, of which the kernel makes it a copy.
    var kibibytes = 0

    /// Seconds on the clock that a run may take.
    static let patience = 30.0

    /// Runs a program without a terminal, with few environment variables.
    ///
    /// - Returns: nil when it cannot be started.
    init?(_ program: String, _ arguments: [String]) {
        var out: [Int32] = [-1, -1]
        var err: [Int32] = [-1, -1]
        guard pipe(&out) == 0, pipe(&err) == 0 else { return nil }
        for end in out + err { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let settings = ["PATH=/usr/bin:/bin", "COLUMNS=100", "LC_ALL=C.UTF-8"]
        var variables: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var process: pid_t = 0
        let started = posix_spawn(&process, program, &actions, &attributes, &words, &variables)
        close(out[1])
        close(err[1])
        defer {
            close(out[0])
            close(err[0])
        }
        guard started == 0 else { return nil }
        let deadline = Self.now() + Self.patience
        collect(out[0], err[0], until: deadline)
        wait(for: process, until: deadline)
    }

    private mutating func collect(_ out: Int32, _ err: Int32, until deadline: Double) {
        var waiting = [out, err].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var piece = [UInt8](repeating: 0, count: 65_536)
        while waiting.contains(where: { $0.fd >= 0 }) {
            let left = deadline - Self.now()
            guard left > 0 else { return }
            let ready = poll(&waiting, 2, Int32(left * 1000) + 1)
            if ready < 0, errno != EINTR { return }
            for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
                let count = read(waiting[index].fd, &piece, piece.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 {
                    waiting[index].fd = -1
                } else if index == 0 {
                    output += piece[..<count]
                } else {
                    complaints += piece[..<count]
                }
            }
        }
    }

    private mutating func wait(for process: pid_t, until deadline: Double) {
        var status: Int32 = 0
        var use = rusage()
        while true {
            let ended = wait4(process, &status, WNOHANG, &use)
            if ended == process { break }
            if ended < 0, errno != EINTR { break }
            if Self.now() > deadline {
                isOverTime = true
                kill(-process, SIGKILL)
                _ = wait4(process, &status, 0, &use)
                break
            }
            usleep(300)
        }
        let signal = status & 0x7F
        code = signal == 0 ? (status >> 8) & 0xFF : -signal
        milliseconds = Self.milliseconds(use.ru_utime) + Self.milliseconds(use.ru_stime)
        kibibytes = Int(use.ru_maxrss)
    }

    private static func milliseconds(_ time: timeval) -> Double {
        Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

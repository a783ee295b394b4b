// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Bounds of a process that reads files.
public struct WorkerLimits: Sendable, Hashable {
    /// Seconds on the clock for one file.
    public var seconds = 120
    /// Bytes of memory that the process may write to.
    public var memoryBytes = 2 << 30

    public init() {}

    /// Applies what the kernel enforces to this process.
    ///
    /// - Source: setrlimit(2), RLIMIT_DATA: heap and private mappings.
    func applyToThisProcess() {
        var memory = rlimit(rlim_cur: rlim_t(memoryBytes), rlim_max: rlim_t(memoryBytes))
        setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &memory)
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    }
}

/// A process of this program that answers requests one after the other, and may die over one of them.
///
/// It is a fork of a process that has one thread and has not touched the C libraries, so it needs no start-up of its own.
final class Worker {
    /// How a request ends.
    enum Outcome {
        case answer([UInt8])
        /// The process ended, or was ended; in words.
        case ended(String)
    }

    private let process: pid_t
    private let requests: Int32
    private let answers: Int32
    private let limits: WorkerLimits

    /// Starts a process; nil when the system refuses one.
    ///
    /// - Parameter answer: What the process does with a request.
    init?(limits: WorkerLimits, answer: ([UInt8]) -> [UInt8]) {
        guard let requests = Pipe(), let answers = Pipe() else { return nil }
        let child = fork()
        guard child >= 0 else { return nil }
        if child == 0 {
            close(requests.writing)
            close(answers.reading)
            limits.applyToThisProcess()
            Worker.restoreSignals()
            Worker.silence()
            while case .frame(let bytes) = Pipe.receive(from: requests.reading, within: nil) {
                guard Pipe.send(answer(bytes), to: answers.writing) else { break }
            }
            _exit(0)
        }
        close(requests.reading)
        close(answers.writing)
        process = child
        self.requests = requests.writing
        self.answers = answers.reading
        self.limits = limits
    }

    deinit {
        close(requests)
        close(answers)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends a request and waits for the answer.
    func ask(_ request: [UInt8]) -> Outcome {
        guard Pipe.send(request, to: requests) else { return .ended(lastWords()) }
        switch Pipe.receive(from: answers, within: limits.seconds) {
        case .frame(let bytes): return .answer(bytes)
        case .timeout: return .ended("no answer within \(limits.seconds) s")
        case .end: return .ended(lastWords())
        }
    }

    /// How the process ended.
    private func lastWords() -> String {
        var information = siginfo_t()
        guard waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) == 0 else { return "the process is gone" }
        let status = information._sifields._sigchld.si_status
        if information.si_code == CLD_EXITED { return "exit \(status)" }
        let name = strsignal(status).map { String(cString: $0) } ?? "unknown"
        return "signal \(status), \(name)"
    }

    /// What a C library says on its last breath is told in the finding.
    private static func silence() {
        let nowhere = open("/dev/null", O_WRONLY)
        if nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
    }

    private static func restoreSignals() {
        for number in CrashGuard.signals + [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
    }
}

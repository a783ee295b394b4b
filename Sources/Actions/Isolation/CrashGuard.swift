// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Starts the program again, in isolation, when a C library brings it down.
///
/// A file can crash libhdf5 (1.10.8 dies on one malformed file in eight). One file is nevertheless read in the process
/// itself, which costs nothing; should a signal end it, the handler, which calls nothing but execve(2), turns the process
/// into the same command with IMPRIMATUR_ISOLATE=1, and a worker dies in its place. Nothing may have been printed before.
/// docs/decisions/0101-crashes.md tells why.
public enum CrashGuard {
    static let signals: [Int32] = [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGALRM]

    /// Whether this process was started again after a crash, or asked to isolate by the environment.
    public static var isIsolating: Bool { getenv(variable) != nil }

    static let variable = "IMPRIMATUR_ISOLATE"

    /// Installs the handlers.
    ///
    /// - Parameters:
    ///   - arguments: The words of the command line, with the name of the program.
    ///   - limits: Time is kept with alarm(2), memory with setrlimit(2).
    public static func install(arguments: [String], limits: WorkerLimits) {
        limits.applyToThisProcess()
        remember(arguments)
        let size = 65_536
        var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
        sigaltstack(&stack, nil)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            if let words = restartWords, let variables = restartEnvironment {
                execve("/proc/self/exe", words, variables)
            }
            _exit(70)
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK) | UInt32(bitPattern: SA_NODEFER))
        for number in signals { sigaction(number, &action, nil) }
        alarm(UInt32(limits.seconds))
    }

    /// Takes the handlers away: from here on a crash is a defect of ours.
    public static func remove() {
        alarm(0)
        for number in signals { signal(number, SIG_DFL) }
    }

    private static func remember(_ arguments: [String]) {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        var variables: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let entry = next.pointee {
            variables.append(entry)
            next += 1
        }
        variables.append(strdup(variable + "=1"))
        variables.append(nil)
        restartWords = copy(words)
        restartEnvironment = copy(variables)
    }

    private static func copy(_ words: [UnsafeMutablePointer<CChar>?]) -> UnsafeMutablePointer<
        UnsafeMutablePointer<CChar>?
    > {
        let memory = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count)
        memory.initialize(from: words, count: words.count)
        return memory
    }
}

// Set once before the handlers are installed and only read after, by a handler that may run at any instruction; a lock
// would be wrong there.
nonisolated(unsafe) private var restartWords: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
nonisolated(unsafe) private var restartEnvironment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

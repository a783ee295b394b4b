// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Starts the program again, in isolation, when a C library brings it down.
///
/// A file can crash libhdf5 (1.10.8 dies on one malformed file in eight). One file is nevertheless read in the process
/// itself, which costs nothing; should a signal end it, the handler, which calls nothing but execve(2), turns the process
/// into the same command with IMPRIMATUR_ISOLATE=restarted, and a worker dies in its place. Nothing may have been printed before.
/// docs/decisions/0101-crashes.md tells why.
public enum CrashGuard {
    static let signals: [Int32] = [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGALRM]

    /// Whether this process was started again after a crash, or asked to isolate by the environment.
    public static var isIsolating: Bool { getenv(variable) != nil }

    /// Whether this process was started again after a crash.
    public static var wasRestarted: Bool { getenv(variable).map { strcmp($0, restarted) == 0 } ?? false }

    static let variable = "IMPRIMATUR_ISOLATE"
    private static let restarted = "restarted"

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
        var variables: [[CChar]] = []
        var next = environ
        while let entry = next.pointee {
            variables.append(Array(UnsafeBufferPointer(start: entry, count: strlen(entry) + 1)))
            next += 1
        }
        variables.append(Array("\(variable)=\(restarted)".utf8CString))
        restartWords = sealed(arguments.map { Array($0.utf8CString) })
        restartEnvironment = sealed(variables)
    }

    /// A vector of C strings, ended by nil, in pages of its own that nobody can write to: a library that runs wild over
    /// the heap does not change what is started again.
    private static func sealed(_ texts: [[CChar]]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let vector = (texts.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        let size = texts.reduce(vector) { $0 + $1.count }
        let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let pages, pages != MAP_FAILED else { return nil }
        let pointers = pages.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
        var end = (pages + vector).bindMemory(to: CChar.self, capacity: size - vector)
        for (index, text) in texts.enumerated() {
            end.initialize(from: text, count: text.count)
            pointers[index] = end
            end += text.count
        }
        pointers[texts.count] = nil
        mprotect(pages, size, PROT_READ)
        return pointers
    }
}

// Set once before the handlers are installed and only read after, by a handler that may run at any instruction; a lock
// would be wrong there.
nonisolated(unsafe) private var restartWords: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
nonisolated(unsafe) private var restartEnvironment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

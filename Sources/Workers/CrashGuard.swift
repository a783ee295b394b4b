// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// Starts the program again when reading in the process itself brings it down, or takes too long.
///
/// One plain file is read by our own readers in the process itself, which costs nothing; should a signal end it all the same
/// (a trap of ours, a mapped file that is cut while it is read), the handler, which calls nothing but setrlimit(2) and
/// execve(2), turns the process into the same command with IMPRIMATUR_ISOLATE=restarted, and a worker dies in its place.
/// Nothing may have been printed before. docs/decisions/0101-crashes.md tells why.
public enum CrashGuard {
    private static let signals: [Int32] = [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGALRM, SIGXCPU]

    /// Whether this process was asked to isolate by the environment, or started again.
    public static var isIsolating: Bool { getenv(variable) != nil }

    /// What an earlier process of this command met with the only input: its reading took too long. It is not read again.
    public static var earlierEnd: End? { isSet(to: spent) ? .processorTime(WorkerLimits().processorSeconds) : nil }

    private static func isSet(to word: String) -> Bool { getenv(variable).map { strcmp($0, word) == 0 } ?? false }

    private static let variable = "IMPRIMATUR_ISOLATE"
    private static let restarted = "restarted"
    private static let spent = "spent"

    /// Installs the handlers.
    ///
    /// - Parameters:
    ///   - arguments: The words of the command line, with the name of the program.
    ///   - limits: Time is kept with alarm(2) and setrlimit(2), memory with setrlimit(2).
    public static func install(arguments: [String], limits: WorkerLimits) {
        limits.boundMemory()
        remember(arguments)
        let size = 65_536
        var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
        sigaltstack(&stack, nil)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            if number == SIGXCPU { WorkerLimits.boundProcessorTime(nil) }
            if let words = restartWords, let variables = number == SIGXCPU ? spentEnvironment : restartEnvironment {
                if let program = restartProgram { execve(program, words, variables) }
            }
            _exit(70)
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK) | UInt32(bitPattern: SA_NODEFER))
        for number in signals { sigaction(number, &action, nil) }
        alarm(UInt32(limits.seconds))
        WorkerLimits.boundProcessorTime(limits.processorSeconds)
    }

    /// Takes the handlers away: from here on a crash is a defect of ours.
    public static func remove() {
        alarm(0)
        WorkerLimits.boundProcessorTime(nil)
        for number in signals { signal(number, SIG_DFL) }
    }

    private static func remember(_ arguments: [String]) {
        var variables: [[CChar]] = []
        var next = environ
        let own = "\(variable)="
        while let entry = next.pointee {
            if strncmp(entry, own, own.utf8.count) != 0 {
                variables.append(Array(UnsafeBufferPointer(start: entry, count: strlen(entry) + 1)))
            }
            next += 1
        }
        restartWords = sealed(arguments.map { Name($0).bytes.map { CChar(bitPattern: $0) } + [0] })
        restartProgram = sealed([Array(Executable.startable.utf8CString)])?.pointee.map { UnsafePointer($0) }
        restartEnvironment = sealed(variables + [Array("\(own)\(restarted)".utf8CString)])
        spentEnvironment = sealed(variables + [Array("\(own)\(spent)".utf8CString)])
    }

    /// A vector of C strings, ended by nil, in pages of its own that nobody can write to: a process that runs wild over
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
nonisolated(unsafe) private var restartProgram: UnsafePointer<CChar>?
nonisolated(unsafe) private var restartWords: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
nonisolated(unsafe) private var restartEnvironment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
nonisolated(unsafe) private var spentEnvironment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

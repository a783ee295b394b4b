// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Threads of the system for work that keeps a processor busy; the pool of Swift tasks would starve of it.
public enum PlainThreads {
    /// Processors that this machine has running.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Runs the body so many times at once, each with its number, and waits for all; one of them on this thread.
    ///
    /// Where the system gives no more threads, fewer run: the body shares its work by asking for the next piece.
    /// - SeeAlso: pthread_create(3).
    public static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [Running] = []
        for number in 1..<max(1, count) {
            guard let thread = begin({ body(number) }) else { break }
            threads.append(thread)
        }
        body(0)
        for thread in threads { join(thread) }
    }

    /// Runs the body beside all others; nobody waits for it. False, and it does not run, where the system gives no thread.
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        guard let running = begin(body) else { return false }
        pthread_detach(running.thread)
        return true
    }

    /// A thread that runs, to be joined once.
    struct Running: Sendable {
        fileprivate let thread: pthread_t
    }

    /// Runs the body beside this thread; nil, and it does not run, where the system gives no thread.
    static func begin(_ body: @escaping @Sendable () -> Void) -> Running? {
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            box.release()
            return nil
        }
        return Running(thread: thread)
    }

    /// Waits for the end of a thread.
    static func join(_ running: Running) { pthread_join(running.thread, nil) }

    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// Work on plain threads: blocking reads and long loops would starve a pool of tasks.
enum Threads {
    /// Numbers that threads take one after the other, and what came of each.
    private final class Share<Result: Sendable>: Sendable {
        private let body: @Sendable (Int) -> Result
        private let count: Int
        private let next = Atomic<Int>(0)
        private let results: Mutex<[Result?]>

        init(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) {
            self.count = count
            self.body = body
            results = Mutex([Result?](repeating: nil, count: count))
        }

        func run() {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let result = body(index)
                results.withLock { $0[index] = result }
            }
        }

        var all: [Result] { results.withLock { $0.compactMap { $0 } } }
    }

    /// What a thread is started with.
    private final class Start {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Results for 0 ..< count, in their order, made by as many threads as there are processors.
    static func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
        let processors = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 64)
        if count < 2 || processors < 2 { return (0..<count).map(body) }
        let share = Share(count, body)
        var threads: [pthread_t] = []
        for _ in 1..<min(processors, count) {
            var thread = pthread_t()
            let start = Unmanaged.passRetained(Start { share.run() })
            let state = pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run() }
                    return nil
                }, start.toOpaque())
            if state == 0 { threads.append(thread) } else { start.release() }
        }
        share.run()
        for thread in threads { pthread_join(thread, nil) }
        return share.all
    }
}

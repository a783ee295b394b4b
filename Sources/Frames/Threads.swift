// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Synchronization

/// Results for 0 ..< count, in their order, made by as many threads as there are processors.
///
/// - Parameter body: Is given the number, and what its thread keeps from one to the next.
func mapOnThreads<Result: Sendable, Kept>(
    _ count: Int, keeping start: @escaping @Sendable () -> Kept,
    _ body: @escaping @Sendable (Int, inout Kept) -> Result
) -> [Result] {
    let threads = min(PlainThreads.processors, 64, count)
    if threads < 2 {
        var kept = start()
        return (0..<count).map { body($0, &kept) }
    }
    let share = Share(count, start, body)
    PlainThreads.run(threads) { _ in share.run() }
    return share.all
}

/// Work on frames for all processors.
public enum FrameThreads {
    /// Results for 0 ..< count, in their order, made by as many threads as there are processors.
    public static func map<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let nothing: @Sendable () -> Int = { 0 }
        return mapOnThreads(count, keeping: nothing) { index, _ in body(index) }
    }
}

/// Numbers that threads take one after the other, and what came of each.
private final class Share<Result: Sendable, Kept>: Sendable {
    private let start: @Sendable () -> Kept
    private let body: @Sendable (Int, inout Kept) -> Result
    private let count: Int
    private let next = Atomic<Int>(0)
    private let results: Mutex<[Result?]>

    init(
        _ count: Int, _ start: @escaping @Sendable () -> Kept,
        _ body: @escaping @Sendable (Int, inout Kept) -> Result
    ) {
        self.start = start
        self.count = count
        self.body = body
        results = Mutex([Result?](repeating: nil, count: count))
    }

    func run() {
        var kept = start()
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            let result = body(index, &kept)
            results.withLock { $0[index] = result }
        }
    }

    var all: [Result] { results.withLock { $0.compactMap { $0 } } }
}

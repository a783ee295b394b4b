// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Digests of one stream of bytes, taken by a thread of their own while another fills the next piece.
///
/// One thread asks for room, fills it and passes it on. Two pieces are under way at most.
///
/// `@unchecked Sendable`: counters are touched under the lock alone; a piece belongs to the thread that fills it until it
/// is counted as passed, and to the one that digests until it is counted as taken.
public final class DigestAside: @unchecked Sendable {
    private let stream: DigestStream
    private var pieces: [UnsafeMutableRawBufferPointer]
    private var sizes: [Int]
    private var passed = 0
    private var taken = 0
    private var hasEnded = false
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>
    private var thread: PlainThreads.Running?

    private static let depth = 2

    public init(_ algorithms: Set<DigestAlgorithm>) {
        stream = DigestStream(algorithms)
        pieces = [UnsafeMutableRawBufferPointer](repeating: .init(start: nil, count: 0), count: Self.depth)
        sizes = [Int](repeating: 0, count: Self.depth)
        lock = .allocate(capacity: 1)
        change = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(change, nil)
        // The thread holds this value until it has ended.
        thread = PlainThreads.begin { [self] in takeAll() }
    }

    deinit {
        for piece in pieces { piece.deallocate() }
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(change)
        lock.deallocate()
        change.deallocate()
    }

    /// Room for the next piece, of at least so many bytes; what was in it before is gone.
    public func room(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let slot = withLock { () -> Int in
            while passed - taken >= Self.depth { pthread_cond_wait(change, lock) }
            return passed % Self.depth
        }
        if pieces[slot].count < count {
            pieces[slot].deallocate()
            pieces[slot] = .allocate(byteCount: count, alignment: 64)
        }
        return pieces[slot]
    }

    /// Passes the first bytes of the room that was given last.
    public func pass(_ count: Int) {
        let slot = passed % Self.depth
        precondition(count <= pieces[slot].count, "more bytes than there was room for")
        guard thread != nil else {
            stream.update(UnsafeRawBufferPointer(rebasing: pieces[slot][0..<count]))
            return
        }
        withLock {
            sizes[slot] = count
            passed += 1
        }
    }

    /// The digests of all that was passed; called once, also by whoever gives up.
    public func finish() -> Digests {
        withLock { hasEnded = true }
        if let thread {
            PlainThreads.join(thread)
            self.thread = nil
        }
        return stream.finish()
    }

    private func takeAll() {
        while true {
            let slot = withLock { () -> Int? in
                while passed == taken, !hasEnded { pthread_cond_wait(change, lock) }
                return passed > taken ? taken % Self.depth : nil
            }
            guard let slot else { return }
            stream.update(UnsafeRawBufferPointer(rebasing: pieces[slot][0..<sizes[slot]]))
            withLock { taken += 1 }
        }
    }

    private func withLock<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(lock)
        defer {
            pthread_cond_broadcast(change)
            pthread_mutex_unlock(lock)
        }
        return body()
    }
}

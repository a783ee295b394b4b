// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Digests of one stream of bytes, and what else takes the same bytes, each on a thread of its own while another fills the
/// next piece.
///
/// One thread asks for room, fills it and passes it on. Two pieces are under way at most.
///
/// `@unchecked Sendable`: counters are touched under the lock alone; a piece belongs to the thread that fills it until it
/// is counted as passed, and to those that take it, who only read, until each has counted it as taken.
public final class DigestAside: @unchecked Sendable {
    /// Takes the bytes of a piece, on a thread of its own.
    public typealias Body = @Sendable (UnsafeRawBufferPointer) -> Void

    /// One that takes every piece in turn, with the part of it whose own digest is wanted.
    private final class Taker: @unchecked Sendable {
        let body: @Sendable (UnsafeRawBufferPointer, Range<Int>?) -> Void
        var taken = 0
        var thread: PlainThreads.Running?
        init(_ body: @escaping @Sendable (UnsafeRawBufferPointer, Range<Int>?) -> Void) { self.body = body }
    }

    /// Touched by the thread of its taker alone, and after that has ended.
    private final class Stream: @unchecked Sendable {
        let digests: DigestStream
        var parts: [String] = []
        init(_ algorithms: Set<DigestAlgorithm>) { digests = DigestStream(algorithms) }

        func take(_ bytes: UnsafeRawBufferPointer, _ part: Range<Int>?) {
            guard let part else { return digests.update(bytes) }
            let own = DigestStream([.sha256])
            digests.update(bytes, and: own, of: part)
            parts.append(own.finish()[.sha256] ?? "")
        }
    }

    /// The digest of a part costs no time where MD5 is taken of the whole.
    public static var takesPartsAlong: Bool { DigestStream.hasKernels }

    private let stream: Stream
    private let takers: [Taker]
    private var pieces: [UnsafeMutableRawBufferPointer]
    private var sizes: [(count: Int, part: Range<Int>?)]
    private var passed = 0
    private var hasEnded = false
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>

    private static let depth = 2

    /// - Parameter also: Take the same pieces, in their order.
    public init(_ algorithms: Set<DigestAlgorithm>, also: [Body] = []) {
        let stream = Stream(algorithms)
        self.stream = stream
        takers = [Taker { stream.take($0, $1) }] + also.map { body in Taker { bytes, _ in body(bytes) } }
        pieces = [UnsafeMutableRawBufferPointer](repeating: .init(start: nil, count: 0), count: Self.depth)
        sizes = [(Int, Range<Int>?)](repeating: (0, nil), count: Self.depth)
        lock = .allocate(capacity: 1)
        change = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(change, nil)
        // The threads hold this value until they have ended.
        for taker in takers { taker.thread = PlainThreads.begin { [self] in takeAll(taker) } }
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
            while takers.contains(where: { passed - $0.taken >= Self.depth }) { pthread_cond_wait(change, lock) }
            return passed % Self.depth
        }
        if pieces[slot].count < count {
            pieces[slot].deallocate()
            pieces[slot] = .allocate(byteCount: count, alignment: 64)
        }
        return pieces[slot]
    }

    /// Passes the first bytes of the room that was given last.
    ///
    /// - Parameter part: A part of them whose own SHA-256 is wanted; `parts` has it at the end.
    public func pass(_ count: Int, part: Range<Int>? = nil) {
        let slot = passed % Self.depth
        precondition(count <= pieces[slot].count, "more bytes than there was room for")
        withLock {
            sizes[slot] = (count, part)
            passed += 1
        }
        // Where the system gave no thread this one does the work.
        for taker in takers where taker.thread == nil {
            taker.body(UnsafeRawBufferPointer(rebasing: pieces[slot][0..<count]), part)
            withLock { taker.taken += 1 }
        }
    }

    /// The digests of all that was passed, once everybody has taken it; called once, also by whoever gives up.
    public func finish() -> Digests {
        withLock { hasEnded = true }
        for taker in takers {
            guard let thread = taker.thread else { continue }
            PlainThreads.join(thread)
            taker.thread = nil
        }
        return stream.digests.finish()
    }

    /// SHA-256 of the parts in the order in which they were passed, hexadecimal; known once all has ended.
    public var parts: [String] { stream.parts }

    private func takeAll(_ taker: Taker) {
        while true {
            let slot = withLock { () -> Int? in
                while passed == taker.taken, !hasEnded { pthread_cond_wait(change, lock) }
                return passed > taker.taken ? taker.taken % Self.depth : nil
            }
            guard let slot else { return }
            let (count, part) = sizes[slot]
            taker.body(UnsafeRawBufferPointer(rebasing: pieces[slot][0..<count]), part)
            withLock { taker.taken += 1 }
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

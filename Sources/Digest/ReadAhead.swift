// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
import Transport

/// A file that one thread reads while another takes what was read: reading costs a tenth of what MD5 costs.
///
/// `@unchecked Sendable`: counters, ends and failures are touched under the lock alone; a buffer belongs to the reader
/// until it is counted as filled, and to the taker until it is counted as taken.
final class ReadAhead: @unchecked Sendable {
    private let source: Source
    private let buffers: [UnsafeMutableRawBufferPointer]
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>
    private var sizes: [Int]
    private var filled = 0
    private var taken = 0
    private var failure: Failure?
    private var isCancelled = false

    init(_ source: Source) {
        self.source = source
        buffers = (0..<Self.depth).map { _ in .allocate(byteCount: DigestRun.bufferSize, alignment: 64) }
        sizes = [Int](repeating: 0, count: Self.depth)
        lock = .allocate(capacity: 1)
        change = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(change, nil)
    }

    deinit {
        for buffer in buffers { buffer.deallocate() }
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(change)
        lock.deallocate()
        change.deallocate()
    }

    /// Reads the file to its end, as far ahead as there are buffers.
    func readAll() {
        var offset = 0
        while true {
            guard let slot = wait({ filled - taken < Self.depth ? filled % Self.depth : nil }) else { return }
            var count = 0
            var failed: Failure?
            do throws(Failure) {
                count = try source.read(into: buffers[slot], at: offset)
            } catch {
                failed = error
            }
            offset += count
            withLock {
                failure = failed
                sizes[slot] = count
                if failed == nil { filled += 1 }
            }
            if failed != nil || count < DigestRun.bufferSize { return }
        }
    }

    /// Lends the next bytes, fewer than a whole buffer at the end of the file.
    ///
    /// - Throws: When they cannot be read.
    func take(_ body: (UnsafeRawBufferPointer) -> Void) throws(Failure) -> Int {
        let slot = wait { filled > taken ? taken % Self.depth : failure == nil ? nil : -1 }
        guard let slot, slot >= 0 else { throw failure ?? Failure.system("read", source.name.text, ECANCELED) }
        let count = withLock { sizes[slot] }
        body(UnsafeRawBufferPointer(rebasing: buffers[slot][0..<count]))
        withLock { taken += 1 }
        return count
    }

    /// Lets the reader go, which may wait for room.
    func cancel() { withLock { isCancelled = true } }

    private func withLock<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(lock)
        defer {
            pthread_cond_broadcast(change)
            pthread_mutex_unlock(lock)
        }
        return body()
    }

    /// Waits until there is an answer; nil when nobody takes any more.
    private func wait(_ answer: () -> Int?) -> Int? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if isCancelled { return nil }
            if let found = answer() { return found }
            pthread_cond_wait(change, lock)
        }
    }

    private static let depth = 4
}

extension DigestRun {
    /// One file by two threads: one reads, one takes the digests; nil where there is no second thread.
    static func byTwo(
        _ work: Work, _ algorithms: Set<DigestAlgorithm>, read: @escaping @Sendable (Int) -> Void
    ) -> Result<Outcome, Failure>? {
        let ahead = ReadAhead(work.source)
        let reader = PlainThreads.begin { ahead.readAll() }
        guard let reader else { return nil }
        defer { PlainThreads.join(reader) }
        defer { ahead.cancel() }
        let stream = DigestStream(algorithms)
        var pieces = PieceDigests(work.pieces)
        var offset = 0
        do throws(Failure) {
            try work.source.checkUnchanged()
            while true {
                let count = try ahead.take { bytes in
                    stream.update(bytes)
                    pieces.take(bytes, at: offset)
                }
                offset += count
                read(count)
                if count < bufferSize { break }
            }
            try work.source.checkUnchanged()
            return .success(
                Outcome(digests: stream.finish(), pieces: pieces.finish(), identity: work.source.identity))
        } catch {
            return .failure(error)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import Transport

/// Digests of many files, each read once, several at a time on plain threads.
///
/// Where the processor allows it a thread takes four files along at once, for MD5 of one file is a chain that nothing
/// makes faster: docs/decisions/0265-digests-in-lanes.md.
public struct DigestRun: Sendable {
    /// One file to be digested.
    public struct Work: Sendable {
        /// The file, open.
        public let source: Source
        /// Parts of the file whose own digests are wanted; none overlap, in rising order.
        public let pieces: [Range<Int>]

        public init(_ source: Source, pieces: [Range<Int>] = []) {
            self.source = source
            self.pieces = pieces
        }
    }

    /// What was found of one file.
    public struct Outcome: Sendable {
        /// Of the whole file.
        public let digests: Digests
        /// XXH3 of each piece; nil for one that the file does not hold to its end.
        public let pieces: [String?]
        /// The state of the file that was read.
        public let identity: Identity?
    }

    private let algorithms: Set<DigestAlgorithm>
    private let threads: Int

    /// - Parameter threads: nil: as many as there are processors.
    public init(_ algorithms: Set<DigestAlgorithm>, threads: Int? = nil) {
        self.algorithms = algorithms
        self.threads = max(1, threads ?? PlainThreads.processors)
    }

    /// Opens and digests so many files; the closures are called from several threads, each number once.
    ///
    /// - Parameters:
    ///   - open: Opens the file of a number; nil for one that is not to be read.
    ///   - read: Is told of bytes as they are read.
    ///   - done: Takes what was found of the file of a number.
    public func callAsFunction(
        _ count: Int, open: @escaping @Sendable (Int) throws(Failure) -> Work?,
        read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable (Int, Result<Outcome, Failure>) -> Void
    ) {
        if count == 1, threads > 1 { return takeAlone(open, read, done) }
        let next = Counter()
        let threads = max(1, min(threads, count))
        // Four files of one thread are slower than two of two.
        let hasLanes =
            DigestStream.hasKernels && algorithms.contains(.md5)
            && count >= DigestStream.Lanes.count * threads
        let algorithms = algorithms
        PlainThreads.run(threads) { _ in
            let hand = DigestHand(algorithms, lanes: hasLanes ? DigestStream.Lanes.count : 1, read: read)
            hand.work {
                while true {
                    let number = next.take()
                    guard number < count else { return nil }
                    do throws(Failure) {
                        if let work = try open(number) { return (number, work) }
                    } catch {
                        done(number, .failure(error))
                    }
                }
            } done: {
                done($0, $1)
            }
        }
    }

    /// Digests one file, a large one with a second thread that reads.
    private func takeAlone(
        _ open: (Int) throws(Failure) -> Work?, _ read: @escaping @Sendable (Int) -> Void,
        _ done: (Int, Result<Outcome, Failure>) -> Void
    ) {
        do throws(Failure) {
            guard let work = try open(0) else { return }
            let outcome = work.source.size >= Self.largeEnough ? Self.byTwo(work, algorithms, read: read) : nil
            done(0, outcome ?? Self.byOne(work, algorithms, read: read))
        } catch {
            done(0, .failure(error))
        }
    }

    private static func byOne(
        _ work: Work, _ algorithms: Set<DigestAlgorithm>, read: @escaping @Sendable (Int) -> Void
    ) -> Result<Outcome, Failure> {
        var found: Result<Outcome, Failure>?
        var isGiven = false
        DigestHand(algorithms, lanes: 1, read: read).work {
            defer { isGiven = true }
            return isGiven ? nil : (0, work)
        } done: {
            found = $1
        }
        guard let found else { preconditionFailure("a file that was begun is ended") }
        return found
    }

    /// Below it a thread costs more than it saves.
    private static let largeEnough = 8 << 20

    /// Large enough that calls of the system cost nothing, small enough for the second cache; whole blocks.
    static let bufferSize = 256 * 1024

    /// Gives numbers out, each once.
    private final class Counter: Sendable {
        private let next = Atomic(0)
        func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
    }
}

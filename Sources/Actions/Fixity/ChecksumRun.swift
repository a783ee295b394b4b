// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Digest
import Synchronization
public import Transport

/// Digests of files to a manifest: each file is read once, and those that an earlier run has read not at all.
public struct ChecksumRun: Sendable {
    private let inputs: [Input]
    private let algorithms: Set<DigestAlgorithm>
    private let names: ManifestNames
    private let listsPieces: Bool

    /// - Parameter listsPieces: The digests of chunks and sections are wanted as well.
    public init(_ inputs: [Input], _ algorithms: Set<DigestAlgorithm>, names: ManifestNames, listsPieces: Bool) {
        self.inputs = inputs
        self.algorithms = algorithms
        self.names = names
        self.listsPieces = listsPieces
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// Files that were read, in the order of the inputs.
        public let manifest: Manifest
        /// Files that could not be read.
        public let failures: [Failure]
        /// Files whose parts could not be listed; their own digests are there.
        public let pieceFailures: [Failure]
        /// Files that were taken from the journal.
        public let known: Int
    }

    /// Bytes that are to be read, as far as the files can be looked at.
    public func size(_ journal: ChecksumJournal?) -> Int {
        inputs.indices.reduce(0) { sum, number in
            guard inputs[number].trouble == nil, let identity = Identity.of(Name(inputs[number].path)),
                known(number, identity, journal) == nil
            else { return sum }
            return sum &+ Int(clamping: identity.size)
        }
    }

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - journal: Takes down what is found, and knows what was found before.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file that is ready, on any thread.
    public func callAsFunction(
        _ journal: ChecksumJournal?, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) -> Outcome {
        let board = ChecksumBoard(inputs.count)
        DigestRun(algorithms)(inputs.count) { (number) throws(Failure) -> DigestRun.Work? in
            let input = inputs[number]
            if let trouble = input.trouble { throw trouble }
            if let identity = Identity.of(Name(input.path)), let entry = known(number, identity, journal) {
                board.settle(number, entry, isKnown: true)
                done()
                return nil
            }
            let source = try Input.open(input.words)
            guard listsPieces else { return DigestRun.Work(source) }
            let stored = StoredPieces(of: source)
            board.keep(number, stored)
            return DigestRun.Work(source, pieces: stored.ranges)
        } read: {
            read($0)
        } done: { number, result in
            defer { done() }
            do throws(Failure) {
                let outcome = try result.get()
                let stored = board.take(number)
                var entry = Manifest.Entry(
                    names.name(of: inputs[number].path), size: outcome.digests.byteCount,
                    digests: outcome.digests.algorithms.compactMap { algorithm in
                        outcome.digests[algorithm].map { Manifest.Stated(algorithm, $0) }
                    }, pieces: stored?.filled(outcome.pieces))
                board.settle(number, entry.withoutEmptyList)
                // Without a list it was not asked, or it could not be told; a file without parts has an empty one.
                entry.pieces = stored.flatMap { $0.failure == nil ? entry.pieces ?? [] : nil }
                if let identity = outcome.identity { journal?.add(entry, identity) }
            } catch {
                board.settle(number, error)
            }
        }
        return board.outcome
    }

    /// The entry that the journal has of a file, by its name of this run.
    private func known(_ number: Int, _ identity: Identity, _ journal: ChecksumJournal?) -> Manifest.Entry? {
        guard var entry = journal?.entry(identity, algorithms, listsPieces: listsPieces) else { return nil }
        entry.name = names.name(of: inputs[number].path)
        return entry.withoutEmptyList
    }
}

extension Manifest.Entry {
    /// A file without parts has no list of them.
    fileprivate var withoutEmptyList: Manifest.Entry {
        Manifest.Entry(name, size: size, digests: digests, pieces: pieces?.isEmpty == true ? nil : pieces)
    }
}

/// Where the threads of a run put what they find.
private final class ChecksumBoard: Sendable {
    private struct State {
        var entries: [Manifest.Entry?]
        var failures: [Failure?]
        var stored: [Int: StoredPieces] = [:]
        var pieceFailures: [Int: Failure] = [:]
        var known = 0
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(
            State(
                entries: [Manifest.Entry?](repeating: nil, count: count),
                failures: [Failure?](repeating: nil, count: count)))
    }

    func settle(_ number: Int, _ entry: Manifest.Entry, isKnown: Bool = false) {
        state.withLock { state in
            state.entries[number] = entry
            if isKnown { state.known += 1 }
        }
    }

    func settle(_ number: Int, _ failure: Failure) { state.withLock { $0.failures[number] = failure } }

    func keep(_ number: Int, _ stored: StoredPieces) {
        state.withLock { state in
            state.stored[number] = stored
            if let failure = stored.failure { state.pieceFailures[number] = failure }
        }
    }

    func take(_ number: Int) -> StoredPieces? { state.withLock { $0.stored.removeValue(forKey: number) } }

    var outcome: ChecksumRun.Outcome {
        state.withLock { state in
            ChecksumRun.Outcome(
                manifest: Manifest(state.entries.compactMap { $0 }), failures: state.failures.compactMap { $0 },
                pieceFailures: state.pieceFailures.sorted { $0.key < $1.key }.map(\.value), known: state.known)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// One thread of a run: up to four files at once, each with a buffer that is used for every file after it.
final class DigestHand {
    private let lanes: [Lane]
    private let kernel = DigestStream.Lanes()

    typealias Next = () -> (number: Int, work: DigestRun.Work)?
    typealias Done = (Int, Result<DigestRun.Outcome, Failure>) -> Void

    init(_ algorithms: Set<DigestAlgorithm>, lanes: Int, read: @escaping (Int) -> Void) {
        self.lanes = (0..<lanes).map { _ in Lane(algorithms, read) }
    }

    /// Digests files until there is no next one.
    func work(_ next: Next, done: Done) {
        while true {
            for lane in lanes {
                lane.fill(done)
                while !lane.isBusy, let (number, work) = next() {
                    lane.begin(number, work)
                    lane.fill(done)
                }
            }
            let busy = lanes.filter(\.isBusy)
            if busy.isEmpty { return }
            let blocks = busy.map(\.blocks).min() ?? 0
            if busy.count == DigestStream.Lanes.count, blocks > 0 {
                kernel.update(busy.map(\.stream), from: busy.map(\.place), blocks: blocks)
                for lane in busy { lane.advance(blocks * DigestStream.blockSize) }
            } else {
                for lane in busy { lane.takeAll() }
            }
        }
    }
}

/// One file that is being read.
private final class Lane {
    private let algorithms: Set<DigestAlgorithm>
    private let buffer: UnsafeMutableRawBufferPointer
    private let read: (Int) -> Void
    private var number = 0
    private var work: DigestRun.Work?
    private(set) var stream: DigestStream
    private var pieces = PieceDigests([])
    private var offset = 0
    /// What of the buffer is not in the digests.
    private var rest = 0..<0
    private var hasEnded = false

    init(_ algorithms: Set<DigestAlgorithm>, _ read: @escaping (Int) -> Void) {
        self.algorithms = algorithms
        self.read = read
        stream = DigestStream(algorithms)
        buffer = .allocate(byteCount: DigestRun.bufferSize, alignment: 64)
    }

    deinit { buffer.deallocate() }

    var isBusy: Bool { work != nil }
    /// Whole blocks that are in the buffer.
    var blocks: Int { rest.count / DigestStream.blockSize }
    /// Where they begin.
    var place: UnsafeRawPointer { UnsafeRawPointer(start) + rest.lowerBound }

    private var start: UnsafeMutableRawPointer {
        guard let base = buffer.baseAddress else { preconditionFailure("a buffer has an address") }
        return base
    }

    func begin(_ number: Int, _ work: DigestRun.Work) {
        self.number = number
        self.work = work
        stream = DigestStream(algorithms)
        pieces = PieceDigests(work.pieces)
        offset = 0
        rest = 0..<0
        hasEnded = false
    }

    /// Reads on when the buffer holds no whole block, and ends the file when there is no more.
    func fill(_ done: DigestHand.Done) {
        guard let work else { return }
        do throws(Failure) {
            if offset == 0, !hasEnded { try work.source.checkUnchanged() }
            if !hasEnded, rest.isEmpty {
                let count = try work.source.read(into: buffer, at: offset)
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
                stream.updateOthers(bytes)
                pieces.take(bytes, at: offset)
                offset += count
                rest = 0..<count
                hasEnded = count < buffer.count
                read(count)
            }
            guard hasEnded, blocks == 0 else { return }
            takeAll()
            try work.source.checkUnchanged()
            let outcome = DigestRun.Outcome(
                digests: stream.finish(), pieces: pieces.finish(), identity: work.source.identity)
            self.work = nil
            done(number, .success(outcome))
        } catch {
            self.work = nil
            done(number, .failure(error))
        }
    }

    func advance(_ count: Int) { rest = (rest.lowerBound + count)..<rest.upperBound }

    /// Takes all that is in the buffer.
    func takeAll() {
        stream.updateBlocks(UnsafeRawBufferPointer(rebasing: buffer[rest]))
        rest = rest.upperBound..<rest.upperBound
    }
}

/// Digests of parts of a file, taken as its bytes pass by.
struct PieceDigests {
    private let pieces: [Range<Int>]
    private var found: [String?] = []
    private var current: DigestStream?

    init(_ pieces: [Range<Int>]) { self.pieces = pieces }

    mutating func take(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        let here = offset..<(offset + bytes.count)
        while found.count < pieces.count {
            let piece = pieces[found.count]
            // Of a piece that lies before the bytes nothing was seen: the list is not in order.
            guard piece.lowerBound < here.upperBound else { return }
            let stream = current ?? DigestStream([.xxh3])
            let part = piece.clamped(to: here)
            stream.update(
                UnsafeRawBufferPointer(rebasing: bytes[(part.lowerBound - offset)..<(part.upperBound - offset)]))
            guard piece.upperBound <= here.upperBound else {
                current = stream
                return
            }
            current = nil
            let digests = stream.finish()
            found.append(digests.byteCount == piece.count ? digests[.xxh3] : nil)
        }
    }

    func finish() -> [String?] { found + [String?](repeating: nil, count: pieces.count - found.count) }
}

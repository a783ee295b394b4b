// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Takes all bytes of a source in their order, while others read them in theirs.
public protocol ByteFollower: AnyObject, Sendable {
    /// Takes the next bytes; called by one thread at a time.
    func take(_ bytes: UnsafeRawBufferPointer)
}

/// How far a follower of a source is.
struct Following: Sendable {
    let follower: any ByteFollower
    /// Up to which it has taken all bytes.
    var position = 0
    /// What it took and nobody has asked for yet, so that it is not read again.
    var waiting: [(range: Range<Int>, bytes: [UInt8])] = []
    var waitingBytes = 0
    /// The file ended before its size: what was taken is not the file.
    var isBroken = false
    /// It goes so many bytes ahead of those who read, and keeps as many.
    let most: Int

    init(_ follower: any ByteFollower, most: Int) {
        self.follower = follower
        self.most = most
    }

    mutating func keep(_ bytes: [UInt8], at offset: Int) {
        waiting.append((offset..<offset + bytes.count, bytes))
        waitingBytes += bytes.count
        while waitingBytes > most, let first = waiting.first {
            waitingBytes -= first.bytes.count
            waiting.removeFirst()
        }
    }

    /// Copies a range that is kept; false for one that is not.
    func give(_ range: Range<Int>, to buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard let piece = waiting.first(where: { $0.range.contains(range.lowerBound) }),
            piece.range.upperBound >= range.upperBound
        else { return false }
        let start = range.lowerBound - piece.range.lowerBound
        piece.bytes.withUnsafeBytes { buffer.copyBytes(from: $0[start..<start + range.count]) }
        return true
    }
}

extension Source {
    /// Lets a follower take the bytes as they are read from now on; does nothing where all are in memory, and afar.
    ///
    /// What is read in the order of the file is so read once for both; the rest is read when the following ends.
    ///
    /// - Parameter most: Bytes that the follower goes ahead of those who read, and keeps.
    public func follow(by follower: any ByteFollower, most: Int = 24 << 20) {
        guard descriptor != nil, known == nil else { return }
        following.withLock { $0 = Following(follower, most: most) }
        isFollowed.store(true, ordering: .releasing)
    }

    /// Lets the follower take the bytes that are left.
    ///
    /// - Returns: The follower; nil where there was none, or where the file was not what it was.
    /// - Throws: When the rest cannot be read.
    public func endFollowing() throws(Failure) -> (any ByteFollower)? {
        guard isFollowed.exchange(false, ordering: .acquiringAndReleasing) else { return nil }
        guard
            var state = following.withLock({ state in
                defer { state = nil }
                return state
            }), !state.isBroken
        else { return nil }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { room.deallocate() }
        while state.position < size {
            let count = try readPlainly(into: room, at: state.position)
            guard count > 0 else { return nil }
            state.follower.take(UnsafeRawBufferPointer(rebasing: room[0..<count]))
            state.position += count
        }
        return state.position == size ? state.follower : nil
    }

    /// Reads bytes, and lets the follower take those that are next for it.
    func readFollowed(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard !buffer.isEmpty else { return 0 }
        let count = min(buffer.count, max(0, size - offset))
        let isNext = following.withLock { state in
            guard let state, !state.isBroken else { return false }
            return offset + count > state.position && offset - state.position <= state.most
        }
        if isNext { return try following.withLock { state throws(Failure) in try advance(&state, buffer, offset) } }
        let isKept = following.withLock { state in
            count == buffer.count && (state?.give(offset..<offset + count, to: buffer) ?? false)
        }
        return isKept ? count : try readPlainly(into: buffer, at: offset)
    }

    private func advance(
        _ state: inout Following?, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int
    ) throws(Failure) -> Int {
        guard var now = state else { return try readPlainly(into: buffer, at: offset) }
        // Not held twice while it changes.
        state = nil
        defer { state = now }
        if offset > now.position {
            let gap = try bytesPlainly(at: now.position, count: offset - now.position)
            gap.withUnsafeBytes { now.follower.take($0) }
            now.keep(gap, at: now.position)
            now.position += gap.count
            if now.position < offset { now.isBroken = true }
        }
        let count = try readPlainly(into: buffer, at: offset)
        let known = now.position - offset
        if !now.isBroken, count > known, known >= 0 {
            now.follower.take(UnsafeRawBufferPointer(rebasing: buffer[known..<count]))
            now.position = offset + count
        }
        return count
    }

    private func bytesPlainly(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: Failure?
        let got = bytes.withUnsafeMutableBytes { buffer in
            do throws(Failure) {
                return try readPlainly(into: buffer, at: offset)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return Array(bytes.prefix(got))
    }
}

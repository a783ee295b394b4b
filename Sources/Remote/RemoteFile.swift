// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import Transport

/// A file behind an address, read by ranges: few requests, and no more bytes than are needed.
///
/// Small reads fetch a page of 64 KiB around them; a read beyond that fetches what it lacks. What was fetched is kept.
public final class RemoteFile: RangeReader {
    /// Which bytes of a file are asked for first.
    public enum Beginning: Sendable {
        /// Where most formats have their header.
        case head
        /// Where a ZIP archive has its directory.
        case tail
    }

    private struct State {
        /// The address that answers, behind all redirects.
        var address: WebAddress
        var extents = Extents(most: 64 << 20)
        var counters: RemoteCounters
        /// Where the last part ended, and how much is fetched ahead while reading goes on from there.
        var end = 0
        var ahead = 0
        /// Nothing below is read by pages.
        var firstPage: Int
    }

    /// Bytes.
    public let size: Int
    /// By what the server tells this state of the file from another.
    public let identity: RemoteIdentity
    /// The address that was asked.
    public let start: WebAddress
    /// Addresses that led to another one, in their order.
    public let hops: [WebAddress]
    /// The server answers parts of the file; else all of it was fetched.
    public let hasRanges: Bool
    private let client: WebClient
    private let state: Mutex<State>
    private let name: Name

    static let page = 1 << 16
    /// No file is larger: what a server announces is reckoned with.
    private static let most = 1 << 50
    /// The longest end of a ZIP archive fits: 65 633 bytes.
    static let tail = (1 << 16) + (1 << 11)
    /// The head of a file whose end was asked for first: nobody reads more of it than what tells its kind.
    static let head = 1 << 12

    /// The address that answered first.
    public var address: WebAddress { state.withLock { $0.address } }

    /// Requests for this file, and bytes of it that came.
    public var counters: RemoteCounters { state.withLock { $0.counters } }

    /// Asks for the first or the last page of a file.
    ///
    /// - Throws: What kept the address from giving bytes.
    public init(_ start: WebAddress, by client: WebClient, from beginning: Beginning = .head) throws(RemoteFault) {
        let most = client.limits.bytes
        let before = client.counters
        func ask(_ range: String) throws(RemoteFault) -> WebClient.Fetched {
            try client.fetch(start, range: range, expected: most) { answer in
                if answer.status == 206 { return Self.tail }
                if WebPage.isSaid(answer.type) { return Self.page }
                return (answer.length ?? 0) > most ? 0 : most
            }
        }
        let head = "0-\(Self.page - 1)"
        var fetched: WebClient.Fetched
        if beginning == .tail {
            do throws(RemoteFault) {
                fetched = try ask("-\(Self.tail)")
                // Not every server counts from the end.
                if fetched.answer.status == 416, fetched.answer.range?.size != 0 { fetched = try ask(head) }
            } catch {
                switch error.kind {
                case .status(400), .status(501): fetched = try ask(head)
                default: throw error
                }
            }
        } else {
            fetched = try ask(head)
        }
        let answer = fetched.answer
        let shown = fetched.address.shown
        self.start = start
        self.client = client
        hops = fetched.hops
        identity = answer.identity
        name = Name(start.shown)
        if WebPage.isOne(fetched.bytes, type: answer.type) { throw WebPage.fault(at: fetched.address) }
        var extents = Extents(most: 64 << 20)
        switch answer.status {
        case 206:
            guard let bytes = answer.range?.bytes, let size = answer.range?.size, bytes.count == fetched.bytes.count,
                size <= Self.most,
                beginning == .tail || bytes.lowerBound == 0
            else {
                throw RemoteFault(.nonsense, shown, "the part that the server sends is not the one that was asked for")
            }
            hasRanges = true
            self.size = size
            extents.insert(fetched.bytes, at: bytes.lowerBound)
        case 416:
            guard answer.range?.size == 0 else {
                throw RemoteFault(.status(416), shown, "the server answers 416 (it has no such part)")
            }
            throw RemoteFault(.empty, shown, "the file is empty")
        default:
            if answer.length == 0 || answer.length == nil && fetched.bytes.isEmpty {
                throw RemoteFault(.empty, shown, "the file is empty")
            }
            guard !fetched.isCut, answer.length == nil || answer.length == fetched.bytes.count else {
                let words = answer.length.map { "of \($0) bytes" } ?? "of more than \(most) bytes"
                throw RemoteFault(
                    .noRanges(size: answer.length), shown,
                    "the server sends no parts of files, and the file \(words) is larger than may be fetched (\(most))")
            }
            hasRanges = false
            size = fetched.bytes.count
            extents.insert(fetched.bytes, at: 0)
        }
        let after = client.counters
        var counters = RemoteCounters()
        counters.requests = after.requests - before.requests
        counters.bytes = after.bytes - before.bytes
        state = Mutex(
            State(
                address: fetched.address, extents: extents, counters: counters,
                end: answer.range?.bytes?.upperBound ?? 0,
                firstPage: beginning == .tail ? Self.head : 0))
    }

    /// The bytes are on another machine, unless all of them were fetched.
    public var isFar: Bool { hasRanges }

    /// Reads bytes from a place on; fetches what is not at hand.
    ///
    /// - Throws: What kept the server from giving them, or `Failure.Code.limit` beyond what may be fetched.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let count = min(buffer.count, size - offset)
        let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        do throws(RemoteFault) {
            return try state.withLock { (state) throws(RemoteFault) -> Int in
                var done = state.extents.copy(from: offset, into: wanted)
                while done < count {
                    let place = offset + done
                    let lacking = state.extents.gap(in: place..<(offset + count)) ?? place..<(offset + count)
                    let bytes = try fetch(widened(lacking, &state), &state)
                    let rest = UnsafeMutableRawBufferPointer(rebasing: wanted[done...])
                    let inside = place - bytes.start
                    // Long runs of bytes are read once, and not kept.
                    if bytes.bytes.count > Self.longestKept, inside >= 0 {
                        let piece = bytes.bytes[inside...].prefix(rest.count)
                        rest.copyBytes(from: piece)
                        done += piece.count
                        done += state.extents.copy(
                            from: offset + done, into: UnsafeMutableRawBufferPointer(rebasing: wanted[done...]))
                    } else {
                        state.extents.insert(bytes.bytes, at: bytes.start)
                        let more = state.extents.copy(from: place, into: rest)
                        guard more > 0 else {
                            throw RemoteFault(.nonsense, state.address.shown, "the server sends less than it announces")
                        }
                        done += more
                    }
                }
                return done
            }
        } catch {
            throw error.failure(of: name)
        }
    }

    private static let longestKept = 16 << 20

    /// Makes sure that bytes are at hand which somebody is about to read piece by piece.
    public func expect(_ range: Range<Int>) throws(Failure) {
        let range = range.clamped(to: 0..<size)
        guard range.count <= Self.longestKept else { return }
        do throws(RemoteFault) {
            try state.withLock { (state) throws(RemoteFault) in
                guard let lacking = state.extents.gap(in: range) else { return }
                let bytes = try fetch(lacking, &state)
                state.extents.insert(bytes.bytes, at: bytes.start)
            }
        } catch {
            throw error.failure(of: name)
        }
    }

    /// A small piece with what lies around it on its page, as far as that is not at hand; a long one as it is. Whoever reads
    /// on where the last part ended gets more ahead each time.
    private func widened(_ range: Range<Int>, _ state: inout State) -> Range<Int> {
        state.ahead = range.lowerBound == state.end ? min(Self.mostAhead, max(Self.page, state.ahead * 2)) : 0
        guard range.count < Self.page || state.ahead > Self.page else { return range }
        var start = range.lowerBound
        var end = max(range.upperBound, start + state.ahead)
        if range.upperBound <= state.firstPage {
            (start, end) = (0, state.firstPage)
        } else if range.count < Self.page {
            start = start / Self.page * Self.page
            end = max(end, start + Self.page)
        }
        // What is fetched ahead does not use up what may be fetched.
        let left = client.limits.bytes - min(client.limits.bytes, state.counters.bytes)
        if end - start > left / 2 { (start, end) = (range.lowerBound, range.upperBound) }
        return (start..<min(size, end)).clamped(to: state.extents.room(around: range.lowerBound, size: size))
    }

    private static let mostAhead = 4 << 20

    /// One request for a part of the file, within what may be fetched.
    private func fetch(
        _ range: Range<Int>, _ state: inout State
    ) throws(RemoteFault) -> (start: Int, bytes: [UInt8]) {
        let shown = state.address.shown
        guard hasRanges else { throw RemoteFault(.nonsense, shown, "a part of the file was lost") }
        let most = client.limits.bytes
        guard range.count <= most - min(most, state.counters.bytes) else {
            throw RemoteFault(
                .limit, shown,
                "\(range.count) bytes more would be fetched, beside \(state.counters.bytes) of at most \(most)")
        }
        let before = client.counters
        defer {
            let after = client.counters
            state.counters.requests += after.requests - before.requests
            state.counters.bytes += after.bytes - before.bytes
        }
        let text = "\(range.lowerBound)-\(range.upperBound - 1)"
        func ask(_ address: WebAddress) throws(RemoteFault) -> WebClient.Fetched {
            try client.fetch(address, range: text, condition: identity.condition, expected: range.count) {
                $0.status == 206 ? range.count : 0
            }
        }
        var fetched: WebClient.Fetched
        do throws(RemoteFault) {
            fetched = try ask(state.address)
        } catch {
            // What a redirect led to may hold for a time only.
            guard case .status(let status) = error.kind, [401, 403, 404, 410].contains(status), state.address != start
            else { throw error }
            fetched = try ask(start)
        }
        state.address = fetched.address
        let answer = fetched.answer
        let isSame =
            answer.status == 206 && answer.range?.size ?? size == size
            && (answer.identity.tag == nil || answer.identity.tag == identity.tag)
        guard isSame else { throw RemoteFault(.changed, shown, "the file changed while it was read") }
        guard let bytes = answer.range?.bytes, bytes == range, fetched.bytes.count == range.count else {
            throw RemoteFault(.nonsense, shown, "the part that the server sends is not the one that was asked for")
        }
        state.end = range.upperBound
        return (range.lowerBound, fetched.bytes)
    }
}

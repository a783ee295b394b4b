// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc

/// One end of a socket pair: what is to go and what came, each held until the other side or the reader takes it.
struct Channel: ~Copyable {
    /// Why no frame comes.
    enum Loss: Error { case end, timeout, nonsense }

    private let socket: Int32
    private var incoming: [UInt8] = []
    private var taken = 0
    private var arrived: [Int32] = []
    private var outgoing: [UInt8] = []
    private var sent = 0
    private var leaving: [Int32] = []
    /// Those of them that are closed once they have gone.
    private var given: [Int32] = []
    /// Where bytes arrive.
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(socket: Int32) { self.socket = socket }

    deinit {
        for descriptor in arrived + given { close(descriptor) }
        room.deallocate()
        close(socket)
    }

    /// Lays bytes ready; they go while a frame is waited for, or by `flush`.
    ///
    /// - Parameters:
    ///   - descriptors: They go with the first of the bytes and have to stay open until then.
    ///   - closing: They are this side's no longer, and closed when they have gone.
    mutating func give(_ bytes: [UInt8], descriptors: [Int32] = [], closing: Bool = false) {
        if sent == outgoing.count {
            outgoing = bytes
            sent = 0
        } else {
            outgoing += bytes
        }
        leaving += descriptors
        if closing { given += descriptors }
    }

    /// Sends all that was laid ready.
    mutating func flush() throws(Loss) {
        while sent < outgoing.count {
            try wait(for: POLLOUT, until: nil)
            try push()
        }
    }

    /// Waits for a frame and sends meanwhile, so that two full buffers do not wait for each other.
    ///
    /// - Parameter deadline: Seconds of the clock that only runs on; nil waits for ever.
    mutating func receive(until deadline: Double?) throws(Loss) -> Frame {
        while true {
            if let frame = try frame() { return frame }
            try wait(for: sent < outgoing.count ? POLLIN | POLLOUT : POLLIN, until: deadline)
            if sent < outgoing.count { try push() }
            try pull()
        }
    }

    private mutating func frame() throws(Loss) -> Frame? {
        let there = incoming.count - taken
        guard there >= Frame.frontBytes else { return nil }
        guard let front = Frame.Front(incoming[taken..<(taken + Frame.frontBytes)]) else { throw .nonsense }
        guard there - Frame.frontBytes >= front.count else { return nil }
        guard front.descriptorCount <= arrived.count, arrived.count <= Int(CPROCESS_MOST_DESCRIPTORS) else {
            throw .nonsense
        }
        let start = taken + Frame.frontBytes
        let body = Array(incoming[start..<(start + front.count)])
        taken = start + front.count
        if taken == incoming.count {
            incoming.removeAll(keepingCapacity: true)
            taken = 0
        }
        let descriptors = Array(arrived.prefix(front.descriptorCount))
        arrived.removeFirst(front.descriptorCount)
        return Frame(
            kind: front.kind, hasMore: front.hasMore, number: front.number, body: body, descriptors: descriptors)
    }

    private func wait(for events: Int32, until deadline: Double?) throws(Loss) {
        while true {
            if Interruption.asked != nil { throw .end }
            var waiting = pollfd(fd: socket, events: Int16(events), revents: 0)
            let left = deadline.map { ($0 - Clock.seconds()) * 1000 + 1 } ?? -1
            if deadline != nil, left <= 0 { throw .timeout }
            let ready = poll(&waiting, 1, Int32(min(left, 1e9)))
            if ready > 0 { return }
            if ready < 0, errno != EINTR { throw .end }
        }
    }

    private mutating func push() throws(Loss) {
        let count = outgoing.withUnsafeBytes { buffer in
            cprocess_send(
                socket, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, leaving, leaving.count)
        }
        if count < 0 {
            // A worker that died has perhaps answered before: that is read first.
            if errno == EPIPE || errno == ECONNRESET { sent = outgoing.count } else if !Self.isPassing { throw .end }
            return
        }
        if count > 0 {
            for descriptor in given { close(descriptor) }
            (leaving, given) = ([], [])
        }
        sent += count
    }

    private mutating func pull() throws(Loss) {
        var came = Int(CPROCESS_MOST_DESCRIPTORS)
        var descriptors = [Int32](repeating: -1, count: came)
        let count = cprocess_receive(socket, room.baseAddress, room.count, &descriptors, &came)
        if count == 0 || count < 0 && !Self.isPassing { throw .end }
        incoming += UnsafeRawBufferPointer(rebasing: room[..<max(count, 0)])
        arrived += descriptors.prefix(came)
    }

    private static var isPassing: Bool { errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR }
}

/// The clock that nobody sets.
enum Clock {
    static func seconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

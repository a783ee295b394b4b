// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One direction between two processes, carrying frames of a length and its bytes.
struct Pipe {
    let reading: Int32
    let writing: Int32

    /// nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        reading = ends[0]
        writing = ends[1]
    }

    /// Sends a frame; false when the other side has gone.
    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var length = UInt64(bytes.count).littleEndian
        let front = withUnsafeBytes(of: &length) { Array($0) }
        let frame = front + bytes
        return frame.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let n = write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if n < 0, errno == EINTR { continue }
                if n <= 0 { return false }
                done += n
            }
            return true
        }
    }

    /// What a wait for a frame can end with.
    enum Received {
        case frame([UInt8])
        case end
        case timeout
    }

    /// Waits for a frame.
    ///
    /// - Parameter seconds: Patience from now on; nil waits for ever.
    static func receive(from descriptor: Int32, within seconds: Int?) -> Received {
        let deadline = seconds.map { clockSeconds() + Double($0) }
        var bytes: [UInt8] = []
        var wanted = 8
        var hasLength = false
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let deadline {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let left = deadline - clockSeconds()
                let ready = left > 0 ? poll(&waiting, 1, Int32(min(left * 1000 + 1, 1e9))) : 0
                if ready < 0, errno == EINTR { continue }
                if ready == 0 { return .timeout }
            }
            let count = read(descriptor, &piece, min(piece.count, wanted - bytes.count))
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return .end }
            bytes += piece[..<count]
            guard bytes.count == wanted else { continue }
            if hasLength { return .frame(bytes) }
            let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let length = Int(exactly: length), length <= frameLimit else { return .end }
            if length == 0 { return .frame([]) }
            wanted = length
            hasLength = true
            bytes = []
        }
    }

    /// Longer frames come from a process that has lost its mind.
    private static let frameLimit = 1 << 30

    private static func clockSeconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

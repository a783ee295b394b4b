// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Lines from standard input, as they come; those that are too long are passed over without being held.
struct LineReader {
    /// What is read next.
    enum Line {
        case line([UInt8])
        /// A line of so many bytes, which is not held.
        case tooLong(Int)
        /// Nothing comes any more.
        case end
    }

    /// Bytes of one line at most.
    static let most = 1 << 20

    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var taken = 0
    /// Bytes of a line that is too long, which were dropped.
    private var dropped = 0
    private var isAtEnd = false

    init(_ descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

    /// The next line without its end; waits for it.
    ///
    /// - Parameter isStopped: Asked now and then while nothing comes.
    mutating func next(unless isStopped: () -> Bool) -> Line {
        while true {
            if isStopped() { return .end }
            if let feed = bytes[taken...].firstIndex(of: 0x0A) {
                defer { forget(through: feed + 1) }
                if dropped > 0 { return passed(feed - taken) }
                return .line(trimmed(bytes[taken..<feed]))
            }
            if isAtEnd {
                guard taken < bytes.count || dropped > 0 else { return .end }
                defer { forget(through: bytes.count) }
                if dropped > 0 { return passed(bytes.count - taken) }
                return .line(trimmed(bytes[taken...]))
            }
            if bytes.count - taken > Self.most || dropped > 0 {
                dropped += bytes.count - taken
                forget(through: bytes.count)
            }
            fill()
        }
    }

    private mutating func passed(_ rest: Int) -> Line {
        defer { dropped = 0 }
        return .tooLong(dropped + rest)
    }

    private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] { Array(line.last == 0x0D ? line.dropLast() : line) }

    private mutating func forget(through end: Int) {
        taken = end
        if taken == bytes.count || taken > Self.most {
            bytes.removeSubrange(..<taken)
            taken = 0
        }
    }

    /// Takes what is there, or waits a moment.
    private mutating func fill() {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 100) > 0 else { return }
        let room = 1 << 16
        var count = 0
        bytes.append(
            contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                count = read(descriptor, buffer.baseAddress, room)
                filled = max(0, count)
            })
        if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { isAtEnd = true }
    }
}

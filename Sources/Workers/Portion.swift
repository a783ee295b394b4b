// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc

/// Groups of files that go to a worker in one message, with what the program opened for them ahead.
///
/// A message for each file would wake both processes twice a file, which costs as much as a tenth of its check.
struct Portion {
    let groups: [[String]]
    /// What the program says of the files it opened, in words of who opens them.
    let ahead: [UInt8]

    init(_ groups: [[String]], ahead: [UInt8]) {
        self.groups = groups
        self.ahead = ahead
    }

    /// Groups in one message at most; one where few files may be open at a time.
    static let most: Int = {
        var limit = rlimit()
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return isKnown && limit.rlim_cur < 64 ? 1 : 16
    }()
    /// Seconds after which a worker hands over what it has.
    static let patience = 0.05
    /// Bytes after which it does.
    static let mostBytes = 1 << 20

    /// Numbers and names, each name behind its length; then what was opened ahead.
    var bytes: [UInt8] {
        var bytes = Self.front(groups.count)
        for group in groups {
            bytes += Self.front(group.count)
            for name in group { Self.join(Array(name.utf8), to: &bytes) }
        }
        return bytes + ahead
    }

    /// Nil for bytes that make no sense.
    init?(_ bytes: [UInt8]) {
        var place = 0
        func number() -> Int? {
            defer { place += 4 }
            return Self.count(bytes, at: place)
        }
        var groups: [[String]] = []
        guard let count = number() else { return nil }
        while groups.count < count {
            guard let names = number() else { return nil }
            var group: [String] = []
            while group.count < names {
                guard let length = number(), length <= bytes.count - place else { return nil }
                group.append(String(decoding: bytes[place..<(place + length)], as: UTF8.self))
                place += length
            }
            groups.append(group)
        }
        self.groups = groups
        ahead = Array(bytes[place...])
    }

    /// Adds an answer to a message of some.
    static func join(_ answer: [UInt8], to message: inout [UInt8]) {
        message += front(answer.count)
        message += answer
    }

    /// The answers of a message; nil for bytes that make no sense.
    static func answers(_ bytes: [UInt8]) -> [[UInt8]]? {
        var answers: [[UInt8]] = []
        var place = 0
        while place < bytes.count {
            guard let count = count(bytes, at: place), count <= bytes.count - place - 4 else { return nil }
            answers.append(Array(bytes[(place + 4)..<(place + 4 + count)]))
            place += 4 + count
        }
        return answers
    }

    private static func front(_ count: Int) -> [UInt8] {
        let number = UInt32(clamping: count)
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func count(_ bytes: [UInt8], at place: Int) -> Int? {
        guard place >= 0, place <= bytes.count - 4 else { return nil }
        return Int(bytes[place]) | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2]) << 16 | Int(bytes[place + 3])
            << 24
    }
}

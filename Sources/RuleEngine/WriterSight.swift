// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the file system says of whoever writes a file, or one that it links to.
public struct WriterSight: Sendable, Hashable {
    /// When the bytes of the latest of the files changed, in seconds since 1970; nil where no file system tells.
    public let lastChange: Double?
    /// Names of the files that a process of this machine holds locked for writing.
    public let locked: [String]

    public init(lastChange: Double?, locked: [String]) {
        self.lastChange = lastChange
        self.locked = locked
    }

    /// Nothing is known.
    public static let none = WriterSight(lastChange: nil, locked: [])

    /// Seconds since the last change; 0 for a clock that runs ahead of ours.
    public var age: Double? { lastChange.map { max(0, Clock.now - $0) } }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// What tells one file of a machine from another, and one state of it from the next.
public struct Identity: Sendable, Hashable {
    /// The device that holds the file.
    public let device: UInt64
    /// Number of the file on its device.
    public let inode: UInt64
    /// Bytes.
    public let size: UInt64
    /// Blocks of 512 bytes that are really there.
    public let blocks: UInt64
    /// When its bytes last changed.
    public let modified: Instant

    /// A time of the clock of the file system.
    public struct Instant: Sendable, Hashable {
        /// Since 1970.
        public let seconds: Int64
        /// Below a second.
        public let nanoseconds: Int64

        /// Nanoseconds since 1970; the first or last that there is for a time beyond.
        public var sinceEpoch: Int64 {
            let (product, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            return isTooLarge ? (seconds < 0 ? .min : .max) : product &+ nanoseconds
        }

        init(_ time: timespec) {
            seconds = Int64(time.tv_sec)
            nanoseconds = Int64(time.tv_nsec)
        }
    }

    /// The same file, whatever its state: names and hard links that lead to one place.
    public struct Key: Sendable, Hashable {
        /// The device that holds the file.
        public let device: UInt64
        /// Number of the file on its device.
        public let inode: UInt64

        public init(device: UInt64, inode: UInt64) {
            self.device = device
            self.inode = inode
        }
    }

    /// What tells two names of one file: device and number.
    public var key: Key { Key(device: device, inode: inode) }

    init(_ facts: stat) {
        device = UInt64(facts.st_dev)
        inode = UInt64(facts.st_ino)
        size = UInt64(max(0, facts.st_size))
        blocks = UInt64(max(0, facts.st_blocks))
        modified = Instant(facts.st_mtim)
    }

    /// The file behind a name, symbolic links followed; nil if nothing is there or it cannot be told.
    public static func of(_ name: Name) -> Identity? {
        var facts = stat()
        guard name.withCString({ stat($0, &facts) }) == 0 else { return nil }
        return Identity(facts)
    }
}

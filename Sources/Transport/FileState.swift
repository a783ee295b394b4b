// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc

/// All that a file system tells of a name without opening it.
///
/// - SeeAlso: stat(2).
public struct FileState: Sendable, Hashable {
    /// What it is: a file, a folder, a link.
    public let kind: Folder.Entry.Kind
    /// The number of the file system.
    public let device: UInt64
    /// Its number within the file system.
    public let inode: UInt64
    /// Bytes.
    public let size: Int
    /// Blocks of 512 bytes that are really there.
    public let blocks: Int
    /// When the bytes last changed; nanoseconds since 1970.
    public let modified: Int64
    /// When bytes, owner or permissions last changed; nanoseconds since 1970.
    public let changed: Int64
    /// Permissions, the lowest twelve bits.
    public let permissions: Int
    /// Number of the user who owns it.
    public let owner: Int

    init(_ facts: stat) {
        kind = Folder.Entry.Kind(facts)
        device = UInt64(facts.st_dev)
        inode = UInt64(facts.st_ino)
        size = Int(clamping: max(0, facts.st_size))
        blocks = Int(clamping: max(0, facts.st_blocks))
        modified = Identity.Instant(facts.st_mtim).sinceEpoch
        changed = Identity.Instant(facts.st_ctim).sinceEpoch
        permissions = Int(facts.st_mode & 0o7777)
        owner = Int(facts.st_uid)
    }

    /// It has bytes and no block that holds them, as what lies on tape has.
    public var isStub: Bool { size > 0 && blocks == 0 }
}

extension Folder {
    /// What stands behind a name in this folder, not opened.
    ///
    /// - Parameter followsLinks: A symbolic link is what it leads to.
    public func state(of name: Name, followsLinks: Bool) throws(Failure) -> FileState {
        var facts = stat()
        let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
        guard name.withCString({ fstatat(descriptor, $0, &facts, flags) }) == 0 else {
            throw Failure.system("look at", path(of: name).text, errno)
        }
        return FileState(facts)
    }

    /// Where a symbolic link of this folder leads, as it stands there; nil if the name is none.
    public func destination(of name: Name) -> Name? { target(of: name) }

    /// The file system of a folder lies on another machine, where shared memory of several processes is not to be had.
    public static func isOnNetwork(_ name: Name) -> Bool {
        (name.bytes.isEmpty ? Name(".") : name).withCString { cfiles_is_on_network($0) } != 0
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Files that processes of this machine hold locked for writing, as the system lists them; no lock is taken to find out.
///
/// - SeeAlso: proc_locks(5).
public enum WriterLocks {
    /// The list of the system; a process without rights to files has to be given it.
    public static let path = "/proc/locks"

    /// The files; none where the system has no such list.
    public static func files() -> Set<Identity.Key> {
        return files(in: String(decoding: SystemList.read(path), as: UTF8.self))
    }

    /// Reads lines such as "1: FLOCK  ADVISORY  WRITE 6041 fe:00:16247637 0 EOF".
    static func files(in list: String) -> Set<Identity.Key> {
        var files = Set<Identity.Key>()
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ")
            // Who waits for a lock holds none.
            guard words.count >= 6, words[1] != "->", words[3] == "WRITE" else { continue }
            let place = words[5].split(separator: ":")
            guard place.count == 3, let major = UInt32(place[0], radix: 16),
                let minor = UInt32(place[1], radix: 16), let inode = UInt64(place[2])
            else { continue }
            files.insert(Identity.Key(device: device(UInt64(major), UInt64(minor)), inode: inode))
        }
        return files
    }

    /// The number of a device as stat(2) gives it.
    ///
    /// - Source: glibc, gnu_dev_makedev(3).
    private static func device(_ major: UInt64, _ minor: UInt64) -> UInt64 {
        (major & 0xFFF) << 8 | minor & 0xFF | (minor & ~0xFF) << 12 | (major & ~0xFFF) << 32
    }
}

/// Lists that the system makes while they are read, and whose size nobody knows before.
enum SystemList {
    private static let most = 4 << 20

    /// The bytes; none where there is no such list.
    static func read(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < most {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Where a folder lies: its file system, as the system names it.
public struct StoragePlace: Sendable, Hashable {
    /// "ext4", "nfs4", "fuse.sshfs"; empty where it cannot be told.
    public let type: String
    /// Where the file system is mounted.
    public let mount: String
    /// What the mount was made with.
    public let options: [String]
    /// Bytes that users may still write.
    public let free: Int
    /// Bytes at a time that the file system likes to be read.
    public let block: Int

    /// Looks at a folder.
    ///
    /// - Throws: When it cannot be looked at.
    /// - SeeAlso: statvfs(3), proc_pid_mountinfo(5).
    public init(_ folder: Name) throws(Failure) {
        var facts = statvfs()
        guard folder.withCString({ statvfs($0, &facts) }) == 0 else {
            throw Failure.system("look at", folder.text, errno)
        }
        var own = stat()
        guard folder.withCString({ stat($0, &own) }) == 0 else { throw Failure.system("look at", folder.text, errno) }
        let (free, isTooLarge) = Int(clamping: facts.f_bavail).multipliedReportingOverflow(
            by: Int(clamping: facts.f_frsize))
        self.free = isTooLarge ? .max : free
        block = Int(own.st_blksize)
        let path = Folder.trueName(folder)?.text ?? folder.text
        // The last line of the longest mount that holds the folder: later mounts lie over earlier ones.
        var best: (mount: String, type: String, options: [String])?
        for line in String(decoding: SystemList.read("/proc/self/mountinfo"), as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").map { Self.plain($0) }
            guard words.count > 6, let dash = words.firstIndex(of: "-"), dash + 3 < words.count else { continue }
            let mount = words[4]
            guard path == mount || path.hasPrefix(mount == "/" ? "/" : mount + "/"),
                mount.utf8.count >= best?.mount.utf8.count ?? 0
            else { continue }
            let all: String = words[5] + "," + words[dash + 3]
            let options: [String] = all.split(separator: ",").map { String($0) }
            best = (mount, words[dash + 1], options)
        }
        mount = best?.mount ?? ""
        type = best?.type ?? ""
        options = best?.options ?? []
    }

    /// The lines of the system write blanks as \\040.
    private static func plain(_ word: Substring) -> String {
        word.split(separator: "\\", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0 else { return String(part) }
            guard part.utf8.count >= 3, let code = UInt8(part.prefix(3), radix: 8) else { return "\\" + part }
            return String(UnicodeScalar(code)) + part.dropFirst(3)
        }.joined()
    }

    /// How a lock on a file of a folder went.
    public enum Locking: Sendable, Hashable {
        /// One process keeps others out.
        case works
        /// The file system has no locks; the words of the system.
        case refused(String)
        /// Two descriptors got the lock at once.
        case isNoLock
        /// No file could be made to try it; the words of the system.
        case untried(String)
    }

    /// Tries both kinds of locks on a file without a name, which is gone with this call.
    ///
    /// - Returns: Locks of flock(2), which HDF5 takes, and of fcntl(2), which it takes where there is no flock.
    /// - SeeAlso: open(2) with O_TMPFILE.
    public static func locking(in folder: Name) -> (whole: Locking, ranges: Locking) {
        let descriptor = folder.withCString { open($0, O_RDWR | O_CLOEXEC | withoutName, 0o600) }
        guard descriptor >= 0 else {
            let words = Failure.systemWords(errno, isWriting: true)
            return (.untried(words), .untried(words))
        }
        defer { close(descriptor) }
        return (whole(descriptor), ranges(descriptor))
    }

    /// O_TMPFILE, which the headers build of two flags.
    private static let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func whole(_ descriptor: Int32) -> Locking {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            return .refused(Failure.systemWords(errno, isWriting: true))
        }
        defer { flock(descriptor, LOCK_UN) }
        let other = open("/proc/self/fd/\(descriptor)", O_RDWR | O_CLOEXEC)
        guard other >= 0 else { return .works }
        defer { close(other) }
        guard flock(other, LOCK_SH | LOCK_NB) == 0 else { return .works }
        return .isNoLock
    }

    private static func ranges(_ descriptor: Int32) -> Locking {
        var lock = Glibc.flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        guard fcntl(descriptor, F_SETLK, &lock) == 0 else {
            return .refused(Failure.systemWords(errno, isWriting: true))
        }
        return .works
    }
}

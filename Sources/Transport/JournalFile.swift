// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A file to which a run adds lines as it goes, so that the next run knows what a killed one has done.
///
/// One process holds it at a time. What was written stays when the process is killed; a line that was cut shows by its
/// missing end.
public final class JournalFile: Sendable {
    /// The name it was opened by.
    public let name: Name
    /// What an earlier run has left.
    public let found: [UInt8]
    /// What tells it from other files.
    public let key: Identity.Key
    private let descriptor: Int32

    /// Opens a journal, or begins one.
    ///
    /// - Parameter inputs: Files that the run reads: none of them is written.
    /// - Throws: With the code of wrong usage when the file is an input or no plain file, with that of a locked file when
    ///   another process holds it.
    /// - SeeAlso: flock(2).
    public init(_ name: Name, inputs: Set<Identity.Key> = []) throws(Failure) {
        self.name = name
        for _ in 0..<10 {
            let number = name.withCString {
                open($0, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o666)
            }
            guard number >= 0 else { throw Failure.system("write", name.text, errno) }
            let held = Descriptor(owning: number)
            var facts = stat()
            guard fstat(held.number, &facts) == 0 else { throw Failure.system("look at", name.text, errno) }
            let key = Identity(facts).key
            if facts.st_mode & S_IFMT != S_IFREG || facts.st_nlink > 1 || inputs.contains(key) {
                throw Self.refused(name, inputs.contains(key) ? "it is an input of this run" : "it is no plain file")
            }
            // Where the file system knows no locks there is none.
            guard flock(held.number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
                throw Failure(
                    attempt: "write", subject: name.text, code: .locked, words: "another run is writing it",
                    remedy: "wait for that run, or name another output")
            }
            // Whoever held it before may have removed it, and then nobody would find what is written here.
            guard Identity.of(name)?.key == key else { continue }
            self.key = key
            found = try Self.contents(held.number, name)
            descriptor = held.release()
            return
        }
        throw Self.refused(name, "it comes and goes")
    }

    deinit { close(descriptor) }

    /// Cuts off what stands behind so many bytes.
    public func cut(to count: Int) throws(Failure) {
        guard ftruncate(descriptor, count) == 0 else { throw Failure.system("write", name.text, errno) }
    }

    /// Adds bytes at the end.
    public func add(_ bytes: [UInt8]) throws(Failure) {
        let number = OutputFile.write(bytes, to: descriptor)
        guard number == 0 else { throw Failure.system("write", name.text, number) }
    }

    /// Waits until what was added is on the disk.
    ///
    /// - SeeAlso: fsync(2).
    public func sync() throws(Failure) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw Failure.system("write", name.text, errno)
        }
    }

    /// Takes the file away: the run has ended well.
    public func remove() {
        guard Identity.of(name)?.key == key else { return }
        _ = name.withCString { unlink($0) }
    }

    private static func refused(_ name: Name, _ why: String) -> Failure {
        Failure(attempt: "write", subject: name.text, code: .usage, words: why, remedy: "move it away")
    }

    private static func contents(_ descriptor: Int32, _ name: Name) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &piece, piece.count, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure.system("read", name.text, errno) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }
}

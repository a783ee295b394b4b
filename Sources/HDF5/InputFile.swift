// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// A regular file open for reading; never written, locked or waited for.
struct InputFile: ~Copyable {
    let path: String
    let size: Int
    let descriptor: Int32
    private let modified: timespec

    /// Opens a file.
    ///
    /// - SeeAlso: open(2) with O_NONBLOCK, so that a FIFO does not hold us up; fstat(2).
    init(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw Self.failure("open", path, errno) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(attempt: "open", subject: path, innermost: "not a regular file", code: .notRegular)
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(facts.st_size)
        modified = facts.st_mtim
    }

    deinit { close(descriptor) }

    /// Reads bytes at a place; fewer come only where the file ends.
    func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            (filled, code) = fill(UnsafeMutableRawBufferPointer(buffer), from: offset)
        }
        guard code == 0 else { throw Self.failure("read", path, code) }
        return bytes
    }

    /// Reads into memory that is there already.
    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws(Failure) -> Int {
        let (filled, code) = fill(buffer, from: offset)
        guard code == 0 else { throw Self.failure("read", path, code) }
        return filled
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> (filled: Int, code: Int32) {
        var filled = 0
        while filled < buffer.count {
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let got = pread(descriptor, piece.baseAddress, piece.count, offset &+ filled)
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                return (filled, errno)
            }
            filled &+= got
        }
        return (filled, 0)
    }

    /// Fails if size or time are not what they were when the file was opened.
    func checkUnchanged() throws(Failure) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw Self.failure("read", path, errno) }
        guard Int(facts.st_size) == size, facts.st_mtim.tv_sec == modified.tv_sec,
            facts.st_mtim.tv_nsec == modified.tv_nsec
        else {
            throw Failure(
                attempt: "read", subject: path, innermost: "the file changed while it was read", code: .changed,
                remedy: "run again when its writer has closed it")
        }
    }

    private static func failure(_ attempt: String, _ path: String, _ code: Int32) -> Failure {
        Failure(
            attempt: attempt, subject: path, innermost: String(cString: strerror(code)), code: .init(system: code))
    }
}

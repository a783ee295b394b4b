// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// Writes a file whole or not at all: temporary name in the same folder, sync, rename.
enum OutputFile {
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let temporary = folder + "/." + name + ".partial-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path) }
        guard StandardStream.write(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let fault = failure(path)
            close(descriptor)
            unlink(temporary)
            throw fault
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            let fault = failure(path)
            unlink(temporary)
            throw fault
        }
        let opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if opened >= 0 {
            fsync(opened)
            close(opened)
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(
            attempt: "write", subject: path, code: .init(system: errno),
            words: "\(String(cString: strerror(errno))); nothing was changed there")
    }
}

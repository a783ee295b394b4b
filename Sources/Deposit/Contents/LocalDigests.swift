// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Synchronization
internal import Transport

/// MD5 sums of local files, each taken once in a run, whoever asks.
final class LocalDigests: Sendable {
    private let known = Mutex<[String: String]>([:])

    /// The sum of a file as it is on the disk now.
    ///
    /// - Throws: When it cannot be read, or differs from what the package states.
    func md5(of file: DepositFile) throws(DepositStop) -> String {
        if let found = known.withLock({ $0[file.key] }) { return found }
        do throws(Failure) {
            let source = try file.open()
            let md5 = try source.digests([.md5])[.md5] ?? ""
            try keep(md5, of: file)
            return md5
        } catch {
            throw DepositStop(error)
        }
    }

    /// Keeps what was found while the file was sent.
    func keep(_ md5: String, of file: DepositFile) throws(Failure) {
        if let stated = file.md5, stated != md5 {
            throw Failure(
                attempt: "deposit", subject: file.key, code: .changed,
                words: "it is not the file of the package: its MD5 is \(md5), and MD5SUMS states \(stated)",
                remedy: "build the package anew, and 'imprimatur deposit resume'")
        }
        known.withLock { $0[file.key] = md5 }
    }

    /// Takes the sums of all files from the disk anew.
    func forget() { known.withLock { $0 = [:] } }
}

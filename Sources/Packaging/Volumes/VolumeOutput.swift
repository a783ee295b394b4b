// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Transport

/// A file that one thread writes while another makes what is written.
///
/// `@unchecked Sendable`: one thread writes, and the file is ended after it has; what failed is behind the mutex.
final class VolumeOutput: @unchecked Sendable {
    private let file: NewFile
    private let failure = Mutex<Failure?>(nil)

    init(_ file: NewFile) { self.file = file }

    /// Writes bytes behind those before; nothing once something has failed.
    @Sendable func write(_ bytes: UnsafeRawBufferPointer) {
        guard failure.withLock({ $0 == nil }) else { return }
        do throws(Failure) {
            try file.write(bytes)
        } catch {
            failure.withLock { $0 = error }
        }
    }

    /// - Throws: When something could not be written.
    func check() throws(Failure) { if let failure = failure.withLock({ $0 }) { throw failure } }

    /// Ends the file, with its bytes on the disk; called when nobody writes any more.
    func end() throws(Failure) {
        try check()
        try file.end()
    }
}

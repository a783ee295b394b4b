// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Glibc
import Transport

/// The one door to libhdf5: lock, silence on this thread, one C call, and the error stack at once.
enum Door {
    /// Made once, with the settings of the process: filter plugins are never loaded (a plugin's constructor runs code),
    /// and nothing is cleaned up at exit.
    ///
    /// The pointer never changes and what it points to is only touched by pthread_mutex_lock and _unlock.
    nonisolated(unsafe) private static let lock: UnsafeMutablePointer<pthread_mutex_t> = {
        let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        H5dont_atexit()
        chdf5_silence_thread()
        H5PLset_loading_state(0)
        chdf5_register_raw_strings()
        driver = chdf5_register_source()
        return lock
    }()

    /// Our file driver; negative if the library did not take it. Written once, before the lock is there.
    nonisolated(unsafe) private(set) static var driver: hid_t = -1

    /// Calls the library once.
    ///
    /// - Parameters:
    ///   - attempt: What is tried, as a verb with its object.
    ///   - subject: File or path inside the file; only built when the call fails.
    ///   - call: One call of libhdf5, which fails with a negative number.
    static func call<Status: FixedWidthInteger & SignedInteger>(
        _ attempt: StaticString, _ subject: @autoclosure () -> String, _ call: () -> Status
    ) throws(Failure) -> Status {
        pthread_mutex_lock(lock)
        chdf5_silence_thread()
        let status = call()
        if status >= 0 {
            pthread_mutex_unlock(lock)
            return status
        }
        var errors = chdf5_errors()
        chdf5_take_errors(&errors)
        pthread_mutex_unlock(lock)
        throw failure(attempt, subject(), errors)
    }

    /// Calls a function whose answer needs no judgement.
    static func ask<Answer>(_ call: () -> Answer) -> Answer {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        chdf5_silence_thread()
        return call()
    }

    /// Identifiers of the library that are open in this process.
    static var openIdentifiers: Int { ask { chdf5_open_objects() } }

    private static func failure(_ attempt: StaticString, _ subject: String, _ errors: chdf5_errors) -> Failure {
        // A full disk is told as what it is, and without the time and the descriptor that the library names.
        if errors.system == ENOSPC || errors.system == EDQUOT || errors.system == EFBIG {
            return Failure(
                attempt: attempt.description, subject: subject, code: .full,
                words: Failure.systemWords(errors.system, isWriting: true),
                remedy: "make room, or name a file on another disk")
        }
        return Failure(
            attempt: attempt.description, subject: subject, outermost: text(errors.outermost),
            innermost: text(errors.innermost))
    }

    /// The text without the addresses in memory that some messages show: equal runs give equal words.
    private static func text<Bytes>(_ field: Bytes) -> String {
        let text = withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { $0.utf8.starts(with: "0x".utf8) && $0.utf8.count > 8 ? "(address)" : $0 }
            .joined(separator: " ")
    }
}

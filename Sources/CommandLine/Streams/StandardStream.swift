// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// Standard output and standard error, written without buffers of the C library.
enum StandardStream {
    /// Writes all bytes; false when the reader has gone or the disk is full.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let n = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if n < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                done += n
            }
            return true
        }
    }

    @discardableResult
    static func report(_ text: String) -> Bool { write(Array(text.utf8), to: STDOUT_FILENO) }

    /// One line on standard error, after the name of the program.
    static func complain(_ line: String) { write(complaint(line), to: STDERR_FILENO) }

    /// Says a failure and its remedy on standard error; the code that it ends with.
    static func tell(_ failure: Failure) -> ExitCode {
        complain(failure.line)
        if !failure.remedy.isEmpty { complain(failure.remedy) }
        return ExitCode(failure)
    }

    /// Says what is wrong with the command line.
    static func refuse(_ problem: String, _ remedy: String) -> ExitCode {
        tell(Failure(usage: problem, remedy: remedy))
    }

    static func complaint(_ line: String) -> [UInt8] { Array("imprimatur: \(line)\n".utf8) }
}

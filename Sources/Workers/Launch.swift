// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CProcess
import Glibc
import Transport

/// How a worker is started: this program once more, with one word.
public struct Launch: Sendable {
    /// The word that makes the program a worker.
    public static let word = "worker"
    /// Both sides name it in their first message: after an update of the program they may not fit.
    static let version = "1"

    /// The program; the running one by default.
    private let program: String

    public init(program: String? = nil) { self.program = program ?? Executable.startable }

    /// Starts the process; returns 0 or the number of an error.
    ///
    /// Its environment is empty but for a word to the runtime of Swift: there is nothing in it that a file could have printed.
    func start(_ socket: Int32, _ process: inout pid_t) -> Int32 {
        withWords(["imprimatur", Self.word]) { words in
            withWords(["SWIFT_BACKTRACE=enable=no"]) { environment in
                cprocess_spawn(program, words, environment, socket, &process)
            }
        }
    }

    private func withWords<Answer>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
    ) -> Answer {
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

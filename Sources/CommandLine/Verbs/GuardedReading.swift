// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

/// The reading of verbs that look at several inputs at once and need all of them: a crash in a C library ends the verb
/// in plain words, not the process by a signal.
enum GuardedReading {
    /// Installs the guard; the exit code instead when this process took the place of one that crashed.
    static func begin(_ paths: [String]) -> ExitCode? {
        guard !CrashGuard.wasRestarted else {
            let names = paths.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
            StandardStream.complain("cannot read \(names): the process that read ended by a signal")
            StandardStream.complain("'imprimatur check --isolate' tells which of the files it is")
            return .unreadable
        }
        CrashGuard.install(arguments: Swift.CommandLine.arguments, limits: WorkerLimits())
        return nil
    }

    /// From here on a crash is a defect of ours.
    static func end() { CrashGuard.remove() }
}

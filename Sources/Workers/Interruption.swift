// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The wish of a person, or of a batch system, that a run over many files ends now and keeps what it has.
///
/// The first signal is noted: reading stops, and the run writes what it has. A second one ends the process at once.
public enum Interruption {
    /// Notes SIGINT and SIGTERM from here on. Calls that wait are woken up by them.
    public static func listen() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            if notedSignal != 0 { _exit(128 + number) }
            notedSignal = number
        }
        // A signal that somebody had switched off stays so, as with nohup.
        for number in [SIGINT, SIGTERM] {
            var before = sigaction()
            sigaction(number, nil, &before)
            if unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) != 1 {
                sigaction(number, &action, nil)
            }
        }
    }

    /// Lets neither of the two come between a file and its name.
    public static func ignore() {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_IGN) }
    }

    /// The signal that asked for the end; nil while none has.
    public static var asked: Int32? { notedSignal == 0 ? nil : notedSignal }
}

/// The signal that came; 0 while none has. Written by the handler alone, which may not capture anything.
nonisolated(unsafe) private var notedSignal: sig_atomic_t = 0

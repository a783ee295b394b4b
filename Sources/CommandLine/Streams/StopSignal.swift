// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Signals that ask a long run to end: it finishes what it has in hand.
enum StopSignal {
    /// SIGTERM and SIGINT are noted from here on; a second one ends the process at once.
    static func install() {
        isBeingAwaited.store(true, ordering: .relaxed)
        for number in [SIGTERM, SIGINT] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { stopSignal = $0 }
            action.sa_flags = Int32(truncatingIfNeeded: Int64(SA_RESTART) | Int64(SA_RESETHAND))
            sigaction(number, &action, nil)
        }
    }

    /// A signal asks for the end, and does not end the process.
    static var isAwaited: Bool { isBeingAwaited.load(ordering: .relaxed) }

    private static let isBeingAwaited = Atomic(false)

    /// The signal that came; 0 while none did.
    static var number: Int32 { stopSignal }
}

// Written by a handler that may run at any instruction, in one store of a machine word; read by threads that ask again.
nonisolated(unsafe) private var stopSignal: Int32 = 0

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

// The case under way, for the handler of signals, which may run at any instruction.
nonisolated(unsafe) private var currentCase = 0

/// Names the case of a fuzzing program that a signal ends, or that takes more than 20 s.
public enum CaseWatch {
    /// Installs the handlers.
    public static func begin() {
        for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGALRM] {
            signal(number) { number in
                var digits = [UInt8](repeating: 0x30, count: 12)
                var rest = currentCase
                for place in digits.indices.reversed() {
                    digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                let front: StaticString = number == SIGALRM ? "\nhang in case " : "\ncrash in case "
                write(2, front.utf8Start, front.utf8CodeUnitCount)
                write(2, digits, digits.count)
                write(2, "\n", 1)
                _exit(1)
            }
        }
    }

    /// A case begins.
    public static func start(_ number: Int) {
        currentCase = number
        alarm(20)
    }

    /// No case is under way any more.
    public static func end() { alarm(0) }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why a worker gave no answer.
public enum End: Error, Sendable, Hashable {
    /// The process ended by a signal.
    case signal(Int32)
    case exit(Int32)
    /// Seconds on the clock without an answer.
    case time(Int)
    /// Seconds of a processor without an answer.
    case processorTime(Int)
    /// More bytes came than an answer may have.
    case tooLong
    /// What came was no answer to what was asked.
    case nonsense
    /// The system refused to start a process; number of the error.
    case notStarted(Int32)
    case cancelled
    /// The process is gone and nobody knows how.
    case gone

    /// As in "the process that read it ended (signal 11, Segmentation fault)".
    public var words: String {
        switch self {
        case .signal(let number): "signal \(number), \(strsignal(number).map { String(cString: $0) } ?? "unknown")"
        case .exit(let status): "exit \(status)"
        case .time(let seconds): "no answer within \(seconds) s"
        case .processorTime(let seconds): "no answer within \(seconds) s of processor time"
        case .tooLong: "its answer was longer than \(Frame.mostAnswer >> 20) MiB"
        case .nonsense: "its answer could not be read"
        case .notStarted(let code): "no process could be started: \(String(cString: strerror(code)))"
        case .cancelled: "it was cancelled"
        case .gone: "the process is gone"
        }
    }

    /// Another try may end otherwise; the limit of processor time does not depend on the load of the machine.
    var isWorthAnotherTry: Bool {
        switch self {
        case .processorTime, .cancelled, .tooLong, .notStarted: false
        default: true
        }
    }
}

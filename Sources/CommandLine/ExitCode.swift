// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// How the program ends.
///
/// - Source: reports.md section 1.
public enum ExitCode: Int32, Sendable, Hashable {
    /// Everything was checked and nothing is at or above the fail level.
    case fine = 0
    /// Findings at or above the fail level.
    case findings = 1
    /// Wrong usage or configuration; nothing was checked.
    case usage = 2
    /// At least one input could not be read or finished.
    case unreadable = 3
    /// An input is incomplete or still being written.
    case incomplete = 4
    /// Our mistake.
    case defect = 70
    case interrupted = 130
    case terminated = 143

    /// Wrong usage ends with 2, whatever else we could not do with 3.
    init(_ failure: Failure) { self = failure.code == .usage ? .usage : .unreadable }

    /// The code of a run over several inputs: what ended it from outside, then 2 before 3 before 1 before 4 before 0.
    public static func combined(_ codes: some Sequence<ExitCode>) -> ExitCode {
        let given = Set(codes)
        return [.defect, .interrupted, .terminated, .usage, .unreadable, .findings, .incomplete].first {
            given.contains($0)
        } ?? .fine
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Glibc
import Report
import RuleEngine
import Transport

/// `imprimatur compare`: two descriptions of one experiment.
enum CompareVerb {
    static func run(_ call: Invocation) -> ExitCode {
        if let code = GuardedReading.begin(call.operands) { return code }
        let comparison = FileComparison(call.operands[0], call.operands[1], settings: CheckArguments.reading(call))
        GuardedReading.end()
        let failures = comparison.first.failures + comparison.second.failures
        for failure in failures {
            StandardStream.complain(failure.line)
        }
        if call.has("json") {
            StandardStream.write(ComparisonReport.json(comparison), to: STDOUT_FILENO)
        } else if !comparison.pairs.isEmpty {
            StandardStream.write(ComparisonReport.text(comparison, width: Terminal.current().width), to: STDOUT_FILENO)
        }
        if comparison.pairs.isEmpty || !failures.isEmpty { return .unreadable }
        if comparison.differenceCount > 0 { return .findings }
        return comparison.isComplete ? .fine : .unreadable
    }
}

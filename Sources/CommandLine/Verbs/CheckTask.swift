// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Transport
import Workers

/// `check` of one file.
struct CheckTask: FileTask {
    let check: FileCheck

    init(_ arguments: CheckArguments) { check = FileCheck(arguments.settings) }

    init(_ call: Invocation) throws(Failure) { self.init(try CheckArguments(call)) }

    func answer(on names: [String]) -> FileReport { check.check(names) }

    func answer(on names: [String], endedBy end: End) -> FileReport {
        check.reportReaderEnd(names.first ?? "", end.words)
    }
}

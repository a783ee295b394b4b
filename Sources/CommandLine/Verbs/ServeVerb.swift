// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Report
import Transport

/// `imprimatur serve`: checks files for other programs, as long as they ask.
enum ServeVerb {
    static func run(_ call: Invocation) -> ExitCode {
        guard call.has(.lines) else {
            return StandardStream.refuse(
                "it is not said how requests come", "add --lines: one request a line on standard input")
        }
        do throws(Failure) {
            let checks = try WarmChecks(call, format: JSONLinesReport.self)
            return LineService(checks, workers: call[.workers] ?? PlainThreads.processors).run()
        } catch {
            return StandardStream.tell(error)
        }
    }
}

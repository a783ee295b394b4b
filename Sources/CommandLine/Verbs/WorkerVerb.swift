// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Workers

/// `imprimatur worker`: the same program as another process that reads files for it; no verb for people.
enum WorkerVerb {
    static func run(_ entries: [VerbEntry]) -> ExitCode {
        guard Serving.isCalled else {
            return StandardStream.refuse("'\(Launch.word)' is for this program itself, which starts it", "")
        }
        Serving.run { duty($0, entries, $1) }
    }

    private static func duty(_ task: [UInt8], _ entries: [VerbEntry], _ program: Serving.Asking) -> Serving.Duty? {
        if task == ForeignLibrary.task { return ForeignLibrary.duty }
        let foreign = ForeignLibrary.reader(behind: program)
        guard let call = VerbTask.call(task, entries: entries, foreign: foreign) else { return nil }
        switch call.verb.name {
        case "check": return (try? CheckTask(call))?.duty(readable: everything)
        case "inspect": return InspectTask(call)?.duty(readable: everything)
        case "compare": return CompareTask(call).duty(readable: everything)
        case "describe": return (try? DescribeTask(call))?.duty(readable: everything)
        case "doctor": return Serving.Duty(readable: everything) { _, _ in [] }
        default: return nil
        }
    }

    /// Inputs are opened by name, with the names that they hold.
    private static let everything = ["/"]
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import ImgCIF
import Transport
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
        let opener = RemoteOpener(program)
        guard let call = VerbTask.call(task, entries: entries, foreign: foreign, opener: opener) else { return nil }
        let rules = call.values["rules"] ?? []
        switch call.verb.name {
        case "check":
            return (try? CheckTask(call)).map {
                $0.duty(readable: rules + [WriterLocks.path] + $0.check.settings.reading.files, receive: opener.receive)
            }
        case "audit run":
            return (try? AuditArguments(call)).map { arguments in
                AuditTask(arguments).duty(
                    readable: rules + [WriterLocks.path] + arguments.settings.reading.files, limits: arguments.limits,
                    receive: opener.receive)
            }
        case "inspect" where PictureOptions.isAsked(by: call):
            return PictureTask(call)?.duty(readable: [], receive: opener.receive)
        case "inspect": return InspectTask(call)?.duty(readable: [], receive: opener.receive)
        case "compare": return (try? CompareTask(call))?.duty(readable: [], receive: opener.receive)
        case "describe": return (try? DescribeTask(call))?.duty(readable: rules, receive: opener.receive)
        case "doctor": return Serving.Duty(readable: rules, loadsLibraries: true) { _, _ in [] }
        default: return nil
        }
    }
}

extension ReadingSettings {
    /// Files and folders of the user that are opened by name while an input is read: definitions, and a dictionary with
    /// what it imports from beside it. Inputs and what they name are opened by the program.
    fileprivate var files: [String] {
        let folder = dictionaries?.file.map { Name($0).folder.text }
        return definitions.filter { $0.contains("/") } + [folder].compactMap { $0 }.map { $0.isEmpty ? "." : $0 }
    }
}

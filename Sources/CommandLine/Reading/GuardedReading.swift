// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Frames
import Transport
import Workers

/// The one way in which verbs read their inputs: in this process under its guard, or in workers.
struct GuardedReading {
    private let place: ReadingPlace
    private let earlierEnd: End?
    /// Files are read in this process, so that nothing may be printed before all are read.
    let isHere: Bool

    /// - Parameters:
    ///   - isIsolating: Files are read in workers; else they are when this process was started again.
    ///   - rules: The folder that the program found, for the worker.
    ///   - network: Asks servers; nil where the run does not use the network.
    init(_ call: Invocation, isIsolating: Bool, rules: RulesFolder? = nil, network: (any Network)? = nil) {
        var limits = WorkerLimits()
        // A server that is slow keeps to limits of its own.
        if network != nil { limits.seconds = 3_600 }
        if call.verb.name == "check",
            [.sample, .all].contains(FrameOptions(call).sampling) || call.has(.sub) || call.has(.local)
        {
            limits.seconds = max(limits.seconds, 900)
        }
        // A list of names from a pipe would not come a second time.
        let cannotStartAgain = call.operands.contains { $0 == "-" || $0.hasPrefix("@") }
        isHere = !(isIsolating || CrashGuard.isIsolating || cannotStartAgain)
        earlierEnd = isIsolating ? nil : CrashGuard.earlierEnd
        if isHere {
            place = .here
            CrashGuard.install(arguments: Executable.words, limits: limits)
        } else {
            let following = call[.follow] ?? .dataset
            // A group of other verbs holds several inputs.
            let areInputs = call.verb.name == "check"
            let foreign = call.surroundings.reply
            // What is no substitute was refused before.
            let substitutes = areInputs ? (try? LocationOptions(call).substitutes) ?? Substitutes() : Substitutes()
            place = .workers(
                WorkerPool(limits: limits), task: VerbTask.bytes(call, rules: rules),
                attend: {
                    Doorkeeper(
                        $0, follow: following, areInputs: areInputs, substitutes: substitutes, network: network,
                        foreign: foreign)
                })
        }
    }

    /// Hands over what comes of each group of files, until somebody asks for the end of the run.
    func read<Task: FileTask>(_ groups: [[String]], by task: Task, each: (Int, Task.Answer) -> Void) {
        guard let earlierEnd else {
            var number = 0
            // What a signal ended says nothing of a file.
            let wanted = groups.lazy.prefix { _ in Interruption.asked == nil }
            task.read(wanted, at: place) { _, answer in
                guard Interruption.asked == nil else { return }
                each(number, answer)
                number += 1
            }
            return
        }
        for (number, names) in groups.enumerated() { each(number, task.answer(on: names, endedBy: earlierEnd)) }
    }
}

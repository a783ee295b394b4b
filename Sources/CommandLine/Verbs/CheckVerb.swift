// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import RuleCatalog
import RuleEngine
import Transport

/// `imprimatur check`: inputs to reports and an exit code.
enum CheckVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do {
            run(call, try CheckArguments(call))
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func run(_ call: Invocation, _ arguments: CheckArguments) -> Never {
        let isIsolating = call.has(.isolate) || arguments.inputs.count != 1
        let reading = GuardedReading(call, isIsolating: isIsolating, rules: arguments.rules)
        let task = CheckTask(arguments)
        var leavings = Leavings(isGathered: reading.isHere)
        var outputs = arguments.outputs
        var summary = RunEnd()
        var codes: [ExitCode] = []
        var met = Set<Int>()
        reading.read(arguments.inputs.map { [$0.path] }, by: task) { number, file in
            // Files met in folders that are no diffraction data are passed over.
            if arguments.inputs[number].isFound, file.status == .skipped { return }
            summary.add(file.status)
            met.formUnion(file.answersMet)
            codes += CheckVerb.codes(of: file, exitZero: arguments.exitZero)
            for failure in file.failures where !arguments.showsFailures {
                leavings.complain(failure.line)
            }
            for index in outputs.indices { leavings.report(outputs[index].take(.file(file))) }
        }
        for index in outputs.indices { leavings.report(outputs[index].take(.end(summary))) }
        if summary.total == summary[.skipped] { codes.append(.unreadable) }
        for (index, answer) in arguments.settings.answers.enumerated() where !met.contains(index) {
            let place = answer.place.map { " at \($0)" } ?? ""
            leavings.complain("the answer to \(answer.rule)\(place) meets no finding")
        }
        leavings.leave(ExitCode.combined(codes), files: outputs.compactMap(\.file))
    }

    private static func codes(of file: FileReport, exitZero: Bool) -> [ExitCode] {
        var codes: [ExitCode] = []
        if file.isUnread || file.status == .indeterminate || file.status == .skipped { codes.append(.unreadable) }
        if file.isFailing, !exitZero { codes.append(.findings) }
        if file.isIncomplete, !exitZero { codes.append(.incomplete) }
        return codes
    }
}

/// Where a report goes: standard output as it comes, or a file at the end.
struct ReportOutput {
    private var format: any ReportFormat
    private let head: RunHead
    /// nil for standard output.
    private let path: String?
    private var held: [UInt8] = []
    private var hasBegun = false

    init(_ format: any ReportFormat, _ head: RunHead, path: String?) {
        self.format = format
        self.head = head
        self.path = path
    }

    /// The file to be written in the end.
    var file: (path: String, bytes: [UInt8])? { path.map { ($0, held) } }

    /// Takes what is known of a file, or the end of the run, and gives what goes to standard output now.
    mutating func take(_ event: ReportEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        if !hasBegun { format.take(.run(head), &bytes) }
        hasBegun = true
        format.take(event, &bytes)
        guard path != nil else { return bytes }
        held += bytes
        return []
    }
}

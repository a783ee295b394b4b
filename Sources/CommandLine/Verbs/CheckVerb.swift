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
            let arguments = try CheckArguments(call)
            var outputs = arguments.outputs
            try ReportOutput.open(&outputs, reading: arguments.inputs.map(\.path) + arguments.otherFiles)
            run(call, arguments, outputs)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func run(_ call: Invocation, _ arguments: CheckArguments, _ outputs: [ReportOutput]) -> Never {
        let isIsolating = call.has(.isolate) || arguments.inputs.count != 1
        let reading = GuardedReading(
            call, isIsolating: isIsolating, rules: arguments.rules,
            network: arguments.settings.reading.remote)
        let task = CheckTask(arguments)
        var leavings = Leavings(isGathered: reading.isHere)
        var outputs = outputs
        var summary = RunEnd()
        summary.passedOver = arguments.passedOver
        var codes: [ExitCode] = []
        var met = Set<Int>()
        var series = SeriesCheck(arguments.settings)
        func take(_ file: FileReport) {
            summary.add(file.status)
            met.formUnion(file.answersMet)
            codes += CheckVerb.codes(of: file, exitZero: arguments.exitZero)
            for failure in file.failures where !arguments.showsFailures {
                let name = file.path.isEmpty ? "''" : file.path
                leavings.complain("\(name): \(failure.line(in: file.path))")
            }
            tell(.file(file))
        }
        func tell(_ event: ReportEvent) {
            for index in outputs.indices {
                leavings.report(outputs[index].take(event))
                if !reading.isHere { outputs[index].pass() }
            }
        }
        for input in arguments.inputs {
            if let trouble = input.trouble { take(task.check.report(trouble, on: input.path)) }
        }
        let inputs = arguments.inputs.filter { $0.trouble == nil }
        var files = FilesOfRun(task.check, inputs: inputs.count)
        func settle(_ fate: FilesOfRun.Fate) {
            switch fate {
            case .told(let file): take(file)
            case .passedOver(let kind): summary.passedOver[kind, default: 0] += 1
            }
        }
        reading.read(inputs.map(\.words), by: task) { number, file in
            series.note(file)
            if let fate = files.take(file, isFound: inputs[number].isFound) { settle(fate) }
        }
        for fate in files.finish() { settle(fate) }
        for file in series.reports() { take(file) }
        tell(.end(summary))
        if summary.total == summary[.skipped] { codes.append(.unreadable) }
        for (index, answer) in arguments.settings.answers.enumerated() where !met.contains(index) {
            let place = answer.place.map { " at \($0)" } ?? ""
            leavings.complain("the answer to \(answer.rule)\(place) meets no finding")
        }
        leavings.leave(ExitCode.combined(codes), files: outputs.compactMap(\.file))
    }

    /// What one report means for the code of the run.
    static func codes(of file: FileReport, exitZero: Bool) -> [ExitCode] {
        var codes: [ExitCode] = []
        if file.status == .skipped, file.hasMasterInRun { return [] }
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
    let path: String?
    private var output = Output.standard
    private var held: [UInt8] = []
    private var hasBegun = false

    init(_ format: any ReportFormat, _ head: RunHead, path: String?) {
        self.format = format
        self.head = head
        self.path = path
    }

    /// Opens the files of all reports, before the first input is read: none of them an input, or diffraction data.
    static func open(_ outputs: inout [ReportOutput], reading names: [String]) throws(Failure) {
        guard outputs.contains(where: { $0.path != nil }) else { return }
        let keys = Set(names.compactMap { Identity.of(Name($0))?.key })
        for (index, output) in try Output.several(outputs.map(\.path), inputs: keys).enumerated() {
            outputs[index].output = output
        }
    }

    /// The file to be written in the end.
    var file: (output: Output, bytes: [UInt8])? {
        guard case .file = output else { return nil }
        return (output, held)
    }

    /// Passes on to the file what is held, while no run can start again; an error is told when the file is ended.
    mutating func pass() {
        guard case .file = output else { return }
        try? output.write(held)
        held.removeAll(keepingCapacity: true)
    }

    /// Takes what is known of a file, or the end of the run, and gives what goes to standard output now.
    mutating func take(_ event: ReportEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        if !hasBegun { format.take(.run(head), &bytes) }
        hasBegun = true
        format.take(event, &bytes)
        guard case .file = output else { return bytes }
        held += bytes
        return []
    }
}

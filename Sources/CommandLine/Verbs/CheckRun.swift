// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import RuleEngine
import Transport
import Workers

/// One run of `check`: reports on files are taken as they come and passed on to every output; in the end the process ends.
final class CheckRun {
    private let call: Invocation
    private let arguments: CheckArguments
    private let reading: GuardedReading
    private let task: CheckTask
    private let progress: ProgressLine
    /// Where the known findings of the run go.
    private let draft: Output?
    private var known: KnownFindings
    private var outputs: [ReportOutput]
    private var leavings: Leavings
    private var summary = RunEnd()
    private var codes: [ExitCode] = []
    /// Answers that met a finding.
    private var met = Set<Int>()

    init(
        _ call: Invocation, _ arguments: CheckArguments, _ outputs: [ReportOutput], _ known: KnownFindings,
        _ draft: Output?, _ reading: GuardedReading
    ) {
        self.call = call
        self.arguments = arguments
        self.reading = reading
        self.known = known
        self.draft = draft
        self.outputs = outputs
        task = CheckTask(arguments)
        leavings = Leavings(isGathered: reading.isHere)
        progress = ProgressLine(isWanted: !call.has(.quiet) && !reading.isHere && arguments.inputs.count > 1)
        summary.passedOver = arguments.passedOver
    }

    /// Reads every input, reports, and ends the process.
    func run() -> Never {
        if !reading.isHere { Interruption.listen() }
        for input in arguments.inputs {
            if let trouble = input.trouble { take(task.check.report(trouble, on: input.path)) }
        }
        let inputs = arguments.inputs.filter { $0.trouble == nil }
        var files = FilesOfRun(task.check, inputs: inputs.count)
        var series = SeriesCheck(arguments.settings)
        var count = arguments.inputs.count - inputs.count
        progress.begin(files: arguments.inputs.count, bytes: 0)
        reading.read(inputs.map(\.words), by: task) { number, file in
            count += 1
            series.note(file)
            if let fate = files.take(file, isFound: inputs[number].isFound) { settle(fate) }
            progress.done()
            progress.step()
        }
        progress.end()
        for fate in files.finish() { settle(fate) }
        for file in series.reports() { take(file) }
        end(after: count)
    }

    private func settle(_ fate: FilesOfRun.Fate) {
        switch fate {
        case .told(let file): take(file)
        case .passedOver(let kind): summary.passedOver[kind, default: 0] += 1
        }
    }

    private func take(_ report: FileReport) {
        var file = report
        known.mark(&file)
        summary.add(file.status)
        met.formUnion(file.answersMet)
        codes += CheckVerb.codes(of: file, exitZero: arguments.exitZero)
        for failure in file.failures where !arguments.showsFailures {
            let name = file.path.isEmpty ? "''" : file.path
            complain("\(name): \(failure.line(in: file.path))")
        }
        tell(.file(file))
    }

    private func complain(_ line: String) {
        progress.end()
        leavings.complain(line)
    }

    private func tell(_ event: ReportEvent) {
        for index in outputs.indices {
            let bytes = outputs[index].take(event)
            if !bytes.isEmpty { progress.end() }
            leavings.report(bytes)
            if !reading.isHere { outputs[index].pass() }
        }
    }

    private func end(after count: Int) -> Never {
        let signal = Interruption.asked
        if signal != nil, count < arguments.inputs.count {
            let text = "ended after \(count) of \(arguments.inputs.count) inputs"
            summary.interruptedOf = arguments.inputs.count
            summary.notes.append(RunNote(.interrupted, text))
            leavings.complain(text + "; the reports hold what was looked at")
        }
        let isWhole = summary.interruptedOf == nil
        if isWhole {
            summary.notes += known.mended
            let notes = Answers.notes(
                on: arguments.settings.answers, met: met, today: arguments.settings.today)
            for note in notes { leavings.complain(note.text) }
            summary.notes += notes
            noteSubstitutes()
        }
        tell(.end(summary))
        if summary.total == summary[.skipped] { codes.append(.unreadable) }
        var files = outputs.compactMap(\.file)
        if let draft, let written = known.written {
            if isWhole {
                files.append((draft, written.bytes))
                leavings.complain(
                    "the baseline holds \(written.count) \(written.count == 1 ? "finding" : "findings")")
            } else {
                leavings.complain("no baseline is written")
            }
        }
        var code = ExitCode.combined(codes)
        if let signal, !isWhole { code = signal == Self.terminate ? .terminated : .interrupted }
        leavings.leave(code, files: files)
    }

    /// Paths that stood for nothing were meant for frames that were not looked at.
    private func noteSubstitutes() {
        let substitutes = arguments.settings.reading.substitutes
        for text in substitutes.uses.unmet(of: substitutes, hasUnread: codes.contains(.unreadable)) {
            leavings.complain(text)
            summary.notes.append(RunNote(.substituteUnmet, text))
            codes.append(.unreadable)
        }
    }

    /// SIGTERM.
    private static let terminate: Int32 = 15
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import JSON
import Report
import RuleCatalog
import RuleEngine
import Transport
import Workers

/// `imprimatur check`: inputs to reports and an exit code.
enum CheckVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let call = try configured(call)
            let arguments = try CheckArguments(call)
            var outputs = arguments.outputs
            if let summary = try CheckArguments.summaryOfStep(call, arguments.head) { outputs.append(summary) }
            let known = try KnownFindings(call, arguments.head)
            let names = arguments.inputs.map(\.path) + arguments.otherFiles
            let draft = try ReportOutput.open(&outputs, and: known.draftPath, reading: names, keeping: call[.baseline])
            let reading = GuardedReading(
                call.telling(.exhibited, Array(arguments.settings.exhibited ?? []).sorted()),
                isIsolating: call.has(.isolate) || arguments.inputs.count != 1, rules: arguments.rules,
                network: arguments.settings.reading.remote)
            CheckRun(call, arguments, outputs, known, draft, reading).run()
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// The call with the settings of its configuration, which is named.
    private static func configured(_ call: Invocation) throws(Failure) -> Invocation {
        do throws(ConfigurationFault) {
            let (configured, configuration, complaint) = try call.configured()
            if let complaint { StandardStream.complain(complaint) }
            if let file = configuration.files.first, !call.has(.quiet) {
                StandardStream.complain("settings of '\(file)'")
            }
            return configured
        } catch {
            throw Failure(usage: error.description, remedy: "see docs/guide/configuration.md")
        }
    }

    /// What one report means for the code of the run.
    static func codes(of file: FileReport, exitZero: Bool) -> [ExitCode] {
        var codes: [ExitCode] = []
        if file.status == .skipped, file.hasMasterInRun { return [] }
        if file.isUnjudged { codes.append(.unreadable) }
        if file.isFailing, !exitZero { codes.append(.findings) }
        if file.isIncomplete, !exitZero { codes.append(.incomplete) }
        return codes
    }
}

/// The findings that a run knows of, and those that it is to write down as known.
struct KnownFindings {
    private var baseline: Baseline?
    private var draft: Baseline.Draft?
    /// Where they are to be written.
    let draftPath: String?
    private let head: RunHead

    init(_ call: Invocation, _ head: RunHead) throws(Failure) {
        self.head = head
        draftPath = call[.writeBaseline]
        if let path = draftPath { try Self.checkReplaceable(path) }
        draft = draftPath.map { Baseline.Draft(path: Name($0), head) }
        guard let path = call[.baseline] else { return }
        guard let bytes = call.surroundings.text(path) else {
            throw Failure(
                usage: "the baseline '\(path)' cannot be read",
                remedy: "check its name, or write one with --write-baseline")
        }
        do throws(ConfigurationFault) {
            baseline = try Baseline(bytes, path: Name(path), rules: catalogue.map(\.id))
        } catch {
            throw Failure(usage: error.description, remedy: "write it anew with --write-baseline")
        }
    }

    /// Refuses to write a baseline over anything else.
    private static func checkReplaceable(_ path: String) throws(Failure) {
        guard Folder.working.kind(behind: Name(path)) == .file, let bytes = FileBytes.read(path), !bytes.isEmpty else {
            return
        }
        if let text = try? SettingsText(bytes, source: path), text.value["findings"] != nil { return }
        throw Failure(
            attempt: "write", subject: path, code: .usage, words: "there is such a file, and it is no baseline",
            remedy: "name another file")
    }

    /// Marks the findings of a file that are known.
    mutating func mark(_ report: inout FileReport) {
        baseline?.mark(&report, head)
        draft?.take(&report)
    }

    var mended: [RunNote] { baseline?.mended ?? [] }

    /// The text of the new baseline, and the number of findings in it.
    var written: (bytes: [UInt8], count: Int)? { draft.map { ($0.bytes, $0.count) } }
}

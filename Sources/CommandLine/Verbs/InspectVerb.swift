// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Glibc
import JSON
import Report
import RuleEngine
import Transport

/// `imprimatur inspect`: what files describe, without a verdict.
enum InspectVerb {
    static func run(_ call: Invocation) -> ExitCode {
        let list = InputList(entersFolders: call.has("recursive"), isNullSeparated: call.has("from0"))
        let inputs: [Input]
        do {
            inputs = try list.files(call.operands)
        } catch {
            return StandardStream.tell(error)
        }
        let isIsolating = call.has("isolate") || inputs.count != 1 || CrashGuard.isIsolating
        let limits = WorkerLimits()
        if !isIsolating { CrashGuard.install(arguments: Swift.CommandLine.arguments, limits: limits) }
        guard let form = InspectionPage.Form(call) else {
            return StandardStream.refuse(
                "--json and --format do not go with one another, and --format goes with --table",
                "see 'imprimatur inspect --help'")
        }
        let page = InspectionPage(reading: CheckArguments.reading(call), form: form, width: Terminal.current().width)
        var isolation = Isolation(limits: limits)
        var code = ExitCode.fine
        for (index, input) in inputs.enumerated() {
            guard let answer = isIsolating ? isolated(input.path, page, &isolation) : page.answer(on: input.path) else {
                code = .unreadable
                continue
            }
            if !isIsolating { CrashGuard.remove() }
            if input.isFound, answer.isPassedOver { continue }
            if index > 0, page.form != .json { StandardStream.report("\n") }
            StandardStream.report(answer.output)
            for line in answer.complaints { StandardStream.complain(line) }
            if !answer.complaints.isEmpty { code = .unreadable }
        }
        return code
    }

    private static func isolated(_ path: String, _ page: InspectionPage, _ isolation: inout Isolation) -> InspectionPage
        .Answer?
    {
        switch isolation.ask(path, { page.answer(on: $0).bytes }) {
        case .answer(let bytes): return InspectionPage.Answer(bytes)
        case .ended(let words):
            StandardStream.complain("cannot read '\(path)': the process that read it ended (\(words))")
            return nil
        }
    }
}

/// The page of one file, made in this process or in a worker.
struct InspectionPage {
    let reading: ReadingSettings
    let form: Form
    let width: Int

    /// What is printed.
    enum Form: Hashable {
        case facts, json
        case rawData(RawDataReport.Form)

        /// Nil when options contradict one another.
        init?(_ call: Invocation) {
            switch (call.has("json"), call.value("table"), call.value("format")) {
            case (true, nil, nil): self = .json
            case (false, nil, nil): self = .facts
            case (false, _?, let form): self = .rawData(form.flatMap(RawDataReport.Form.init(rawValue:)) ?? .text)
            default: return nil
            }
        }
    }

    /// What is printed about one file.
    struct Answer {
        let output: String
        /// Failures, for standard error.
        let complaints: [String]
        /// The file is no diffraction data.
        let isPassedOver: Bool

        init(output: String, complaints: [String], isPassedOver: Bool) {
            self.output = output
            self.complaints = complaints
            self.isPassedOver = isPassedOver
        }

        /// From what a worker sent.
        init?(_ bytes: [UInt8]) {
            guard let value = try? JSONReader.read(bytes), let output = value["output"]?.string else { return nil }
            self.output = output
            complaints = value["complaints"]?.elements?.compactMap(\.string) ?? []
            isPassedOver = value["isPassedOver"]?.bool ?? false
        }

        /// For the way from a worker to its parent.
        var bytes: [UInt8] {
            var json = JSONWriter(.compact)
            json.object { json in
                json.member("output", output)
                json.array("complaints") { json in for line in complaints { json.string(line) } }
                json.member("isPassedOver", isPassedOver)
            }
            return json.finish()
        }
    }

    func answer(on path: String) -> Answer {
        let inspection = Inspection(path, settings: reading)
        let bytes: [UInt8] =
            switch form {
            case .json: InspectionReport.json(inspection)
            case .facts: InspectionReport.text(inspection, width: width)
            case .rawData(let form): RawDataReport.text(inspection, form: form, width: width)
            }
        return Answer(
            output: String(decoding: bytes, as: UTF8.self),
            complaints: inspection.failures.map { $0.line },
            isPassedOver: inspection.experiments.isEmpty && [.unknown, .smv, .tiff].contains(inspection.kind))
    }
}

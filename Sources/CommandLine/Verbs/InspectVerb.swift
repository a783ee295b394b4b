// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Report
import RuleEngine
import Transport
import Workers

/// `imprimatur inspect`: what files describe, without a verdict.
enum InspectVerb {
    static func run(_ call: Invocation) -> ExitCode {
        if PictureOptions.isAsked(by: call) { return PictureVerb.run(call) }
        var inputs: [Input]
        do {
            inputs = try InputOptions(call).files
        } catch {
            return StandardStream.tell(error)
        }
        guard let task = InspectTask(call) else {
            return StandardStream.refuse(
                "--json, --format and --layout do not go with one another, and --format and --no-sources go with --table",
                "see 'imprimatur inspect --help'")
        }
        let reading = GuardedReading(call, isIsolating: call.has(.isolate) || inputs.count != 1)
        var leavings = Leavings(isGathered: reading.isHere)
        var code = ExitCode.fine
        for trouble in inputs.compactMap(\.trouble) {
            leavings.complain(trouble.line)
            code = .unreadable
        }
        inputs.removeAll { $0.trouble != nil }
        reading.read(inputs.map(\.words), by: task) { number, page in
            if inputs[number].isFound, page.isPassedOver { return }
            if number > 0, task.form != .json { leavings.report("\n") }
            leavings.report(page.output)
            for line in page.complaints { leavings.complain(line) }
            if page.code != .fine { code = page.code }
            // A file that somebody names is to be read.
            if page.isPassedOver, code == .fine { code = .unreadable }
        }
        leavings.leave(code)
    }
}

/// The page of one file.
struct InspectTask: FileTask {
    let form: Form
    private let settings: ReadingSettings
    private let width: Int
    private let showsSources: Bool

    /// What is printed.
    enum Form: Hashable {
        case facts, json, layout
        case rawData(RawDataReport.Form)

        /// Nil when options contradict one another.
        init?(_ call: Invocation) {
            if call.has(.layout) {
                guard !call.has(.jsonOfFiles), call[.table] == nil, call[.tableForm] == nil else { return nil }
                self = .layout
                return
            }
            switch (call.has(.jsonOfFiles), call[.table], call[.tableForm]) {
            case (true, nil, nil): self = .json
            case (false, nil, nil): self = .facts
            case (false, .rawData?, let form): self = .rawData(form ?? .text)
            default: return nil
            }
        }
    }

    init?(_ call: Invocation) {
        guard let form = Form(call) else { return nil }
        self.form = form
        settings = ReadingOptions(call).settings
        showsSources = !call.has(.noSources)
        if !showsSources, case .facts = form { return nil }
        if !showsSources, form == .json || form == .layout { return nil }
        width = call.surroundings.terminal.width
    }

    func answer(on names: [String]) -> Page { page(of: Inspection(names, settings: settings)) }

    func answer(on names: [String], endedBy end: End) -> Page {
        page(of: Inspection(names.first ?? "", endedBy: end.words))
    }

    private func page(of inspection: Inspection) -> Page {
        var page = Page(code: inspection.failures.isEmpty ? .fine : .unreadable)
        switch form {
        case .json: page.output = InspectionReport.json(inspection)
        case .facts: page.output = InspectionReport.text(inspection, width: width)
        case .layout: page.output = InspectionReport.layout(inspection, width: width)
        case .rawData(let form):
            page.output = RawDataReport.text(inspection, form: form, width: width, showsSources: showsSources)
        }
        page.complaints = inspection.failures.map(\.line)
        page.isPassedOver = inspection.experiments.isEmpty && [.unknown, .smv, .tiff].contains(inspection.kind)
        return page
    }
}

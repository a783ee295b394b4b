// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Report
import RuleEngine
import Transport
import Workers

/// `imprimatur compare`: two descriptions of one experiment.
enum CompareVerb {
    static func run(_ call: Invocation) -> ExitCode {
        let task: CompareTask
        do throws(Failure) { task = try CompareTask(call) } catch { return StandardStream.tell(error) }
        let reading = GuardedReading(call, isIsolating: false)
        var leavings = Leavings(isGathered: reading.isHere)
        var code = ExitCode.unreadable
        reading.read([call.operands], by: task) { _, page in
            leavings.take(page)
            code = page.code
        }
        let substitutes = task.settings.substitutes
        for text in substitutes.uses.unmet(of: substitutes, hasUnread: code == .unreadable) {
            leavings.complain(text)
            code = ExitCode.combined([code, .unreadable])
        }
        leavings.leave(code)
    }
}

/// Two files, read and set side by side.
struct CompareTask: FileTask {
    fileprivate let settings: ReadingSettings
    private let isForPrograms: Bool
    private let width: Int

    init(_ call: Invocation) throws(Failure) {
        var settings = ReadingOptions(call).settings
        settings.frames = FrameOptions(call).sampling
        settings.substitutes = try LocationOptions(call).substitutes
        self.settings = settings
        isForPrograms = call.has(.jsonOfAll)
        width = call.surroundings.terminal.width
    }

    func answer(on names: [String]) -> Page {
        guard names.count == 2 else { return Page(code: .usage) }
        let comparison = FileComparison(names[0], names[1], settings: settings)
        let failures = comparison.first.failures + comparison.second.failures
        var page = Page(code: code(of: comparison, hasFailures: !failures.isEmpty))
        page.complaints = failures.map(\.line)
        if isForPrograms {
            page.output = ComparisonReport.json(comparison)
        } else if !comparison.pairs.isEmpty {
            page.output = ComparisonReport.text(comparison, width: width)
        }
        return page
    }

    func answer(on names: [String], endedBy end: End) -> Page { Page(unread: names, end) }

    private func code(of comparison: FileComparison, hasFailures: Bool) -> ExitCode {
        if comparison.pairs.isEmpty || hasFailures { return .unreadable }
        if comparison.differenceCount > 0 { return .findings }
        return comparison.isComplete ? .fine : .unreadable
    }
}

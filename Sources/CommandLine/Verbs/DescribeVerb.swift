// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import RuleEngine
import Transport
import Workers

/// `imprimatur describe`: images, a master file or an experiment list to an imgCIF description.
enum DescribeVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            // What is wrong with the options is told before a file is looked for.
            _ = try DescribeTask.request(call)
            let names = try names(call)
            let task = try DescribeTask(call)
            let keys = Set(names.compactMap { Identity.of(Name($0))?.key })
            let output = try Output(call[.description], inputs: keys, replaces: call.has(.force))
            let reading = GuardedReading(call, isIsolating: false, rules: task.rules)
            var leavings = Leavings(isGathered: reading.isHere)
            var files: [(output: Output, bytes: [UInt8])] = []
            var code = ExitCode.unreadable
            reading.read([names], by: task) { _, page in
                var page = page
                // An unreadable file among others does not keep the others from being described.
                if !page.output.isEmpty, case .file = output {
                    files = [(output, page.output)]
                    page.output = []
                }
                leavings.take(page)
                code = page.code
            }
            leavings.leave(code, files: files)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func names(_ call: Invocation) throws(Failure) -> [String] {
        let inputs = try InputOptions(call).files
        // All of them are needed: one that cannot be looked at ends the verb.
        if let trouble = inputs.lazy.compactMap(\.trouble).first { throw trouble }
        return inputs.map(\.path)
    }
}

/// Images, a master file or an experiment list, read and described.
struct DescribeTask: FileTask {
    let rules: RulesFolder
    private let request: DescriptionRun.Request
    private let settings: ReadingSettings
    private let allowsFindings: Bool

    init(_ call: Invocation) throws(Failure) {
        request = try Self.request(call)
        rules = try RulesOptions(call).folder
        settings = ReadingOptions(call).settings
        allowsFindings = call.has(.allowFindings)
    }

    func answer(on names: [String]) -> Page {
        do {
            let run = try DescriptionRun(names, request: request, settings: settings, rules: rules)
            var page = Page(code: run.failures.isEmpty ? .fine : .unreadable)
            page.complaints = run.failures.map(\.line)
            page.complaints += run.findings.map { "Own check: \($0.level) \($0.rule) \($0.message)" }
            page.complaints += run.notes
            if run.findings.contains(where: { $0.level == .A }), !allowsFindings {
                page.code = .findings
                page.complaints.append(
                    "nothing is written: what was to be written has findings of level A; mend them by options, or add "
                        + "--allow-findings")
                return page
            }
            page.output = Array(run.text.utf8)
            return page
        } catch {
            var page = Page(code: .unreadable)
            page.complaints = [error.line, error.remedy].filter { !$0.isEmpty }
            return page
        }
    }

    func answer(on names: [String], endedBy end: End) -> Page { Page(unread: names, end) }

    static func request(_ call: Invocation) throws(Failure) -> DescriptionRun.Request {
        var request = DescriptionFacts.request(call)
        try request.takeAddresses(call[all: .url])
        request.archive = call[.archive]?.rawValue.uppercased()
        request.doi = call[.doi]
        request.blockName = call[.block]
        try request.check()
        if request.archive != nil, !request.hasAddresses {
            throw Failure(usage: "--archive needs the address of the archive", remedy: "add --url ADDRESS")
        }
        return request
    }
}

/// Facts that headers of images lack; shared by verbs that describe images.
enum DescriptionFacts {
    static var rows: [OptionRow] {
        [
            .option(.origin), .option(.goniometerAxis), .option(.wavelength), .option(.beamCentre), .option(.distance),
            .option(.exposure), .option(.probe), .option(.timeZone), .option(.facility), .option(.beamline),
            .option(.detector), .option(.sample), .option(.temperature),
        ]
    }

    static func request(_ call: Invocation) -> DescriptionRun.Request {
        var request = DescriptionRun.Request()
        request.isCentred = call[.origin] == .centre
        request.facility = call[.facility]
        request.beamline = call[.beamline]
        request.detector = call[.detector]
        request.sample = call[.sample]
        request.temperature = call[.temperature]
        request.wavelength = call[.wavelength]
        request.program = "Imprimatur \(Program.version)"
        request.goniometerAxis = call[.goniometerAxis]
        request.given = GivenFacts(call)
        request.timeZone = call[.timeZone]
        request.probe = call[.probe]
        return request
    }
}

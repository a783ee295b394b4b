// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
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
            let reading = GuardedReading(call, isIsolating: false, rules: task.rules)
            var leavings = Leavings(isGathered: reading.isHere)
            var files: [(path: String, bytes: [UInt8])] = []
            var code = ExitCode.unreadable
            reading.read([names], by: task) { _, page in
                var page = page
                if page.code == .fine, let path = call.value("output") {
                    files = [(path, page.output)]
                    page.output = []
                } else if page.code == .fine {
                    // The notes stand in the text as comments.
                    page.complaints = []
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
        try InputList(entersFolders: call.has("recursive"), isNullSeparated: call.has("from0")).files(call.operands)
            .map(\.path)
    }
}

/// Images, a master file or an experiment list, read and described.
struct DescribeTask: FileTask {
    let rules: RulesFolder
    private let request: DescriptionRun.Request
    private let settings: ReadingSettings

    init(_ call: Invocation) throws(Failure) {
        request = try Self.request(call)
        rules = try CheckArguments.rulesFolder(call)
        settings = CheckArguments.reading(call)
    }

    func answer(on names: [String]) -> Page {
        do {
            let run = try DescriptionRun(names, request: request, settings: settings, rules: rules)
            var page = Page(code: .fine)
            page.output = Array(run.text.utf8)
            page.complaints = run.notes
            return page
        } catch {
            var page = Page(code: .unreadable)
            page.complaints = [error.line, error.remedy].filter { !$0.isEmpty }
            return page
        }
    }

    func answer(on names: [String], endedBy end: End) -> Page { Page(unread: names, end) }

    static func request(_ call: Invocation) throws(Failure) -> DescriptionRun.Request {
        var request = DescriptionRun.Request()
        request.url = call.value("url")
        request.archive = call.value("archive")?.uppercased()
        request.doi = call.value("doi")
        request.blockName = call.value("block")
        request.isCentred = call.value("origin") == "centre"
        request.facility = call.value("facility")
        request.beamline = call.value("beamline")
        request.detector = call.value("detector")
        request.sample = call.value("sample")
        request.temperature = try number("temperature", call)
        request.wavelength = try number("wavelength", call)
        request.program = "Imprimatur \(Program.version)"
        if let text = call.value("gonio-axis") {
            let parts = text.split(separator: ",").compactMap { Double($0) }
            guard parts.count == 3, let axis = Vector3(parts[0], parts[1], parts[2]).normalised else {
                throw Failure(usage: "--gonio-axis takes three numbers, such as 0,1,0", remedy: "")
            }
            request.goniometerAxis = axis
        }
        if request.archive != nil, request.url == nil {
            throw Failure(usage: "--archive needs the address of the archive", remedy: "add --url ADDRESS")
        }
        return request
    }

    private static func number(_ option: String, _ call: Invocation) throws(Failure) -> Double? {
        guard let text = call.value(option) else { return nil }
        guard let value = Double(text), value.isFinite, value > 0 else {
            throw Failure(usage: "--\(option) takes a number above 0, not '\(text)'", remedy: "")
        }
        return value
    }
}

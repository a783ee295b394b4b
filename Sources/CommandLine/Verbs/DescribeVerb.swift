// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Glibc
import Transport

/// `imprimatur describe`: images, a master file or an experiment list to an imgCIF description.
enum DescribeVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let request = try request(call)
            let inputs: [Input]
            do {
                inputs = try InputList(entersFolders: call.has("recursive"), isNullSeparated: call.has("from0"))
                    .files(call.operands)
            } catch {
                throw error
            }
            return try write(inputs.map(\.path), request, call)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func write(_ paths: [String], _ request: DescriptionRun.Request, _ call: Invocation)
        throws(Failure) -> ExitCode
    {
        let rules: RulesFolder
        do {
            rules = try RulesFolder.find(option: call.value("rules"))
        } catch {
            throw error
        }
        if let code = GuardedReading.begin(paths) { return code }
        defer { GuardedReading.end() }
        do {
            let run = try DescriptionRun(paths, request: request, settings: CheckArguments.reading(call), rules: rules)
            if let path = call.value("output") {
                do {
                    try OutputFile.write(Array(run.text.utf8), to: path)
                } catch {
                    StandardStream.complain(error.line)
                    return .unreadable
                }
                for note in run.notes { StandardStream.complain(note) }
            } else {
                StandardStream.report(run.text)
            }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func request(_ call: Invocation) throws(Failure) -> DescriptionRun.Request {
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

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import RuleEngine
import Transport

/// `imprimatur verify`: files held against a list of digests.
enum VerifyVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            // Whether files are what they were is no matter of taste: no profile switches these rules off.
            let profile = Profile(name: "default")
            let head = RunHead(
                version: Program.version, profileName: profile.name, profileDigest: "",
                failAt: call[.fixityFailAt] ?? profile.failAt)
            var outputs = try CheckArguments.outputs(call, head)
            let path = call.operands.first ?? ""
            let folder = call.operands.count > 1 ? call.operands[1] : nil
            if let folder, Folder.working.kind(behind: Name(folder)) != .folder {
                throw Failure(
                    usage: "'\(folder)' is no folder",
                    remedy: "name the folder that the names of the list are relative to")
            }
            try ReportOutput.open(&outputs, reading: [path])
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            let verification = Verification(path, folder: folder, profile: profile, failAt: call[.fixityFailAt])
            let report = verification(begin: progress.begin, read: progress.read, done: progress.done)
            progress.end()
            return try tell(report, &outputs, call)
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// Writes the report on one list, package or bag; the code of the run.
    static func tell(
        _ report: FileReport, _ outputs: inout [ReportOutput], _ call: Invocation
    ) throws(Failure) -> ExitCode {
        // The report for people names the failures.
        let format = call[.format] ?? TextReport.self
        if call.has(.quiet) || format != TextReport.self {
            for failure in report.failures {
                StandardStream.complain("\(report.path): \(failure.line(in: report.path))")
            }
        }
        var summary = RunEnd()
        summary.add(report.status)
        for event in [ReportEvent.file(report), .end(summary)] {
            for index in outputs.indices { StandardStream.report(outputs[index].take(event)) }
        }
        for (output, bytes) in outputs.compactMap(\.file) {
            try output.write(bytes)
            try output.end()
        }
        return ExitCode.combined(CheckVerb.codes(of: report, exitZero: false))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import RuleEngine
import Transport

/// `imprimatur convert`: images to NXmx.
enum ConvertVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            if let frame = call[.restoredHeader] { return try restore(frame, call) }
            let request = try ConversionOptions(call).request
            let rules = try RulesOptions(call).folder
            let profile = try CheckArguments.profile("nxmx-processing", in: rules, call).profile
            var settings = ReadingOptions(call).settings
            settings.substitutes = try LocationOptions(call).substitutes
            let files = try InputOptions(call).files
            if let trouble = files.lazy.compactMap(\.trouble).first { throw trouble }
            let progress = ConversionProgress(call[.progress] ?? .auto)
            let run = ConversionRun(request, settings: settings, profile: profile, rules: rules)
            let text = ConversionText(width: call.surroundings.terminal.width)
            let outcome = try run.run(files.map(\.words), progress: progress.take) { scan in
                progress.end(of: scan)
                StandardStream.report(text.scan(scan, isDryRun: request.isDryRun))
            }
            progress.end()
            for failure in outcome.failures { _ = StandardStream.tell(failure) }
            for gap in outcome.gaps where outcome.refusal == nil { StandardStream.complain(gap) }
            StandardStream.report(text.end(outcome, isPacked: request.compression == .bitshuffleLZ4))
            return code(of: outcome, fails: { profile.isFailing($0) })
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func code(of outcome: ConversionOutcome, fails: (Finding) -> Bool) -> ExitCode {
        var codes: [ExitCode] = [.fine]
        if !outcome.failures.isEmpty { codes.append(.unreadable) }
        if outcome.refusal != nil { codes.append(.findings) }
        for scan in outcome.scans {
            if !scan.defects.isEmpty { codes.append(.defect) }
            if let failure = scan.failure { codes.append(ExitCode(failure)) }
            if scan.refusal != nil || scan.findings.contains(where: fails) { codes.append(.findings) }
        }
        return ExitCode.combined(codes)
    }

    /// Prints the header of a frame that a converted file keeps.
    private static func restore(_ frame: Int, _ call: Invocation) throws(Failure) -> ExitCode {
        guard call.operands.count == 1, let path = call.operands.first else {
            throw Failure(usage: "--restore-header reads one converted file", remedy: "name one file")
        }
        let bytes = try KeptHeader.bytes(ofFrame: frame, in: path)
        let output = try Output(
            call[.conversion], inputs: Set([Identity.of(Name(path))?.key].compactMap { $0 }),
            replaces: call.has(.replaceFiles))
        try output.write(bytes)
        try output.end()
        return .fine
    }
}

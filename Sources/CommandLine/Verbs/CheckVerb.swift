// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Glibc
import Report
import RuleCatalog
import RuleEngine
import Transport

/// `imprimatur check`: inputs to reports and an exit code.
enum CheckVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do {
            let settings = try CheckArguments(call)
            return try run(settings)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func run(_ arguments: CheckArguments) throws(Failure) -> ExitCode {
        let isSingle = arguments.inputs.count == 1
        let isIsolating = arguments.isIsolating || !isSingle || CrashGuard.isIsolating
        let limits = WorkerLimits()
        if !isIsolating { CrashGuard.install(arguments: Swift.CommandLine.arguments, limits: limits) }
        var outputs = arguments.outputs
        var summary = RunEnd()
        var codes: [ExitCode] = []
        var met = Set<Int>()
        let run = CheckRun(FileCheck(arguments.settings), isIsolating: isIsolating, limits: limits)
        run.run(arguments.inputs) { file in
            if !isIsolating { CrashGuard.remove() }
            summary.add(file.status)
            met.formUnion(file.answersMet)
            codes += CheckVerb.codes(of: file, exitZero: arguments.exitZero)
            for failure in file.failures where !arguments.showsFailures {
                StandardStream.complain(failure.line)
            }
            for index in outputs.indices { outputs[index].add(file) }
        }
        for index in outputs.indices {
            do {
                try outputs[index].end(summary)
            } catch {
                StandardStream.complain(error.line)
                codes.append(.unreadable)
            }
        }
        for (index, answer) in arguments.settings.answers.enumerated() where !met.contains(index) {
            let place = answer.place.map { " at \($0)" } ?? ""
            StandardStream.complain("the answer to \(answer.rule)\(place) meets no finding")
        }
        return ExitCode.combined(codes)
    }

    private static func codes(of file: FileReport, exitZero: Bool) -> [ExitCode] {
        var codes: [ExitCode] = []
        if !file.failures.isEmpty { codes.append(.unreadable) }
        if file.isFailing, !exitZero { codes.append(.findings) }
        if file.isIncomplete, !exitZero { codes.append(.incomplete) }
        return codes
    }
}

/// Where a report goes: standard output as it comes, or a file at the end.
struct ReportOutput {
    private var format: any ReportFormat
    private let head: RunHead
    /// nil for standard output.
    private let path: String?
    private var held: [UInt8] = []
    private var hasBegun = false
    private var isBroken = false

    init(_ format: any ReportFormat, _ head: RunHead, path: String?) {
        self.format = format
        self.head = head
        self.path = path
    }

    mutating func add(_ report: FileReport) {
        begin()
        take(.file(report))
    }

    mutating func end(_ summary: RunEnd) throws(Failure) {
        begin()
        take(.end(summary))
        if let path { try OutputFile.write(held, to: path) }
        if isBroken {
            throw Failure(
                attempt: "write", subject: "standard output", code: .system(EPIPE),
                words: "the report could not be written whole")
        }
    }

    /// Only when the first file is done: until then the program may have to start again, and must have printed nothing.
    private mutating func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        take(.run(head))
    }

    private mutating func take(_ event: ReportEvent) {
        var bytes: [UInt8] = []
        format.take(event, &bytes)
        guard !bytes.isEmpty else { return }
        if path != nil {
            held += bytes
        } else if !StandardStream.write(bytes, to: STDOUT_FILENO) {
            isBroken = true
        }
    }
}

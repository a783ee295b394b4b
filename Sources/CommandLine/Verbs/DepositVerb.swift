// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Glibc
import Remote
import Report
import Transport

/// `imprimatur deposit …`: packages to repositories.
enum DepositVerb {
    static func deposit(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isNew: call.has(.anew))
            run.takesOver = call.has(.takeOver)
            return try run.deposit()
        }
    }

    static func resume(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isBegun: true)
            run.takesOver = call.has(.takeOver)
            return try run.resume()
        }
    }

    static func status(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            try options.run(call, isBegun: true, hasRecord: false).status()
        }
    }

    static func verify(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in try options.run(call, isBegun: true).verify() }
    }

    static func publish(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isBegun: true)
            return try run.publish { (report) throws(DepositStop) in
                if let word = call[.confirm] { return word }
                StandardStream.report(DepositText.text(report, width: call.surroundings.terminal.width))
                return typed(
                    "This publishes on \(report.target)\(report.isProduction ? ", PRODUCTION," : "") and cannot be undone. "
                        + "Type the DOI to go on: ")
            }
        }
    }

    static func discard(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isBegun: true, hasRecord: false)
            return try run.discard { (report) throws(DepositStop) in
                if let word = call[.confirm] { return word }
                return typed(
                    "This deletes the draft '\(report.title)'. Type its number, \(report.id ?? ""), to go on: ")
            }
        }
    }

    static func fetch(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            guard let folder = call[.fetched] else {
                throw DepositStop(.refusal, "no folder is named for the files", remedy: "name one with -o FOLDER")
            }
            let fetch = try DepositFetch(
                options.target, secret: try options.secret(isNeeded: false), agent: DepositOptions.agent,
                note: options.note, read: options.progress.read)
            return try fetch(Self.number(call.operands.first ?? ""), into: Name(folder))
        }
    }

    /// The number of a record, also from its DOI or the address of its page.
    static func number(_ text: String) -> String {
        let last = text.split(separator: "/").last.map(String.init) ?? text
        return last.hasPrefix("zenodo.") ? String(last.dropFirst("zenodo.".count)) : last
    }

    // MARK: Running

    private static func run(
        _ call: Invocation, _ body: (DepositOptions) throws(DepositStop) -> DepositReport
    ) -> ExitCode {
        do throws(DepositStop) {
            let options = try DepositOptions(call)
            let report: DepositReport
            do throws(DepositStop) {
                report = try body(options)
                options.progress.end()
            } catch {
                options.progress.end()
                throw error
            }
            let width = call.surroundings.terminal.width
            StandardStream.report(
                call.has(.jsonOfAll) ? DepositText.json(report) : DepositText.text(report, width: width))
            return report.differences.isEmpty ? .fine : .findings
        } catch {
            StandardStream.complain(error.words)
            if !error.remedy.isEmpty { StandardStream.complain(error.remedy) }
            return code(error.kind)
        }
    }

    private static func code(_ kind: DepositStop.Kind) -> ExitCode {
        switch kind {
        case .difference: .findings
        case .refusal: .usage
        case .interruption: .unreadable
        }
    }

    /// A line that a person types; nil where nobody sits there.
    private static func typed(_ prompt: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        StandardStream.complain(Array(prompt.utf8))
        return readLine().map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
    }
}

/// Which repository, and by which token; shared by the verbs that speak with repositories.
struct DepositOptions {
    static var rows: [OptionRow] {
        [.option(.target), .option(.tokenFile), .flag(.production), .flag(.jsonOfAll), .flag(.noProgress)]
    }

    static let agent = "imprimatur/\(Program.version) (+https://github.com/imprimatur)"

    let target: DepositTarget
    let progress: ProgressLine
    private let tokenFile: String?
    private let isQuiet: Bool

    init(_ call: Invocation) throws(DepositStop) {
        guard let word = call[.target] else {
            throw DepositStop(
                .refusal, "no repository is named", remedy: "name one with --target, such as zenodo-sandbox")
        }
        guard word.contains("://") else {
            throw DepositStop(
                .refusal, "'\(word)' is no address", remedy: "give the address of a server of InvenioRDM")
        }
        target = try DepositTarget(
            address: word, isProduction: call.has(.production), tokenVariable: "IMPRIMATUR_TOKEN")
        tokenFile = call[.tokenFile]
        isQuiet = call.has(.noProgress)
        progress = ProgressLine(isWanted: !isQuiet)
    }

    /// Words on waiting.
    var note: @Sendable (String) -> Void {
        let isQuiet = isQuiet
        return { words in if !isQuiet { StandardStream.complain(words) } }
    }

    /// The token; nil where none is needed and none is there.
    func secret(isNeeded: Bool = true) throws(DepositStop) -> WebSecret? {
        do throws(DepositStop) {
            return try DepositToken.find(variable: target.tokenVariable, file: tokenFile)
        } catch {
            if isNeeded || tokenFile != nil { throw error }
            return nil
        }
    }

    /// A deposit of the package that the call names.
    ///
    /// - Parameters:
    ///   - isNew: Another one is begun.
    ///   - isBegun: There has to be one.
    func run(
        _ call: Invocation, isNew: Bool = false, isBegun: Bool = false, hasRecord: Bool = true
    ) throws(DepositStop) -> DepositRun {
        try target.checkAddress()
        let contents = try DepositContents(call.operands.first ?? "")
        let record =
            hasRecord ? try call[.record].map { (path) throws(DepositStop) in try RecordBody(reading: path) } : nil
        let secret = try secret()
        if isBegun, !DepositJournal.exists(in: contents.journals, target: target.name) {
            throw DepositStop(
                .refusal, "there is no deposit of this package to \(target.name) yet",
                remedy: "begin one with 'imprimatur deposit PACKAGE'")
        }
        let journal = try DepositJournal(in: contents.journals, target: target.name, isNew: isNew)
        if target.isProduction, !isQuiet {
            StandardStream.complain("PRODUCTION: what is published on \(target.name) stays")
        }
        progress.begin(files: contents.files.count, bytes: contents.bytes)
        return try DepositRun(
            target, contents, record: record, journal: journal, secret: secret, agent: Self.agent,
            today: call.surroundings.today, note: note, sent: progress.read)
    }
}

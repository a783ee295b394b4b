// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Deposit
import Findings
import Glibc
import Packaging
import Remote
import Report
import Transport

/// `imprimatur deposit …`: packages to repositories.
enum DepositVerb {
    static func deposit(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isNew: call.has(.anew), key: call[.key])
            run.takesOver = call.has(.takeOver)
            return leadingOn(try run.deposit())
        }
    }

    static func resume(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isBegun: true, key: call[.key])
            run.takesOver = call.has(.takeOver)
            return leadingOn(try run.resume())
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
            try DepositPackage.requireChecked(call)
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

    static func newVersion(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            guard let parent = call[.parent] else {
                throw DepositStop(.refusal, "no record is named", remedy: "name the version before with --of RECORD")
            }
            let number = Self.number(parent)
            let run = try options.run(
                call, isNew: true, key: call[.key], continues: { $0.parent == number && !$0.isPublished })
            return try run.newVersion(of: number)
        }
    }

    static func submit(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            guard let community = call[.community] else {
                throw DepositStop(.refusal, "no community is named", remedy: "name it with --community NAME")
            }
            let run = try options.run(call, isBegun: true)
            return try run.submit(to: community) { (report) throws(DepositStop) in
                if let word = call[.confirm] { return word }
                StandardStream.report(DepositText.text(report, width: call.surroundings.terminal.width))
                return typed(
                    "This hands the draft to '\(community)'; its curator publishes it. Type the DOI to go on: ")
            }
        }
    }

    static func check(_ call: Invocation) -> ExitCode {
        var online: ExitCode = .fine
        let code = run(call) { (options) throws(DepositStop) in
            var report = try options.run(call, isBegun: true).check()
            if report.embargo == nil,
                let found = try PublishedDescription(call, isLoopback: options.target.api.isLoopback)
            {
                report.notes += found.notes
                online = found.code
            }
            return report
        }
        return ExitCode.combined([code, online])
    }

    static func link(_ call: Invocation) -> ExitCode {
        told(call) { (options) throws(DepositStop) in
            guard let until = call[.until] else {
                throw DepositStop(.refusal, "the link has no end", remedy: "give its last day with --until YYYY-MM-DD")
            }
            let link = try options.run(call, isBegun: true, hasRecord: false).link(until: until)
            StandardStream.complain(
                "whoever has this address may \(link.permission) until \(link.until); it is shown once")
            StandardStream.report(link.address + "\n")
            return .fine
        }
    }

    static func difference(_ call: Invocation) -> ExitCode {
        told(call) { (options) throws(DepositStop) in
            let run = try options.run(call, isBegun: true, hasRecord: false)
            let (report, comparison) = try run.difference(from: call[.ownXML])
            StandardStream.report(ExportText.text(report, comparison, width: call.surroundings.terminal.width))
            return comparison.unexpected.isEmpty ? .fine : .findings
        }
    }

    static func snippets(_ call: Invocation) -> ExitCode {
        told(call) { (options) throws(DepositStop) in
            let snippets = try options.run(call, isBegun: true, hasRecord: false).snippets()
            for piece in snippets.pieces { StandardStream.report("# \(piece.purpose)\n\n\(piece.text)\n\n") }
            return .fine
        }
    }

    static func fetch(_ call: Invocation) -> ExitCode {
        run(call) { (options) throws(DepositStop) in
            guard let folder = call[.fetched] else {
                throw DepositStop(.refusal, "no folder is named for the files", remedy: "name one with -o FOLDER")
            }
            switch Folder.working.kind(behind: Name(folder)) {
            case nil, .folder: break
            default:
                throw DepositStop(
                    .refusal, "'\(Name(folder).shown)' is no folder", remedy: "name another with -o FOLDER")
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

    /// What comes after a draft that holds everything.
    private static func leadingOn(_ report: DepositReport) -> DepositReport {
        guard report.state == .draft, report.isVerified, report.differences.isEmpty else { return report }
        var report = report
        report.notes.append(
            "nothing is published yet: look at the page of the record, then 'imprimatur deposit publish PACKAGE'")
        return report
    }

    // MARK: Running

    private static func run(
        _ call: Invocation, _ body: (DepositOptions) throws(DepositStop) -> DepositReport
    ) -> ExitCode {
        told(call) { (options) throws(DepositStop) in
            let report = try body(options)
            options.progress.end()
            let width = call.surroundings.terminal.width
            StandardStream.report(
                call.has(.jsonOfAll) ? DepositText.json(report) : DepositText.text(report, width: width))
            return report.differences.isEmpty ? .fine : .findings
        }
    }

    /// Does something with a repository, and tells what stopped it.
    private static func told(
        _ call: Invocation, _ body: (DepositOptions) throws(DepositStop) -> ExitCode
    ) -> ExitCode {
        do throws(DepositStop) {
            let options = try DepositOptions(call)
            do throws(DepositStop) {
                return try body(options)
            } catch {
                options.progress.end()
                throw error
            }
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
        [.option(.depositTarget), .option(.tokenFile), .flag(.production), .flag(.jsonOfAll), .flag(.noProgress)]
            + RulesOptions.rows
    }

    static let agent = "imprimatur/\(Program.version) (+https://github.com/imprimatur)"

    let target: DepositTarget
    /// The same, as documents of a package name it.
    private let profile: RepositoryTarget
    let progress: ProgressLine
    private let tokenFile: String?
    private let isQuiet: Bool

    init(_ call: Invocation) throws(DepositStop) {
        // A package was built for the repository that its author names.
        let named = call.operands.first.flatMap { (try? Package(Name($0)))?.plan.target }
        guard let word = call[.depositTarget] ?? named else {
            throw DepositStop(
                .refusal, "no repository is named",
                remedy: call.verb.name == "deposit fetch"
                    ? "name the one that holds the record with --target, such as zenodo"
                    : "name one with --target, such as zenodo-sandbox, or in publication.json5 before the build")
        }
        do throws(Failure) {
            let rules = try RulesOptions(call).folder
            if word.contains("://") {
                do throws(DepositStop) {
                    target = try DepositTarget(
                        address: word, isProduction: call.has(.production), tokenVariable: "IMPRIMATUR_TOKEN")
                } catch {
                    throw Failure(usage: error.words, remedy: error.remedy)
                }
                var profile = try RepositoryTarget.find("invenio", rules)
                profile.api = target.api.text
                profile.file = target.file
                profile.record = target.page
                self.profile = profile
            } else {
                profile = try RepositoryTarget.find(word, rules)
                if call.has(.production), !profile.isProduction {
                    throw Failure(
                        usage: "'\(word)' is a repository for trials, and --production is given",
                        remedy: "leave it out, or name the repository that you mean")
                }
                do throws(DepositStop) { target = try DepositTarget(profile) } catch {
                    throw Failure(usage: error.words, remedy: error.remedy)
                }
            }
        } catch {
            throw DepositStop(error)
        }
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
    ///   - key: The file of the key that signs the lists of a package anew.
    ///   - continues: The last one is gone on with all the same.
    func run(
        _ call: Invocation, isNew: Bool = false, isBegun: Bool = false, hasRecord: Bool = true, key: String? = nil,
        continues: (DepositJournal.Facts) -> Bool = { _ in false }
    ) throws(DepositStop) -> DepositRun {
        try target.checkAddress()
        let contents = try DepositContents(call.operands.first ?? "")
        var record: RecordBody?
        var package: DepositPackage?
        if hasRecord {
            if let path = call[.record] {
                record = try RecordBody(reading: path)
            } else if let found = try DepositPackage(
                call.operands.first ?? "", target: profile, key: key, call: call)
            {
                package = found
                record = try found.record()
            }
        }
        let secret = try secret()
        if isBegun, !DepositJournal.exists(in: contents.journals, target: target.name) {
            throw DepositStop(
                .refusal, "there is no deposit of this package to \(target.name) yet",
                remedy: "begin one with 'imprimatur deposit PACKAGE'")
        }
        if hasRecord, !isBegun {
            try DepositRun.sendable(record, contents, to: target, today: call.surroundings.today)
        }
        let journal = try DepositJournal(
            in: contents.journals, target: target.name, isNew: isNew, continues: continues)
        if target.isProduction, !isQuiet {
            StandardStream.complain("PRODUCTION: what is published on \(target.name) stays")
        }
        progress.begin(files: contents.files.count, bytes: contents.bytes)
        let run = try DepositRun(
            target, contents, record: record, journal: journal, secret: secret, agent: Self.agent,
            today: call.surroundings.today, note: note, sent: progress.read)
        if let package { run.naming = { (reserved) throws(DepositStop) in try package.named(reserved) } }
        return run
    }
}

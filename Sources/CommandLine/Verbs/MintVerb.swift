// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Deposit
import Diffraction
import Findings
import Glibc
import Packaging
import Remote
import RuleCatalog
import RuleEngine
import Transport

/// `imprimatur mint …`: DOIs of one's own prefix, registered with DataCite.
enum MintVerb {
    static func draft(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            told(try run.draft(try MintRecord(call, allowsNew: true).record))
        }
    }

    static func update(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            if let list = call[.mintList] { return try MintList(list)(call, run) }
            return told(try run.update(try MintRecord(call).record))
        }
    }

    static func register(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in told(try run.register(try MintRecord(call).record)) }
    }

    static func publish(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in told(try run.publish(try MintRecord(call).record)) }
    }

    static func validate(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            let errors = try run.validate(try MintRecord(call).record)
            for error in errors {
                StandardStream.report("DataCite: \(Escaping.line(error.source)): \(Escaping.line(error.words))\n")
            }
            if errors.isEmpty { StandardStream.report("DataCite takes the record\n") }
            return errors.isEmpty ? .fine : .findings
        }
    }

    static func hide(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            told(try run.hide(Identifiers.bareDOI(call.operands.first ?? "")))
        }
    }

    static func delete(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            let doi = Identifiers.bareDOI(call.operands.first ?? "")
            try run.delete(doi)
            StandardStream.report("\(Escaping.line(doi))  deleted\n")
            return .fine
        }
    }

    static func status(_ call: Invocation) -> ExitCode {
        run(call) { (run, call) throws(DepositStop) in
            let doi = Identifiers.bareDOI(call.operands.first ?? "")
            guard let state = try run.status(doi) else {
                StandardStream.report("\(Escaping.line(doi))  not there\n")
                return .findings
            }
            return told(state)
        }
    }

    static func told(_ state: MintState) -> ExitCode {
        let url = state.url.map { "  " + Escaping.line($0) } ?? ""
        StandardStream.report("\(Escaping.line(state.doi))  \(state.state?.rawValue ?? "another state")\(url)\n")
        return .fine
    }

    private static func run(
        _ call: Invocation, _ body: (MintRun, Invocation) throws(DepositStop) -> ExitCode
    ) -> ExitCode {
        do throws(DepositStop) {
            let target = try MintTarget(
                address: call[.mintAddress], isProduction: call.has(.production), realPrefixes: try prefixes(call))
            let secret = try DepositToken.find(
                variable: target.accountVariable, file: call[.tokenFile], isAccount: true)
            let run = MintRun(
                target, secret: secret, agent: DepositOptions.agent, note: { StandardStream.complain($0) },
                confirm: { _, question in
                    if let word = call[.confirm] { return word }
                    guard isatty(STDIN_FILENO) == 1 else { return nil }
                    StandardStream.complain(Array(question.utf8))
                    return readLine().map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
                })
            return try body(run, call)
        } catch {
            StandardStream.complain(error.words)
            if !error.remedy.isEmpty { StandardStream.complain(error.remedy) }
            switch error.kind {
            case .difference: return .findings
            case .refusal: return .usage
            case .interruption: return .unreadable
            }
        }
    }

    /// Prefixes of real DOIs, of repositories and facilities of the tables.
    private static func prefixes(_ call: Invocation) throws(DepositStop) -> Set<String> {
        do throws(Failure) {
            let rules = try RulesOptions(call).folder
            var prefixes = Set<String>()
            for id in RepositoryTarget.ids(rules) {
                guard let target = try? RepositoryTarget.find(id, rules), target.isProduction else { continue }
                if let prefix = target.doiPrefix { prefixes.insert(prefix) }
            }
            let tables = RecordSettings(rules: rules, today: call.surroundings.today).tables(first: 0)
            for facility in tables.facilities {
                if let session = facility.session { prefixes.insert(session.doiPrefix) }
            }
            return prefixes
        } catch {
            throw DepositStop(error)
        }
    }
}

/// The record that is to be registered, with its DOI; refused when our rules have findings at A or B.
struct MintRecord {
    let record: PublicationRecord

    /// - Parameters:
    ///   - path: The author file; nil: that of the command line.
    ///   - allowsNew: A record without DOI gets one of --prefix.
    init(_ call: Invocation, _ path: String? = nil, allowsNew: Bool = false) throws(DepositStop) {
        guard let path = path ?? call.operands.first else {
            throw DepositStop(.refusal, "no author file is named", remedy: "name publication.json5")
        }
        let reading: RecordReading
        let settings: RecordSettings
        let view: RecordView
        do throws(Failure) {
            settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
            var context = RecordContext(today: settings.today)
            context.publisher = call[.publisherName]
            context.landingPage = call[.landingPage]
            context.doi = call[.reservedDOI].map(Identifiers.bareDOI)
            if context.doi == nil { context.doi = try Self.kept(path, call, isNew: allowsNew) }
            reading = try RecordReading(
                author: path, data: nil, reading: ReadingOptions(call).settings, settings: settings, context: context)
            view = reading.view(settings)
        } catch {
            throw DepositStop(error)
        }
        record = reading.record
        guard record.publisher != nil else {
            throw DepositStop(.refusal, "the record has no publisher", remedy: "name it with --publisher NAME")
        }
        var material = Material(
            kind: .record, withoutExperiment: .kind("a record is no data"), sources: reading.sources)
        material.name = path
        material.record = view
        let report = Engine(rules: catalogue.filter(\.readsRecord), profile: Profile(name: "default")).run(on: material)
        let bad = report.findings.filter { $0.level.isAtLeast(.B) }
        guard bad.isEmpty else {
            throw DepositStop(
                .difference,
                "the record has findings: " + bad.prefix(5).map { "\($0.rule) \($0.message)" }.joined(separator: "; "),
                remedy: "see 'imprimatur check \(path)'")
        }
    }

    /// The DOI that an earlier run chose for the record, else a new one of --prefix, which is written down first.
    private static func kept(_ path: String, _ call: Invocation, isNew: Bool) throws(Failure) -> String? {
        let name = path + ".doi"
        if let bytes = FileBytes.read(name) {
            let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
            return text.hasPrefix("10.") ? text : nil
        }
        guard isNew, let prefix = call[.prefix] else { return nil }
        let doi = "\(prefix)/\(MintSuffix.new())"
        let output = try OutputFile(Name(name), inputs: [], replaces: false, worth: RawData.words(on:))
        try output.write(Array("\(doi)\n".utf8))
        try output.commit()
        return doi
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Deposit
import Diffraction
import Findings
import Frames
import ImgCIF
import JSON
import Packaging
import Remote
import RuleEngine
import Transport
import XML

/// A package on its way to a repository: its record, and its documents once DOI and addresses are known.
struct DepositPackage {
    private let path: String
    private let target: RepositoryTarget
    private let today: String
    private let settings: PackageDocuments.Settings
    private let signer: PackageSigner?

    /// Nil for a folder of files that is no package.
    ///
    /// - Parameter key: The file of the key that signs its lists of digests anew; nil: nothing does.
    init?(_ path: String, target: RepositoryTarget, key: String?, call: Invocation) throws(DepositStop) {
        let folder = Name(path)
        guard Folder.working.kind(behind: folder.appending(PackageRecordFile.name)) == .file else { return nil }
        self.path = path
        self.target = target
        today = call.surroundings.today
        do throws(Failure) {
            var reading = ReadingSettings()
            reading.foreign = call.surroundings.foreign
            var settings = PackageDocuments.Settings(
                reading: reading, record: RecordSettings(rules: try RulesOptions(call).folder, today: today))
            let author = folder.appending(Name("publication.json5"))
            settings.author = Folder.working.kind(behind: author) == .file ? author.text : nil
            self.settings = settings
            signer = try key.map { (path) throws(Failure) in try PackageSigner(path) }
        } catch {
            throw DepositStop(error)
        }
    }

    /// The record as its DataCite document has it; an end of the embargo is its date Available.
    func record() throws(DepositStop) -> RecordBody {
        do throws(Failure) {
            let source = try Source.open(Name(path).appending(Name("deposit/datacite.xml")))
            return try body(try source.bytes(at: 0, count: min(source.size, 16 << 20)))
        } catch {
            throw DepositStop(error)
        }
    }

    /// Writes the documents anew, with the DOI and the addresses, and the lists of digests.
    func named(_ reserved: Reserved) throws(DepositStop) -> (DepositContents, RecordBody) {
        do throws(Failure) {
            let package = try Package(Name(path))
            let documents = try PackageDocuments(settings).completed(
                package, PackageDocuments.Identity(doi: reserved.doi, record: reserved.id, previous: reserved.previous),
                target: target)
            _ = try package.replace(documents, signer: signer)
        } catch {
            throw DepositStop(error)
        }
        return (try DepositContents(path), try record())
    }

    private func body(_ bytes: [UInt8]) throws(Failure) -> RecordBody {
        var record: PublicationRecord
        do throws(XMLFault) {
            record = try PublicationRecord(xml: bytes, named: "datacite.xml")
        } catch {
            throw Failure(attempt: "read", subject: "datacite.xml", code: .damaged, words: error.cause)
        }
        let known = settings.record.tables(first: 0).techniques
        for subject in record.subjects where subject.scheme?.value == "PaNET" && !known.isEmpty {
            guard let id = subject.valueAddress?.value.split(separator: "/").last, known[String(id)] == nil else {
                continue
            }
            throw Failure(
                usage: "'\(Escaping.line(String(id)))' is no term of PaNET, and is not sent",
                remedy: "find the term with 'imprimatur package techniques WORD', and build the package again")
        }
        if let end = record.dates.first(where: { $0.type?.value == "Available" })?.date, end.value > today {
            record.embargo = Embargo(until: end)
        }
        var draft = InvenioDraft(record)
        draft.today = today
        do throws(DepositStop) {
            return try RecordBody(draft.json)
        } catch {
            throw Failure(usage: error.words, remedy: error.remedy)
        }
    }
}

extension DepositPackage {
    /// Refuses to publish a package whose data were not checked when it was built, unless that is asked for.
    static func requireChecked(_ call: Invocation) throws(DepositStop) {
        guard !call.has(.publishesUnchecked), !call.has(.record),
            let package = try? Package(Name(call.operands.first ?? "")), package.plan.check == nil
        else { return }
        throw DepositStop(
            .refusal, "nothing was published: the data of the package were not checked when it was built",
            remedy: "build it without --unchecked, or publish with --unchecked if no rule is about such data")
    }
}

/// The imgCIF of a published package as a reader meets it: its addresses asked, a frame of each scan read.
struct PublishedDescription {
    /// One sentence each.
    private(set) var notes: [String] = []
    let code: ExitCode

    /// Nil for a package without description.
    ///
    /// - Parameter isLoopback: The repository is on this machine.
    init?(_ call: Invocation, isLoopback: Bool) throws(DepositStop) {
        let path = Name(call.operands.first ?? "").appending(Name("deposit/dataset.cif"))
        guard Folder.working.kind(behind: path) == .file else { return nil }
        let report: FileReport
        let failAt: Level
        do throws(Failure) {
            let rules = try RulesOptions(call).folder
            let chosen = try CheckArguments.profile(call[.profile], in: rules, call)
            var settings = FileCheck.Settings(profile: chosen.profile, today: call.surroundings.today)
            settings.reading.foreign = call.surroundings.foreign
            settings.reading.frames = .first
            settings.reading.dictionaries = DictionaryLibrary(folder: rules.path + "/imgcif", file: nil)
            var limits = RemoteLimits()
            limits.agent = "imprimatur/\(Program.version)"
            limits.allowsPrivate = isLoopback
            limits.bytes = call[.maxDownload] ?? limits.bytes
            // A server for trials gives DOIs that nobody knows elsewhere.
            settings.reading.remote = Web(limits, resolver: isLoopback ? nil : OnlineOptions.resolver)
            report = FileCheck(settings).check(path.text)
            failAt = chosen.profile.failAt
        } catch {
            throw DepositStop(error)
        }
        code = ExitCode.combined(CheckVerb.codes(of: report, exitZero: false))
        let failing = report.findings.filter { $0.level.isAtLeast(failAt) }
        let outline = report.outline.isEmpty ? "" : " (\(report.outline))"
        let verdict =
            switch report.status {
            case .pass: "pass"
            case .fail: "fail"
            default: "not all of it could be read"
            }
        notes.append("dataset.cif on line: \(verdict), \(report.findings.count) findings\(outline)")
        for finding in failing.prefix(10) { notes.append("\(finding.rule) \(finding.level): \(finding.message)") }
        for failure in report.failures.prefix(10) { notes.append("not read: \(failure.line)") }
        var reasons: [String] = []
        let unread = report.notChecked.filter { $0.reason.word.isUnread }
        for one in unread where !reasons.contains(one.because) { reasons.append(one.because) }
        notes += reasons.prefix(10).map { "not read: \($0)" }
        if unread.contains(where: { $0.reason.word == .limit }) {
            notes.append(
                "--max-download BYTES lets more be fetched; 'imprimatur deposit fetch' fetches and compares everything")
        }
    }
}

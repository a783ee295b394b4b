// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Findings
import ImgCIF
import NeXus
import Packaging
import Report
import RuleCatalog
import RuleEngine
import Transport

/// Author file and data of a package, as the words of the command line name them.
struct PackageInputs {
    /// The author's file; nil for none.
    let author: String?
    let expanded: InputList.Files
    /// The folder of the author's file, which names are relative to when it lists the data.
    let base: String?
    /// The repository that the author's file names.
    let target: String?

    init(_ call: Invocation) throws(Failure) {
        let authors = call.operands.filter { $0.hasSuffix(".json5") }
        guard authors.count < 2 else {
            throw Failure(usage: "two author files are named", remedy: "name one file that ends in .json5")
        }
        author = authors.first
        let words = call.operands.filter { !$0.hasSuffix(".json5") }
        let list = InputList(entersFolders: call.has(.recursive), isNullSeparated: call.has(.from0))
        guard let author else {
            expanded = try list.expanded(words)
            (base, target) = (nil, nil)
            return
        }
        guard let bytes = FileBytes.read(author) else { throw Folder.working.failure(toOpen: Name(author)) }
        let (file, faults) = AuthorFile.read(bytes)
        if let fault = faults.first {
            throw Failure(
                attempt: "read", subject: author, code: .usage, words: fault.sentence, remedy: fault.remedy)
        }
        target = file.target?.value
        guard words.isEmpty else {
            expanded = try list.expanded(words)
            base = nil
            return
        }
        let folder = Name(author).folder.text
        let found = try DataPatterns.files(file.data.map(\.value), in: folder)
        if let pattern = found.unmatched.first {
            throw Failure(
                attempt: "find the data of", subject: author, code: .usage, words: "'\(pattern)' names no file",
                remedy: "patterns are relative to the folder of the author file; * stands for any characters")
        }
        expanded = try list.expanded(found.files)
        base = folder.isEmpty ? nil : folder
    }
}

/// `imprimatur package build`: the folder that a repository takes.
enum PackageBuildVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            guard let output = call[.package] else {
                throw Failure(usage: "no package is named", remedy: "add -o FOLDER")
            }
            let inputs = try PackageInputs(call)
            let plan = try PackagePlanVerb.plan(call)
            if let breach = plan.breaches?.first {
                StandardStream.complain(
                    "cannot package for \(breach.target): \(breach.quantity) is \(breach.value), it takes \(breach.limit)"
                )
                StandardStream.complain("see all of it with 'imprimatur package plan'")
                return .findings
            }
            var request = PackageBuild.Request(
                plan.files, date: call.surroundings.today, program: "imprimatur \(Program.version)")
            request.isVirtual = call.has(.virtual)
            request.wantsMemberMD5 = call.has(.memberMD5)
            request.target = plan.target
            request.author = inputs.author.flatMap(FileBytes.read)
            let documents = PackageDocuments(try settings(call, author: inputs.author))
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            progress.begin(files: plan.files.count, bytes: plan.bytes)
            var outcome = PackageDocuments.Outcome()
            do throws(Failure) {
                let package = try PackageBuild(request)(into: Name(output), read: progress.read, done: progress.done) {
                    (content) throws(Failure) in
                    outcome = try documents(content)
                    guard !outcome.isRefused else {
                        throw Failure(
                            attempt: "package", subject: output, code: .refused("findings"),
                            words:
                                "the data have findings at the fail level of the profile, or could not be looked at; nothing was written",
                            remedy: "mend the data, or name another profile with --profile")
                    }
                    return outcome.documents
                }
                progress.end()
                tell(package, outcome, call)
                return .fine
            } catch {
                progress.end()
                guard error.code == .refused("findings") else { throw error }
                show(outcome.reports, call)
                _ = StandardStream.tell(error)
                return .findings
            }
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// How documents of a package are made, without what only a build asks for.
    static func recordSettings(_ call: Invocation, author: String?) throws(Failure) -> PackageDocuments.Settings {
        var reading = ReadingSettings()
        reading.foreign = call.surroundings.foreign
        var settings = PackageDocuments.Settings(
            reading: reading,
            record: RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today))
        settings.author = author
        settings.crate = call[.crate] ?? .v12
        return settings
    }

    private static func settings(_ call: Invocation, author: String?) throws(Failure) -> PackageDocuments.Settings {
        let rules = try RulesOptions(call).folder
        let chosen = try CheckArguments.profile(call[.profile], in: rules, call)
        var reading = ReadingSettings()
        reading.foreign = call.surroundings.foreign
        var check = FileCheck.Settings(profile: chosen.profile)
        check.failAt = call[.failAt]
        check.reading = reading
        check.reading.frames = FrameOptions(call).sampling
        check.reading.library = DefinitionLibrary(folder: rules.path + "/nexus")
        check.reading.definitions = [chosen.profile.standards["nexus"]].compactMap { $0 }
        check.reading.dictionaries = DictionaryLibrary(folder: rules.path + "/imgcif", file: nil)
        check.today = call.surroundings.today
        check.parts = [.experiments, .exhibits]
        if let path = call[.answers] { check.answers = try CheckArguments.answers(path, call) }
        var settings = try recordSettings(call, author: author)
        settings.description = DescriptionFacts.request(call)
        settings.describes = !call.has(.unchecked)
        settings.check = call.has(.unchecked) ? nil : FileCheck(check)
        settings.profileDigest = chosen.sha256
        let head = RunHead(
            version: Program.version, profileName: chosen.profile.name, profileDigest: chosen.sha256,
            failAt: call[.failAt] ?? chosen.profile.failAt)
        settings.rendered = { reports in rendered(reports, head) }
        return settings
    }

    /// The reports that a deposit holds: for programs, and for people.
    private static func rendered(_ reports: [FileReport], _ head: RunHead) -> [PackageDocument] {
        var documents = [("json", JSONReport.self as any ReportFormat.Type), ("txt", TextReport.self)].map {
            (ending, form) in
            PackageDocument("check-report.\(ending)", bytes(reports, head, form, .plain(isComplete: true)))
        }
        // The page is about the data, which one file describes.
        if let data = reports.first, data.exhibits != nil {
            let page = bytes([data], head, HTMLReport.self, .plain(isComplete: true))
            documents.append(PackageDocument("check-report.html", page))
        }
        return documents
    }

    private static func bytes(
        _ reports: [FileReport], _ head: RunHead, _ form: any ReportFormat.Type, _ style: ReportStyle
    ) -> [UInt8] {
        var report = form.init(head, style)
        var bytes: [UInt8] = []
        report.take(.run(head), &bytes)
        var end = RunEnd()
        for file in reports {
            end.add(file.status)
            report.take(.file(file), &bytes)
        }
        report.take(.end(end), &bytes)
        return bytes
    }

    private static func show(_ reports: [FileReport], _ call: Invocation) {
        guard !call.has(.quiet) else { return }
        let head = RunHead(version: Program.version, profileName: "", profileDigest: "", failAt: .A)
        StandardStream.report(bytes(reports, head, TextReport.self, .plain(isComplete: false)))
    }

    private static func tell(_ package: Package, _ outcome: PackageDocuments.Outcome, _ call: Invocation) {
        guard !call.has(.quiet) else { return }
        for note in outcome.notes { StandardStream.complain("note: \(note)") }
        // What passes at the fail level is published as well, and is known to whoever builds.
        for report in outcome.reports {
            for finding in report.findings where finding.level.isAtLeast(.B) && finding.answer == nil {
                StandardStream.complain("\(report.path): \(finding.level) \(finding.rule) \(finding.message)")
            }
        }
        var text = ""
        let width = package.files.map { $0.name.shown.count }.max() ?? 0
        for file in package.files {
            let name = file.name.shown
            text += name + String(repeating: " ", count: width - name.count) + "  \(SizeText.of(file.size))"
            text += file.isVirtual ? ", not written\n" : "\n"
        }
        let folder = package.folder.shown
        text += "\(folder): \(package.files.count) files to deposit, \(SizeText.of(package.bytes))\n"
        StandardStream.report(text)
    }
}

/// `imprimatur package complete`: DOI and addresses of a record in the documents of a package.
enum PackageCompleteVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let folder = Name(call.operands.first ?? "")
            let package = try Package(folder)
            guard let doi = call[.doi], let record = call[.recordNumber] else {
                throw Failure(
                    usage: "the DOI or the number of the record is missing",
                    remedy: "add --doi DOI and --record NUMBER, as the repository gave them")
            }
            guard let id = call[.repository] ?? package.plan.target else {
                throw Failure(usage: "no repository is named", remedy: "add --target ID")
            }
            let target = try RepositoryTarget.find(id, try RulesOptions(call).folder)
            let signer = try call[.key].map { (path) throws(Failure) in try PackageSigner(path) }
            let author = folder.appending(Name("publication.json5"))
            let isThere = Folder.working.kind(behind: author) == .file
            let settings = try PackageBuildVerb.recordSettings(call, author: isThere ? author.text : nil)
            let documents = try PackageDocuments(settings).completed(
                package, PackageDocuments.Identity(doi: doi, record: record), target: target)
            let again = try package.replace(documents, signer: signer)
            if !call.has(.quiet) {
                StandardStream.report(
                    "\(folder.shown): \(documents.count) of \(again.files.count) files written again for \(doi)\n")
            }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}

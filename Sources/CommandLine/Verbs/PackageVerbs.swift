// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Findings
import Packaging
import Report
import RuleEngine
import Transport

/// `imprimatur package plan`: how data would lie in a deposit.
enum PackagePlanVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let plan = try plan(call)
            let profile = Profile(name: "default")
            var outputs = try PackageReport.outputs(call, profile)
            if !call.has(.quiet), call[.format] == nil { StandardStream.report(text(plan)) }
            if call.has(.fair) {
                let lines = try PublicationReading.fairText(plan, try PackageInputs(call), call)
                if !call.has(.quiet), call[.format] == nil { StandardStream.report("\n\(lines)\n") }
            }
            return try PackageReport.tell(
                plan.report(call[.dataBase] ?? "data", profile, failAt: call[.packageFailAt]), &outputs, call)
        } catch {
            return StandardStream.tell(error)
        }
    }

    static func plan(_ call: Invocation) throws(Failure) -> PackagePlan {
        let rules = try RulesOptions(call).folder
        let inputs = try PackageInputs(call)
        var target: RepositoryTarget?
        if let word = call[.repository] ?? inputs.target { target = try RepositoryTarget.find(word, rules) }
        let expanded = inputs.expanded
        if !expanded.passedOver.isEmpty, !call.has(.quiet) {
            let words = expanded.passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            StandardStream.complain("passed over: " + words.joined(separator: ", "))
        }
        let selection = try DataSelection(expanded.inputs, base: call[.dataBase] ?? inputs.base)
        return PackagePlan(selection, target: target)
    }

    private static func text(_ plan: PackagePlan) -> String {
        let width = plan.files.map { $0.name.shown.count }.max() ?? 0
        var text = ""
        for file in plan.files {
            let name = file.name.shown
            let members = file.isVolume ? "  \(file.members.count) files" : ""
            let wide = file.isZIP64 ? ", numbers of 64 bits, which the checker of Raw Data Letters does not read" : ""
            text +=
                name + String(repeating: " ", count: width - name.count)
                + "  \(SizeText.of(file.size))\(members)\(wide)\n"
        }
        for file in VolumeRun.readTwice(plan.files).prefix(3) {
            text += "read twice: \(file.path.shown), \(SizeText.of(file.size))\n"
        }
        text += "\(plan.members) files of data in \(plan.files.count), and up to \(PackagePlan.documents) documents; "
        text += "\(SizeText.of(plan.bytes)); \(plan.requests) requests"
        if let target = plan.target, let seconds = plan.seconds, seconds > 0 {
            text += ", at least \(seconds) s at \(target.name)"
        }
        return text + "\n"
    }
}

/// `imprimatur package verify`: a package or a bag against its own lists.
enum PackageVerifyVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let profile = Profile(name: "default")
            let folder = Name(call.operands.first ?? "")
            guard Folder.working.kind(behind: folder) == .folder else {
                throw Failure(usage: "'\(folder.shown)' is no folder", remedy: "name the folder of a package or a bag")
            }
            var outputs = try PackageReport.outputs(call, profile)
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            let report: FileReport
            var signature: PackageSignature?
            if call.has(.bagOfOthers) {
                let (found, notes) = BagVerification(folder, profile: profile, failAt: call[.packageFailAt])(
                    begin: { progress.begin(files: $0, bytes: 0) }, read: progress.read, done: progress.done)
                progress.end()
                if !call.has(.quiet) { for note in notes { StandardStream.complain("note: \(note)") } }
                report = found
            } else {
                signature = try Self.signature(folder, call)
                report = PackageVerification(folder, profile: profile, failAt: call[.packageFailAt])(
                    begin: { progress.begin(files: $0, bytes: $1) }, read: progress.read, done: progress.done)
                progress.end()
            }
            let code = try PackageReport.tell(report, &outputs, call)
            switch signature {
            case nil, .good: return code
            case .absent: StandardStream.complain("'\(folder.shown)' is not signed")
            case .wrong:
                StandardStream.complain("'\(folder.shown)' is not signed by this key, or its list of digests changed")
            }
            return ExitCode.combined([code, .findings])
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// The signature of a package by the key that is named; nil where none is.
    private static func signature(_ folder: Name, _ call: Invocation) throws(Failure) -> PackageSignature? {
        guard let path = call[.key] else {
            if !call.has(.quiet), (try? Package(builtOrFetched: folder))?.isSigned == true {
                StandardStream.complain("note: the signature is not checked; add --key FILE")
            }
            return nil
        }
        guard let bytes = FileBytes.read(path) else { throw Folder.working.failure(toOpen: Name(path)) }
        let key = try SignatureKey(pem: bytes, path: path)
        return try Package(builtOrFetched: folder).signature(of: key)
    }
}

/// `imprimatur package sign`: a signature over the list of digests.
enum PackageSignVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            guard let path = call[.key] else {
                throw Failure(usage: "no key is named", remedy: "add --key FILE, a private Ed25519 key in PEM")
            }
            let signer = try PackageSigner(path)
            let folder = Name(call.operands.first ?? "")
            let profile = Profile(name: "default")
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            let report = PackageVerification(folder, profile: profile, failAt: call[.packageFailAt])(
                begin: { progress.begin(files: $0, bytes: $1) }, read: progress.read, done: progress.done)
            progress.end()
            guard !report.isFailing, report.failures.isEmpty else {
                if let failure = report.failures.first { throw failure }
                StandardStream.complain(
                    "'\(folder.shown)' is not signed: its files are not as it states; see 'imprimatur package verify'")
                return .findings
            }
            let package = try signer(try Package(folder))
            if !call.has(.quiet) { StandardStream.report(package.deposit.shown + "/manifest.sig\n") }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}

/// The report of a verb on a package.
enum PackageReport {
    static func outputs(_ call: Invocation, _ profile: Profile) throws(Failure) -> [ReportOutput] {
        let head = RunHead(
            version: Program.version, profileName: profile.name, profileDigest: "",
            failAt: call[.packageFailAt] ?? .B)
        var outputs = try CheckArguments.outputs(call, head)
        let read = call.operands.flatMap { [$0] + files(below: Name($0)).map(\.text) }
        try ReportOutput.open(&outputs, reading: read)
        return outputs
    }

    /// The files of a folder and of the folders in it; none where it cannot be listed.
    static func files(below folder: Name) -> [Name] {
        guard Folder.working.kind(behind: folder) == .folder, let entries = try? Folder(folder).entries() else {
            return []
        }
        return entries.flatMap { entry in
            let name = folder.appending(entry.name)
            return entry.kind == .folder ? files(below: name) : [name]
        }
    }

    static func tell(
        _ report: FileReport, _ outputs: inout [ReportOutput], _ call: Invocation
    ) throws(Failure) -> ExitCode {
        try VerifyVerb.tell(report, &outputs, call)
    }
}

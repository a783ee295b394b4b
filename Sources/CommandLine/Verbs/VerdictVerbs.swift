// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Deposit
import Digest
import Findings
import Packaging
import RuleEngine
import Transport

/// `imprimatur package bag`: a bag of a package.
enum PackageBagVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            guard let output = call[.bag] else { throw Failure(usage: "no bag is named", remedy: "add -o FOLDER") }
            let package = try Package(Name(call.operands.first ?? ""))
            var request = BagWriting.Request(
                date: call.surroundings.today, program: "imprimatur \(Program.version)")
            request.doi = call[.doi]
            if call.has(.holey) {
                guard let record = call[.recordNumber], let id = call[.repository] ?? package.plan.target else {
                    throw Failure(
                        usage: "a bag without payload needs the addresses of the files",
                        remedy: "add --record NUMBER and --target ID")
                }
                let target = try RepositoryTarget.find(id, try RulesOptions(call).folder)
                request.address = { target.address(of: $0, record: record) }
            }
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            progress.begin(files: package.files.count, bytes: package.bytes)
            try BagWriting(package, request)(into: Name(output), read: progress.read, done: progress.done)
            progress.end()
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}

/// `imprimatur verdict`: what passed, of which bytes, by which rules.
enum VerdictVerbs {
    static func write(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let folder = Name(call.operands.first ?? "")
            let parts = ["plan.json", "publication.json5"].map { folder.appending(Name($0)) }
            let read = PackageReport.files(below: folder.appending(Name("deposit"))) + parts
            let output = try Output(
                call[.verdict], inputs: Set(read.compactMap { Identity.of($0)?.key }), replaces: call.has(.replace))
            let package = try Package(folder)
            let executable = Executable.path().flatMap { try? Source.open(Name($0)).digests().sha256 }
            var verdict = try Verdict(
                package, program: "imprimatur \(Program.version)", day: call.surroundings.today, executable: executable)
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            let report = PackageVerification(folder, profile: Profile(name: "default"))(
                begin: { progress.begin(files: $0, bytes: $1) }, read: progress.read, done: progress.done)
            progress.end()
            if let failure = report.failures.first { throw failure }
            guard !report.isFailing else {
                StandardStream.complain(
                    "there is no verdict on '\(folder.shown)': its files are not as it states; see 'imprimatur package verify'"
                )
                return .findings
            }
            if call.has(.ofPublished) {
                guard verdict.stage == .complete else {
                    throw Failure(
                        attempt: "give a verdict on", subject: folder.text, code: .refused("unchecked"),
                        words: "a sample of its frames was decoded when it was built",
                        remedy: "build it with --frames all before it is deposited")
                }
                guard let doi = try published(call) else { return .findings }
                verdict.stage = .published
                verdict.doi = doi
            }
            var bytes = verdict.bytes
            if let path = call[.key] {
                let key = try Self.key(path)
                bytes = try SignedVerdict(bytes, by: key).bytes
            }
            try output.write(bytes)
            try output.end()
            return .fine
        } catch {
            let code = StandardStream.tell(error)
            return error.code == .refused("unchecked") ? .findings : code
        }
    }

    /// The DOI under which a repository holds exactly the files of the package; nil, and told, where it does not.
    private static func published(_ call: Invocation) throws(Failure) -> String? {
        do throws(DepositStop) {
            let report = try DepositOptions(call).run(call, isBegun: true, hasRecord: false).verify()
            guard report.state == .published, report.isVerified, report.differences.isEmpty, let doi = report.doi else {
                StandardStream.complain(
                    report.state == .published
                        ? "there is no verdict: the record differs from the package; see 'imprimatur deposit verify'"
                        : "there is no verdict: the deposit is \(report.state.rawValue), not published")
                return nil
            }
            return doi
        } catch {
            throw Failure(
                attempt: "ask the repository for", subject: call.operands.first ?? "",
                code: error.kind == .refusal ? .usage : .refused("repository"), words: error.words,
                remedy: error.remedy)
        }
    }

    static func verify(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let path = call.operands.first ?? ""
            guard let data = call[.verdictData], Folder.working.kind(behind: Name(data)) == .folder else {
                throw Failure(usage: "no folder with the files is named", remedy: "add --data FOLDER")
            }
            let source = try Source.open(Name(path))
            let bytes = try source.bytes(at: 0, count: source.size)
            let signed = SignedVerdict(bytes)
            var codes: [ExitCode] = []
            if let key = call[.key] {
                let key = try Self.key(key)
                if signed?.isSigned(by: key) != true {
                    StandardStream.complain("'\(path)' is not signed by the key \(key.id.prefix(16))")
                    codes.append(.findings)
                }
            } else if signed != nil {
                StandardStream.complain("note: the signature is not checked; add --key FILE")
            }
            let verdict = try Verdict(signed?.payload ?? bytes, path: path)
            let profile = Profile(name: "default")
            var outputs = try PackageReport.outputs(call, profile)
            let verification = VerdictVerification(verdict, path: Name(path), folder: Name(data))
            let progress = ProgressLine(isWanted: !call.has(.quiet))
            progress.begin(files: verdict.subjects.count, bytes: 0)
            let report = verification(
                profile, failAt: call[.packageFailAt], read: progress.read, done: progress.done)
            progress.end()
            let newer = verification.newerRules
            if !newer.isEmpty {
                StandardStream.complain(
                    "the verdict is stale: \(newer.count) rules are newer (\(newer.prefix(5).joined(separator: ", "))); "
                        + "check the data again")
                codes.append(.findings)
            }
            codes.append(try PackageReport.tell(report, &outputs, call))
            return ExitCode.combined(codes)
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func key(_ path: String) throws(Failure) -> SignatureKey {
        guard let bytes = FileBytes.read(path) else { throw Folder.working.failure(toOpen: Name(path)) }
        return try SignatureKey(pem: bytes, path: path)
    }
}

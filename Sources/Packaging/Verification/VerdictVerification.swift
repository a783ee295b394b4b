// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Digest
public import Findings
import RuleCatalog
public import RuleEngine
public import Transport

/// Every rule of this program.
private var ruleNames: [String] { catalogue.map(\.id.description) }

extension Verdict {
    /// The verdict on a package whose data passed a check.
    ///
    /// - Parameters:
    ///   - program: Name and version.
    ///   - day: YYYY-MM-DD.
    ///   - executable: SHA-256 of the program; nil where it cannot be read.
    /// - Throws: When the data were not checked, or did not pass.
    public init(_ package: Package, program: String, day: String, executable: String?) throws(Failure) {
        guard let check = package.plan.check else {
            throw Failure(
                attempt: "give a verdict on", subject: package.folder.text, code: .refused("unchecked"),
                words: "its data did not pass a check when it was built",
                remedy: "build the package with a profile that the data pass")
        }
        let places = Dictionary(
            package.table.rows.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var subjects: [Subject] = []
        for file in package.files where package.plan.files.contains(where: { $0.name == file.name }) {
            subjects.append(Subject(name: file.name.text, sha256: file.sha256))
        }
        for file in package.plan.files where file.isVolume {
            for member in file.members {
                guard let row = places[member.path] else { continue }
                subjects.append(Subject(name: member.path.text, sha256: row.sha256, volume: file.name.text))
            }
        }
        let rules = ruleNames.sorted()
        let text = Array(rules.joined(separator: "\n").utf8)
        self.init(
            subjects: subjects, verifier: "urn:imprimatur:" + program.split(separator: " ").joined(separator: ":"),
            policies: [
                Policy(uri: "urn:imprimatur:program", sha256: executable),
                Policy(
                    uri: Self.catalogue + program.split(separator: " ").joined(separator: ":"),
                    sha256: Digests.of(text, [.sha256])[.sha256], rules: rules),
                Policy(
                    uri: "urn:imprimatur:profile:\(check.profile)",
                    sha256: check.profileDigest.isEmpty ? nil : check.profileDigest),
            ], time: day + "T00:00:00Z", stage: check.isComplete ? .complete : .preliminary, profile: check.profile)
    }
}

/// Files held against a verdict on them.
public struct VerdictVerification: Sendable {
    private let verdict: Verdict
    private let path: Name
    private let folder: Name

    /// - Parameters:
    ///   - path: The file of the verdict, for places.
    ///   - folder: What its names are relative to.
    public init(_ verdict: Verdict, path: Name, folder: Name) {
        self.verdict = verdict
        self.path = path
        self.folder = folder
    }

    /// Rules of this program that were not there when the verdict was given and concern data.
    public var newerRules: [String] {
        verdict.newer(than: catalogue.filter { !$0.readsPackage }.map(\.id.description))
    }

    /// Reads the files that the verdict names.
    ///
    /// A volume stands for its members, and all members stand for their volume.
    public func callAsFunction(
        _ profile: Profile, failAt: Level? = nil, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) -> FileReport {
        var subject = VerifiedPackage(path)
        do throws(Failure) {
            let top = try Folder(folder)
            let here = Set(
                verdict.subjects.filter { subject in
                    ManifestNames.refusal(of: Name(subject.name)) == nil
                        && top.kind(behind: Name(subject.name)) == .file
                }.map(\.name))
            let members = Dictionary(grouping: verdict.subjects.filter { $0.volume != nil }) { $0.volume ?? "" }
            let wanted = verdict.subjects.filter { subject in
                if here.contains(subject.name) { return true }
                if let volume = subject.volume { return !here.contains(volume) }
                guard let inner = members[subject.name] else { return true }
                return !inner.allSatisfy { here.contains($0.name) }
            }
            let manifest = Manifest(
                wanted.map { Manifest.Entry(Name($0.name), digests: [Manifest.Stated(.sha256, $0.sha256)]) })
            let comparison = ManifestComparison(manifest, top, read: read, done: done)
            subject.take(comparison, FolderStrangers(names: []), contradictions: [])
        } catch {
            subject.failures.append(error)
        }
        return subject.report(profile, failAt: failAt ?? .B)
    }
}

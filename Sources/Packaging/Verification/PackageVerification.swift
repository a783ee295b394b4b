// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Digest
public import Findings
public import RuleEngine
public import Transport

/// A package held against its lists, and its volumes against the table of members.
public struct PackageVerification: Sendable {
    private let folder: Name
    private let profile: Profile
    private let failAt: Level?

    /// - Parameter failAt: The level at which a finding fails the package; nil for B, at which its documents are wrong.
    public init(_ folder: Name, profile: Profile, failAt: Level? = nil) {
        self.folder = folder
        self.profile = profile
        self.failAt = failAt
    }

    /// Reads the package.
    ///
    /// - Parameters:
    ///   - begin: Is told of the number of files and their bytes.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file that is ready, on any thread.
    public func callAsFunction(
        begin: (Int, Int) -> Void = { _, _ in }, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) -> FileReport {
        var subject = VerifiedPackage(folder)
        do throws(Failure) {
            let package = try Package(builtOrFetched: folder)
            let virtual = package.files.filter(\.isVirtual)
            let written = package.files.filter { !$0.isVirtual && !Package.unlisted.contains($0.name) }
            begin(written.count, package.bytes &+ package.table.rows.reduce(0) { $0 &+ $1.size })
            let manifest = Manifest(
                written.map {
                    Manifest.Entry(
                        $0.name, digests: [Manifest.Stated(.sha256, $0.sha256), Manifest.Stated(.md5, $0.md5)])
                })
            let comparison = ManifestComparison(manifest, try Folder(package.deposit), read: read, done: done)
            let known = Set(package.files.map(\.name.bytes))
            let walk = FolderWalk(package.deposit, seesHidden: true)
            let prefix = package.deposit.bytes.count + 1
            let strangers = walk.found.compactMap { found -> String? in
                let name = Array(found.name.bytes.dropFirst(prefix))
                return found.trouble != nil || known.contains(name) ? nil : Name(bytes: name).text
            }
            let inner = Name(bytes: Array(package.deposit.bytes.dropFirst(folder.bytes.count).drop { $0 == 0x2F }))
            let table = try VolumeVerification(package, read: read)
            var words = table.faults.map { (MemberTable.name, "'\($0.member.shown)' \($0.words)") }
            for file in virtual {
                let digests = try file.open().digests([.md5, .sha256])
                if digests[.sha256] != file.sha256 || digests[.md5] != file.md5 {
                    words.append((file.name, "the data would make another volume than the manifest states"))
                }
            }
            subject.take(
                comparison, FolderStrangers(names: strangers, failures: walk.found.compactMap(\.trouble)),
                contradictions: words.map { (inner.appending($0.0), $0.1) },
                disagreements: DocumentAgreement(package).disagreements)
        } catch {
            subject.failures.append(error)
        }
        return subject.report(profile, failAt: failAt ?? .B)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
public import Findings
import RuleCatalog
public import RuleEngine
public import Transport

/// A bag held against its files: declaration, lists, and the digest of every file.
///
/// - Source: RFC 8493, section 3.
public struct BagVerification: Sendable {
    private let folder: Name
    private let profile: Profile
    private let failAt: Level?

    /// - Parameter failAt: The level at which a finding fails the bag; nil for B, at which it breaks its rules.
    public init(_ folder: Name, profile: Profile, failAt: Level? = nil) {
        self.folder = folder
        self.profile = profile
        self.failAt = failAt
    }

    /// Reads the bag.
    ///
    /// - Parameters:
    ///   - begin: Is told of the number of files.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file that is ready, on any thread.
    /// - Returns: The report, and what is allowed and unwise, one sentence each.
    public func callAsFunction(
        begin: (Int) -> Void = { _ in }, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) -> (report: FileReport, notes: [String]) {
        var notes: [String] = []
        var subject = VerifiedPackage(folder)
        do throws(Failure) {
            let bag = try Bag(folder)
            notes = bag.notes.map { "\($0.file.shown): \($0.words)" }
            begin(bag.manifest.entries.count)
            let comparison = ManifestComparison(bag.manifest, try Folder(folder), read: read, done: done)
            let strangers = FolderStrangers(names: bag.strangers)
            subject.take(
                comparison, strangers, contradictions: bag.faults.map { ($0.file, $0.words) }, failures: bag.failures)
        } catch {
            subject.failures.append(error)
        }
        return (subject.report(profile, failAt: failAt ?? .B), notes)
    }
}

/// What was found of a package, on its way to the rules.
struct VerifiedPackage {
    private let folder: Name
    private var sources: SourceList?
    private var view: PackageView?
    private var outline = ""
    var failures: [Failure] = []

    init(_ folder: Name) { self.folder = folder }

    mutating func take(
        _ comparison: ManifestComparison, _ strangers: FolderStrangers, contradictions: [(file: Name, words: String)],
        failures more: [Failure] = [], disagreements: [PackageView.Disagreement]? = nil
    ) {
        let known = comparison.sources(main: folder.text)
        var entries = known.entries
        var told: [PackageView.Contradiction] = []
        for (file, words) in contradictions {
            let position = entries.count
            entries.append(SourceList.Entry(name: folder.appending(file).text, role: .linked))
            told.append(
                PackageView.Contradiction(
                    file: file.text, place: Place(.file, in: SourceID(position: position)), words: words))
        }
        sources = SourceList(entries)
        var view = comparison.view(strangers)
        view.contradictions = told
        view.disagreements = disagreements
        self.view = view
        failures += comparison.failures + strangers.failures + more
        outline = comparison.outline(strangers)
    }

    func report(_ profile: Profile, failAt: Level) -> FileReport {
        var material = Material(kind: .manifest, sources: sources)
        material.name = folder.text
        material.failures = failures
        material.package = view
        let engine = Engine(rules: catalogue.filter(\.readsPackage), profile: profile)
        var report = engine.run(on: material, failAt: failAt)
        report.outline = outline
        return report
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import RuleEngine
import TestSupport
import Testing
import Transport

@testable import Packaging

/// Oracle: what the rules say of packages that were changed by hand.
@Suite struct RulesOfPackagesTests {
    private let profile = Profile(name: "default")

    private func target(files: Int?, bytes: Int?) throws -> RepositoryTarget {
        let rules = RulesFolder.checkout
        var target = try RepositoryTarget.find("zenodo-sandbox", rules)
        target.limits.files = files
        target.limits.bytes = bytes
        return target
    }

    @Test("quota and number of files are refused by the plan, not by the server") func limits() throws {
        let yard = try PackageYard()
        let inputs = FolderWalk(Name(yard.path("data"))).found.map { Input($0.name.text) }
        let selection = try DataSelection(inputs)
        for (files, bytes, count) in [(100, 50_000_000_000, 0), (18, 50_000_000_000, 1), (100, 1000, 1), (18, 1000, 2)]
        {
            let plan = PackagePlan(selection, target: try target(files: files, bytes: bytes))
            let report = plan.report("data", profile)
            // What the repository does not keep is told of each package.
            #expect(
                report.findings.map(\.rule.description).sorted()
                    == [String](repeating: "DATA-019", count: count) + ["META-030"])
            #expect(report.status == (count == 0 ? .pass : .fail))
        }
        #expect(throws: Failure.self) { try RepositoryTarget.find("zenodo-sandbok", RulesFolder.checkout) }
    }

    @Test("documents of one package that disagree are told") func disagreement() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        func verify() -> FileReport { PackageVerification(Name(yard.path("one")), profile: profile)() }
        let citation = "doi: \"10.5072/a\"\ntitle: \"T\"\nlicense: \"CC-BY-4.0\"\n"
        let readme = "# T\n\n## Citation\n\nC: T. https://doi.org/10.5072/"
        let same = try package.replace([
            PackageDocument("CITATION.cff", citation), PackageDocument("README.md", readme + "A\n\n## Use\n"),
        ])
        #expect(verify().status == .pass)
        _ = try same.replace([PackageDocument("README.md", readme + "b\n\n## Use\n")])
        #expect(verify().findings.map(\.rule.description) == ["META-024"])
    }

    @Test("what was fetched is verified by the lists that it brings along") func fetched() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        _ = try yard.shell("cp -r one/deposit fetched")
        func verify() -> FileReport { PackageVerification(Name(yard.path("fetched")), profile: profile)() }
        let whole = verify()
        #expect(whole.status == .pass && whole.failures.isEmpty)
        let volumes = package.plan.files.filter(\.isVolume).map(\.name.text)
        let volume = try #require(volumes.first)
        _ = try yard.shell("printf x | dd of='fetched/\(volume)' bs=1 seek=60 conv=notrunc")
        #expect(verify().status == .fail)
        // One that is not there is told once, and the others are looked at all the same.
        _ = try yard.shell("rm fetched/'\(volume)' && echo more >fetched/more.txt")
        let report = verify()
        #expect(report.status == .fail && report.failures.isEmpty)
        #expect(report.findings.contains { $0.message.contains(volume) }, "\(report.findings.map(\.message))")
        #expect(report.findings.contains { $0.message.contains("more.txt") }, "\(report.findings.map(\.message))")
    }

    @Test("a byte of a volume that changed is told by file and by member") func member() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        let row = try #require(package.table.rows.first { $0.size > 10 })
        let place = try #require(row.place)
        let path = yard.path("one/deposit/" + place.volume.text)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: UInt64(place.offset + 5))
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: UInt64(place.offset + 5))
        try handle.write(contentsOf: Data([byte ^ 1]))
        try handle.close()
        let rules = Set(
            PackageVerification(Name(yard.path("one")), profile: profile)().findings.map(\.rule.description))
        #expect(rules == ["DATA-017", "DATA-020"])
    }
}

extension RulesFolder {
    /// The rules of this checkout.
    fileprivate static var checkout: RulesFolder {
        let path = TestSupport.Folder.checkout.appendingPathComponent("rules").path
        guard let folder = try? RulesFolder.find(option: path) else { preconditionFailure("the checkout has rules") }
        return folder
    }
}

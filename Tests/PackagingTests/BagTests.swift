// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import Packaging
import RuleEngine
import TestSupport
import Testing
import Transport

/// Oracle: RFC 8493; bags of the Library of Congress suite where the shared folder is at hand.
@Suite struct BagTests {
    private func verify(_ path: String) -> (report: FileReport, notes: [String]) {
        BagVerification(Name(path), profile: Profile(name: "default"))()
    }

    @Test("a bag that was written holds, and one changed byte breaks it") func written() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        var request = BagWriting.Request(date: "2026-11-30", program: "imprimatur 0")
        request.doi = "10.5072/x"
        try BagWriting(package, request)(into: Name(yard.path("bag")))
        #expect(verify(yard.path("bag")).report.status == .pass)
        let sums = try yard.shell("cd bag && sha256sum -c --strict manifest-sha256.txt tagmanifest-sha256.txt")
        #expect(sums.code == 0, "\(sums.output)")
        let path = yard.folder.appendingPathComponent("bag/data/README.md")
        try Data("# Date\n".utf8).write(to: path)
        let report = verify(yard.path("bag")).report
        #expect(report.status == .fail)
        #expect(report.findings.map(\.rule.description) == ["DATA-017"])
    }

    @Test("a holey bag states addresses, and is not whole until they are fetched") func holey() throws {
        let yard = try PackageYard()
        let package = try yard.build("one")
        var request = BagWriting.Request(date: "2026-11-30", program: "imprimatur 0")
        request.address = { "https://example.org/" + AddressText.escaped($0) }
        try BagWriting(package, request)(into: Name(yard.path("bag")))
        let fetch = String(decoding: try yard.bytes("bag/fetch.txt"), as: UTF8.self)
        #expect(fetch.split(separator: "\n").count == package.files.count)
        #expect(fetch.contains("https://example.org/README.md 7 data/README.md"))
        #expect(verify(yard.path("bag")).report.status == .fail)
        let moved = try yard.shell("cp one/deposit/* bag/data/")
        #expect(moved.code == 0)
        #expect(verify(yard.path("bag")).report.status == .pass)
    }

    @Test("bag paths use %0A, not \\n; before 1.0 a percent sign stands for itself") func paths() throws {
        let yard = try PackageYard(["x_1.cbf"])
        for (version, name, line) in [
            ("1.0", "a\nb%c", "a%0Ab%25c"), ("0.97", "a\nb%c", "a%0Ab%c"), ("0.97", "a%25", "a%25"),
        ] {
            let sum = "b1946ac92492d2347c6235b4d2611184"
            _ = try yard.shell("rm -rf bag; mkdir -p bag/data")
            try Data("hello\n".utf8).write(to: yard.folder.appendingPathComponent("bag/data/" + name))
            try Data("BagIt-Version: \(version)\nTag-File-Character-Encoding: UTF-8\n".utf8).write(
                to: yard.folder.appendingPathComponent("bag/bagit.txt"))
            try Data("\(sum)  data/\(line)\n".utf8).write(
                to: yard.folder.appendingPathComponent("bag/manifest-md5.txt"))
            #expect(verify(yard.path("bag")).report.status == .pass, "\(version) \(line)")
        }
    }

    @Test("0.97 and 1.0 bags of the conformance suite") func suite() throws {
        guard let shared = ProcessInfo.processInfo.environment["IMPRIMATUR_SHARED"] else { return }
        let top = URL(fileURLWithPath: shared).appendingPathComponent("oracles/bagit")
        guard let versions = try? FileManager.default.contentsOfDirectory(atPath: top.path) else { return }
        var count = 0
        for version in versions where version.hasPrefix("v") {
            for kind in ["valid", "invalid", "linux-only", "warning"] {
                let folder = top.appendingPathComponent(version).appendingPathComponent(kind)
                for bag in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
                    let path = folder.appendingPathComponent(bag).path
                    guard Transport.Folder.working.kind(behind: Name(path)) == .folder else { continue }
                    let (report, notes) = verify(path)
                    count += 1
                    switch kind {
                    case "valid": #expect(report.status == .pass, "\(version)/\(bag)")
                    case "warning": #expect(!notes.isEmpty || !report.findings.isEmpty, "\(version)/\(bag)")
                    default: #expect(report.status == .fail, "\(version)/\(bag)")
                    }
                }
            }
        }
        #expect(count > 40)
    }
}

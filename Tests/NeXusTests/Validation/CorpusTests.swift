// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: what the files of the corpora declare for the rules that the definitions feed.
@Suite struct NeXusCorpusTests {
    static let folders: [URL] = {
        let root = Folder.checkout.appendingPathComponent("corpora")
        let all = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
        return all.filter { isFed($0.lastPathComponent) }.sorted { $0.path < $1.path }
    }()

    /// Rules that are told from findings of the definitions and from nothing else.
    static func isFed(_ rule: String) -> Bool {
        rule.hasPrefix("NX-") && rule != "NX-033" || ["LINK-012", "SCAN-016", "SCAN-017"].contains(rule)
    }

    @Test("a corpus file gives the findings that it declares", arguments: folders)
    func corpus(folder: URL) throws {
        let scratch = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".nxs.json")
        }
        for name in names {
            let recipe = try Recipe(reading: folder.appendingPathComponent(name).path)
            let path = scratch.appendingPathComponent(name + ".nxs").path
            try recipe.build(at: path)
            let validation = try Validation(of: try FileSet.read(path, policy: .nexus), library: Judged.library)
            let told = validation.findings.filter { finding in
                Self.isFed(finding.rule)
                    && (!Judged.informs.contains(finding.rule) || recipe.expect.contains { $0.hasPrefix(finding.rule) })
            }
            let expected = recipe.expect.filter { Self.isFed(String($0.prefix { $0 != " " })) }
            #expect(told.map(\.told).sorted() == expected.sorted(), "\(folder.lastPathComponent)/\(name)")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// The corpora against all rules. Oracle: each corpus file itself, by the line that says what it shows.
@Suite struct CorpusTests {
    @Test("each file of the corpora can be read and says what is expected of it", arguments: CorpusFile.all)
    func saysWhatIsExpected(_ file: CorpusFile) {
        #expect(file.fault == nil)
    }

    @Test(
        "a file that says nothing of what is expected would be seen",
        arguments: [
            ("fail-a.nxs.json", "{shows: 'a', expect: []"), ("fail-b.nxs.json", "{base: 'absent.nxs.json'}"),
            ("fail-c.cif", "# shows something\ndata_a\n"), ("fail-d.cif", "# shows something\n# expect:\n"),
            ("fail-e.cif", "# shows something\n# expect: AXIS-001, ,NX-001\n"), ("fail-f.txt", "# expect: none\n"),
        ])
    func silent(name: String, text: String) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        #expect(CorpusFile(name, in: folder).fault != nil)
        #expect(CorpusFile("fail-absent.cif", in: folder).fault != nil)
        try Data("# shows something\n# expect: none\n".utf8).write(to: folder.appendingPathComponent("pass-a.cif"))
        #expect(CorpusFile("pass-a.cif", in: folder).fault == nil)
    }

    @Test("the corpora are there")
    func areThere() {
        #expect(CorpusFile.all.count > 400 && CorpusFile.all.contains(where: \.isRecipe))
    }

    @Test("each file yields exactly what it declares", arguments: CorpusFile.all)
    func yieldsWhatItDeclares(_ file: CorpusFile) throws {
        let report = try #require(Bench.shared.reports[file.name])
        let found = Set(report.faults.map(\.rule.description))
        let declared = Set(file.expected.map(\.rule))
        let information = Set(report.findings.filter { $0.level == .G }.map(\.rule.description))
        let said = report.findings.map { "\($0.rule) \($0.message) @ \($0.places.first?.local ?? "")" }
        #expect(declared.subtracting(information) == found, "\(said)")
        for expectation in file.expected {
            let finding = try #require(
                report.findings.first { $0.rule.description == expectation.rule }, "\(report.notChecked)")
            guard let place = expectation.place else { continue }
            #expect(finding.places.contains { $0.local.hasPrefix(place) }, "\(finding.places.map(\.local))")
        }
    }

    @Test("each file begins with one sentence on what it shows", arguments: CorpusFile.all)
    func says(_ file: CorpusFile) {
        #expect(file.shows.count > 5 && file.shows.count < 120)
        #expect(!file.shows.hasSuffix("."))
    }

    @Test("a file that fails declares the rule of its folder, one that passes does not", arguments: CorpusFile.all)
    func belongsToItsFolder(_ file: CorpusFile) {
        let rules = file.expected.map(\.rule)
        #expect(rules.contains(file.folder) == file.isFailing)
    }

    /// Rules whose fault no single file can show: it needs a reader that dies, or several files (CommandTests).
    private static let withoutFiles: Set<RuleID> = [
        "FILE-011", "GEOM-019", "COUNT-011", "META-007", "DATA-029", "DATA-017", "DATA-018", "DATA-019", "DATA-020",
        "META-024", "DATA-022", "IMAGE-015",
        "IMAGE-016",
        // Told by `convert` and `deposit diff` (ConversionTests, DepositTests).
        "AXIS-025", "AXIS-026", "AXIS-027", "BEAM-011", "BEAM-012", "BEAM-013", "GEOM-020", "META-011",
        "META-026", "PIXEL-019", "SCAN-022", "SCAN-023", "DATA-028", "META-029", "META-030",
        // SMV images are no files of the corpora (ConversionTests).
        "GEOM-022",
        // What an archive says against its facility is told in audits (FacilityTests).
        "DATA-025", "DATA-026", "DATA-027", "META-027",
        // Servers are asked (CommandTests).
        "DATA-004", "DATA-005", "DATA-023", "DATA-024", "META-003",
    ]

    @Test("each rule has a file that fails and one that passes", arguments: catalogue.map(\.id))
    func hasFiles(_ id: RuleID) {
        guard !Self.withoutFiles.contains(id) else { return }
        let files = CorpusFile.all.filter { $0.folder == id.description }
        #expect(files.contains { $0.isFailing })
        #expect(files.contains { !$0.isFailing })
    }

    @Test("each folder is named after a rule of the catalogue")
    func foldersAreRules() {
        let known = Set(catalogue.map(\.id.description))
        #expect(Set(CorpusFile.all.map(\.folder)).subtracting(known).isEmpty)
    }

    @Test("each rule has a page", arguments: catalogue.map(\.id))
    func hasPage(_ id: RuleID) {
        let page = CorpusFile.root.deletingLastPathComponent().appendingPathComponent("docs/rules/\(id).md")
        #expect(FileManager.default.fileExists(atPath: page.path), "run 'swift run write-docs'")
    }
}

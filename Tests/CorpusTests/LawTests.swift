// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleEngine
import Testing

/// Changes that change nothing. Oracle: the law that the form of a text is no fact about the data.
@Suite struct LawTests {
    private static let texts = CorpusFile.all.filter { $0.name.hasSuffix(".cif") && !$0.name.hasPrefix("CIF-") }

    private static func summary(_ report: FileReport) -> [String] {
        report.findings.map { "\($0.rule) \($0.message) \($0.count)" }
    }

    @Test("other line ends change no finding", arguments: texts)
    func lineEnds(_ file: CorpusFile) throws {
        let data = try Data(contentsOf: CorpusFile.root.appendingPathComponent(file.name))
        let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n")
        let changed = try Bench.shared.report(on: Data(text.utf8))
        let report = try #require(Bench.shared.reports[file.name])
        #expect(Self.summary(changed) == Self.summary(report))
    }

    /// Rules that are found, with the number of their findings.
    private static func counts(_ report: FileReport) -> [String: Int] {
        Dictionary(report.faults.map { ($0.rule.description, 1) }, uniquingKeysWith: +)
    }

    @Test("another order of loops changes no finding", arguments: texts)
    func orderOfLoops(_ file: CorpusFile) throws {
        let data = try Data(contentsOf: CorpusFile.root.appendingPathComponent(file.name))
        let parts = String(decoding: data, as: UTF8.self).components(separatedBy: "\n\n")
        let head = try #require(parts.firstIndex { $0.contains("data_") })
        let turned = parts[...head] + parts[(head + 1)...].reversed()
        let changed = try Bench.shared.report(on: Data((turned.joined(separator: "\n\n") + "\n").utf8))
        let report = try #require(Bench.shared.reports[file.name])
        #expect(Self.counts(changed) == Self.counts(report))
    }

    @Test("other names of axes change no finding", arguments: texts)
    func namesOfAxes(_ file: CorpusFile) throws {
        let data = try Data(contentsOf: CorpusFile.root.appendingPathComponent(file.name))
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let renamed = lines.map { line in
            line.hasPrefix("        ") || line.hasPrefix("_array_structure_list_axis")
                ? line.replacingOccurrences(of: " phi ", with: " spindle_2 ").replacingOccurrences(
                    of: " dety", with: " down")
                : String(line)
        }
        let text = renamed.map { $0.hasSuffix("  phi") ? $0.dropLast(3) + "spindle_2" : $0 }.joined(separator: "\n")
        let changed = try Bench.shared.report(on: Data(text.utf8))
        let report = try #require(Bench.shared.reports[file.name])
        #expect(Self.counts(changed) == Self.counts(report))
    }

    @Test("checking twice gives the same report", arguments: texts.prefix(20))
    func twice(_ file: CorpusFile) throws {
        let data = try Data(contentsOf: CorpusFile.root.appendingPathComponent(file.name))
        let report = try #require(Bench.shared.reports[file.name])
        let again = try Bench.shared.report(on: data)
        #expect(Self.summary(again) == Self.summary(report))
        #expect(again.findings.map(\.places) == report.findings.map(\.places))
        #expect(again.notChecked == report.notChecked)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// How many places an addition touches: counted on what was added so far and nobody uses by name.
///
/// Oracle: the chapter *How to add* of docs/contributing.md. `ReportAgainTests` has a form of report in six lines and
/// `CodecTests` a codec in as few, with which these places are tried.
@Suite struct AdditionTests {
    private static let sources = CircleTests.sources
    private static let tests = SourceFile.all(under: "Tests")

    /// The words of each source that can name a type or a value, and its short literals.
    private static let words: [(file: SourceFile, names: Set<String>, literals: Set<String>)] = sources.map { file in
        let text = file.lines.joined(separator: "\n")
        return (
            file, Set(SwiftTokens.all(in: text).filter(\.isWord).map(\.text)),
            Set(text.matches(of: /"([A-Za-z0-9_-]+)"/).map { String($0.1) })
        )
    }

    private func files(naming name: String) -> [SourceFile] {
        Self.words.filter { $0.names.contains(name) }.map(\.file)
    }

    private func isGenerated(_ file: SourceFile) -> Bool { file.name.hasSuffix("+Generated.swift") }

    @Test func `a form of report is its file, its line in the table and a golden file`() throws {
        var leaves: [String] = []
        let golden = SourceFile.all(under: "Tests/CommandTests/Golden", endings: [""]).map(\.path)
        for own in Self.sources where own.module == "Report" {
            let text = own.lines.joined(separator: "\n")
            for (_, form, name) in text.matches(of: /struct (\w+): ReportFormat \{[\s\S]*?FormatRow\(\s*"(\w+)"/).map(
                \.output)
            {
                let naming = files(naming: String(form)).filter { $0.path != own.path }
                // A verb that prints this form and no other asks for it by name, which no addition needs.
                guard naming.map(\.name) == ["Formats+Table.swift"] else { continue }
                leaves.append(String(name))
                let spelling = Self.words.filter { $0.literals.contains(String(name)) && $0.file.path != own.path }
                    .map(\.file.path).filter { !$0.hasPrefix("Sources/compare-verdicts/") && !isOptionOfAudit($0) }
                #expect(spelling == [], "\(name)")
                let goldens = golden.filter {
                    $0.hasSuffix("." + name) || $0.hasSuffix("/\(name).txt") || $0.hasSuffix("/gate.\(name)")
                }
                #expect(!goldens.isEmpty, "\(name) has no golden file")
                #expect(1 + naming.count + min(1, goldens.count) <= 3, "\(name)")
            }
        }
        #expect(leaves.count >= 6, "\(leaves)")
        print("a form of report: 3 places, by \(leaves.joined(separator: ", "))")
    }

    /// Tables and snapshots of an audit are none of the forms of a report, and share some of their names; so do the endings
    /// of notes that lie beside images.
    private func isOptionOfAudit(_ path: String) -> Bool {
        path.contains("/Audit") || path == "Sources/Report/Page/HTMLReport.swift"
    }

    @Test func `a codec is its folder, its row in the table and its tests`() throws {
        let table = try #require(Self.sources.first { $0.name == "Codecs+Table.swift" })
        let text = table.lines.joined(separator: "\n")
        let decoders = Set(text.matches(of: /try (\w+)\.decode\(/).map { String($0.1) })
        #expect(decoders.count >= 12)
        var leaves: [String] = []
        for decoder in decoders.sorted() {
            let own = try #require(
                Self.sources.first { $0.name == "\(decoder).swift" && $0.module == "ImageCodecs" }, "\(decoder)")
            #expect(own.folder != own.name, "\(decoder) lies in no folder")
            let naming = files(naming: decoder).filter { $0.folder != own.folder || $0.module != own.module }
            #expect(naming.contains { $0.path == table.path }, "\(decoder)")
            guard naming.count == 1 else { continue }
            leaves.append(decoder)
        }
        // Its tests name the decoder, or the row by its filter or its name in CBF.
        let rows = text.matches(
            of: /Codec\(\s*(?:filters: \[FilterNumber\.(\w+)\]|names: \["([\w-]+)")[\s\S]*?try (\w+)\.decode/)
        for row in rows where leaves.contains(String(row.3)) {
            let words = [row.1, row.2, Optional(row.3)].compactMap { $0.map(String.init) }
            let tested = Self.tests.filter { !$0.path.hasPrefix("Tests/ArchitectureTests/") }.contains { file in
                file.lines.contains { line in
                    words.contains {
                        line.lowercased().replacing("-", with: "").contains($0.lowercased().replacing("-", with: ""))
                    }
                }
            }
            #expect(tested, "\(words) has no test")
        }
        #expect(leaves.count >= 4, "\(leaves)")
        print("a codec: 3 places, by \(leaves.joined(separator: ", "))")
    }

    @Test func `a rule is its file, its corpus and a line on the change`() throws {
        let rules = Self.sources.filter {
            $0.module == "RuleCatalog" && $0.name.wholeMatch(of: /[A-Z]+-[0-9]{3}\.swift/) != nil
        }
        #expect(rules.count > 150)
        var leaves: [String] = []
        for rule in rules {
            let id = String(rule.name.dropLast(".swift".count))
            let name = id.lowercased().replacing("-", with: "")
            let naming = files(naming: name).filter { $0.path != rule.path && !isGenerated($0) }
            let corpus = Folder.checkout.appendingPathComponent("corpora/\(id)").path
            // What no file alone can show is shown by a test.
            let isShown =
                FileManager.default.fileExists(atPath: corpus)
                || Self.tests.contains { $0.lines.contains { $0.contains(id) } }
            #expect(isShown, "\(id) has neither corpus nor test")
            if naming.isEmpty { leaves.append(id) }
        }
        print("a rule: 3 places and what write-docs writes, by \(leaves.count) of \(rules.count) rules")
        #expect(leaves == rules.map { String($0.name.dropLast(".swift".count)) })
    }

    @Test func `every place that is named to those who add is there`() throws {
        let guide = try String(
            contentsOf: Folder.checkout.appendingPathComponent("docs/contributing.md"), encoding: .utf8)
        let chapter = try #require(guide.split(separator: "## How to add").last)
        for (start, most) in [
            ("**A rule.** Four", 4), ("**A verb.** Three", 3), ("**A form of report.** Three", 3),
            ("**A codec.** Three", 3),
        ] {
            #expect(chapter.contains(start + " places"), "\(start)")
            #expect(most <= 4)
        }
        let named = chapter.matches(of: /`((?:Sources|Tests|docs|rules|corpora)\/[A-Za-z0-9_\/+.-]+)`/).map {
            String($0.1)
        }
        #expect(named.count >= 10)
        for path in named where !path.contains("NNN") {
            let place = Folder.checkout.appendingPathComponent(path).path
            #expect(FileManager.default.fileExists(atPath: place), "\(path)")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Oracle: the headings of `docs/design`, and the files of `docs/decisions` themselves.
@Suite struct CitationTests {
    private static let design = Folder.checkout.appendingPathComponent("docs/design")
    /// Pages about the standards' own data, which lie elsewhere or under other names.
    private static let elsewhere: Set<String> = ["README.md", "contributing.md", "interpretations.md", "glossary.md"]

    /// Numbers and names of the headings of a page: "4", "6.2", "Evaluation"; nil where there is no page.
    private func headings(of page: String) -> Set<String>? {
        guard let text = try? String(contentsOf: Self.design.appendingPathComponent(page), encoding: .utf8) else {
            return nil
        }
        var found: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix("#") {
            let words = line.drop { $0 == "#" }.split(separator: " ").map(String.init)
            if let first = words.first { found.insert(first.hasSuffix(".") ? String(first.dropLast()) : first) }
        }
        return found
    }

    /// Pages and sections that a comment names: "geometry.md section 8", "imgcif.md 10.2", "rules.md, Levels".
    private func citations(in line: String) -> [(page: String, section: String?)] {
        line.matches(of: /(?:^|[ (`;])([a-z]+\.md)`?(?:,? (?:sections? )?([0-9]+(?:\.[0-9]+)?|[A-Z][a-z]+))?/).map {
            (String($0.output.1), $0.output.2.map(String.init))
        }
    }

    @Test func `each page and section that a source cites is there`() {
        var pages: [String: Set<String>?] = [:]
        var faults: [String] = []
        var count = 0
        for file in HouseTests.code where file.name != "CitationTests.swift" {
            for (number, line) in file.lines.enumerated() where line.contains("///") || line.contains("// ") {
                for (page, section) in citations(in: line) where !Self.elsewhere.contains(page) {
                    if pages[page] == nil { pages[page] = .some(headings(of: page)) }
                    guard let known = pages[page] ?? nil else {
                        faults.append("\(file.path):\(number + 1): no page docs/design/\(page)")
                        continue
                    }
                    count += 1
                    if let section, section.first?.isNumber == true, !known.contains(section) {
                        faults.append("\(file.path):\(number + 1): no section \(section) in docs/design/\(page)")
                    }
                }
            }
        }
        #expect(faults == [])
        #expect(count > 60)
    }

    @Test func `each place that contributing names is there, and each thing to add has its places`() throws {
        let path = Folder.checkout.appendingPathComponent("docs/contributing.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let added = ["A rule": 4, "A verb": 3, "A form of report": 3, "A codec": 3]
        let words = [3: "Three", 4: "Four"]
        for (thing, count) in added {
            #expect(text.contains("**\(thing).** \(words[count] ?? "") places"), "\(thing)")
        }
        var seen = 0
        for match in text.matches(of: /`((?:Sources|Tests|docs|rules|corpora)(?:\/[A-Za-z0-9+._-]+)*)`/) {
            let place = Folder.checkout.appendingPathComponent(String(match.output.1)).path
            #expect(FileManager.default.fileExists(atPath: place), "\(match.output.1)")
            seen += 1
        }
        #expect(seen > 15)
    }

    @Test func `a citation of nothing would be seen`() {
        let cited = citations(in: "/// - Source: geometry.md section 99; imgcif.md 6.2, rules.md, Levels.")
        #expect(cited.map(\.page) == ["geometry.md", "imgcif.md", "rules.md"])
        #expect(cited.map(\.section) == ["99", "6.2", "Levels"])
        #expect(headings(of: "geometry.md")?.contains("99") == false)
        #expect(headings(of: "imgcif.md")?.contains("6.2") == true)
        #expect(headings(of: "nowhere.md") == nil)
    }

    @Test func `each decision stands in the index with status and date, and the index names nothing else`() throws {
        let folder = Folder.checkout.appendingPathComponent("docs/decisions")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".md") && $0 != "README.md"
        }
        let index = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
        let rows = index.split(separator: "\n").compactMap { line in
            line.wholeMatch(
                of:
                    /\| \[[0-9]{4}\]\(([0-9]{4}-[a-z0-9-]+\.md)\) \| .+ \| (stands|replaced by [0-9]{4}) \| [0-9]{4}-[0-9]{2}-[0-9]{2} \|/
            )
        }.map { String($0.output.1) }
        #expect(rows.sorted() == names.sorted())
        #expect(rows == rows.sorted())
    }
}

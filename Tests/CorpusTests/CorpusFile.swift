// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import RuleEngine
import TestSupport
import Testing

/// One file of the corpora and what it declares.
struct CorpusFile: Sendable, CustomTestStringConvertible {
    /// Folder and name, such as "AXIS-002/fail-circle.cif".
    let name: String
    /// Rules whose findings it declares, with the beginning of a place where one is given.
    let expected: [Expectation]
    /// The first sentence of the file: what it shows.
    let shows: String
    /// Why the file says nothing of itself; nil for one that does.
    let fault: String?

    struct Expectation: Sendable, Hashable {
        let rule: String
        let place: String?

        /// "AXIS-002", or "AXIS-002 26:13".
        init(_ text: String) {
            let words = text.split(separator: " ", maxSplits: 1)
            rule = words.first.map(String.init) ?? ""
            place = words.count > 1 ? String(words[1]) : nil
        }
    }

    var testDescription: String { name }
    var folder: String { String(name.prefix { $0 != "/" }) }
    var isFailing: Bool { name.contains("/fail-") }
    var isRecipe: Bool { name.hasSuffix(".nxs.json") }

    static let root = Folder.checkout.appendingPathComponent("corpora")

    /// Every file of the folders that are named after rules.
    static let all: [CorpusFile] = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return folders.filter { RuleID($0) != nil }.sorted().flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
            return names.sorted().map { CorpusFile(folder + "/" + $0) }
        }
    }()

    init(_ name: String, in root: URL = Self.root) {
        let path = root.path + "/" + name
        self.name = name
        (shows, expected, fault) = Corpora.isRecipe(name) ? Self.recipe(at: path) : Self.text(at: path)
    }

    private typealias Told = (shows: String, expected: [Expectation], fault: String?)

    private static func recipe(at path: String) -> Told {
        do {
            if Corpora.isText(path) {
                let recipe = try TextRecipe(reading: path)
                return (recipe.shows, recipe.expect.map(Expectation.init), nil)
            }
            let recipe = try Recipe(reading: path)
            return (recipe.shows, recipe.expect.map(Expectation.init), nil)
        } catch {
            return ("", [], "the recipe cannot be read: \(error)")
        }
    }

    /// How a comment of one line begins and ends.
    private static let marks: [(ending: String, begin: String, end: String)] = [
        (".cif", "# ", ""), (".cbf", "# ", ""), (".xml", "<!-- ", " -->"), (".json5", "// ", ""),
    ]

    private static func text(at path: String) -> Told {
        guard let marks = marks.first(where: { path.hasSuffix($0.ending) }) else {
            return ("", [], "neither a CIF, nor a record, nor a recipe")
        }
        guard let data = FileManager.default.contents(atPath: path) else { return ("", [], "it cannot be read") }
        let lines = String(decoding: data.prefix(4096), as: UTF8.self).split(separator: "\n").prefix(4)
        let comments = lines.filter { $0.hasPrefix(marks.begin) && $0.hasSuffix(marks.end) }.map {
            "# " + $0.dropFirst(marks.begin.count).dropLast(marks.end.count)
        }
        guard let declared = comments.first(where: { $0.hasPrefix("# expect:") }) else {
            return ("", [], "none of its first four lines begins with '# expect:'")
        }
        let words = declared.dropFirst("# expect:".count).split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard !words.isEmpty, words.allSatisfy({ !$0.isEmpty }) else { return ("", [], "'# expect:' names nothing") }
        let shows = comments.first.map { String($0.dropFirst(2)) } ?? ""
        return (shows, words.filter { $0 != "none" }.map(Expectation.init), nil)
    }
}

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
            return names.sorted().compactMap { CorpusFile(folder + "/" + $0) }
        }
    }()

    /// Nil for a file that is neither a CIF nor a recipe.
    init?(_ name: String) {
        let path = Self.root.path + "/" + name
        self.name = name
        if name.hasSuffix(".nxs.json") {
            guard let recipe = try? Recipe(reading: path) else { return nil }
            shows = recipe.shows
            expected = recipe.expect.map(Expectation.init)
            return
        }
        guard name.hasSuffix(".cif") || name.hasSuffix(".cbf"),
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        let lines = String(decoding: data.prefix(4096), as: UTF8.self).split(separator: "\n").prefix(4)
        let comments = lines.filter { $0.hasPrefix("# ") }
        guard let declared = comments.first(where: { $0.hasPrefix("# expect:") }) else { return nil }
        shows = comments.first.map { String($0.dropFirst(2)) } ?? ""
        let list = declared.dropFirst("# expect:".count).split(separator: ",")
        expected = list.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0 != "none" }.map(Expectation.init)
    }
}

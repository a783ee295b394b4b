// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Foundation
import TestSupport

@testable import CorpusRecipes

/// A file that differs from a good one by one change.
struct Mutant: Sendable, CustomStringConvertible {
    /// Name of the recipe under `corpora/golden`.
    let base: String
    /// What was changed: a path, with an attribute behind an `@`.
    let place: String
    /// How: a word of the table of verdicts.
    let kind: String
    private let tree: RecipeGroup

    init(base: String, place: String, kind: String, tree: RecipeGroup) {
        (self.base, self.place, self.kind, self.tree) = (base, place, kind, tree)
    }

    var description: String { "\(base) \(place) \(kind)" }

    /// Makes the file in a folder; its name stays that of the base, which stands in the file.
    func build(in folder: URL) throws -> String {
        guard var recipe = Self.bases[base] else { throw CocoaError(.fileNoSuchFile) }
        recipe.tree = tree
        let path = folder.appendingPathComponent(base + ".nxs").path
        try recipe.build(at: path)
        return path
    }

    /// Whether a place or the sentence of a finding leads to what was changed.
    func isNamed(by finding: Finding) -> Bool {
        let parts = place.split(separator: "@", maxSplits: 1).map(String.init)
        let path = parts.first ?? "/"
        let names = path.split(separator: "/").map(String.init)
        // The entry and the root are named by themselves alone: everything lies in them.
        let subject = names.count > 3 ? "/" + names.prefix(3).joined(separator: "/") : path
        let isThere = finding.places.contains { found in
            let other = found.local.split(separator: "@").first.map(String.init) ?? "/"
            return other == path || other.hasPrefix(path + "/") || other.hasPrefix(subject)
                || names.count > 2 && path.hasPrefix(other + "/") && other.split(separator: "/").count > 1
                || other.hasPrefix("/" + names.dropLast().joined(separator: "/") + "/(")
        }
        let words = [names.last ?? ""] + parts.dropFirst()
        return isThere || words.contains { $0.utf8.count > 2 && finding.message.contains($0) }
    }

    static let names = ["nxmx", "eiger-writer", "pilatus-kappa", "modules"]

    static let bases: [String: Recipe] = {
        var found: [String: Recipe] = [:]
        for name in names {
            found[name] = try? Recipe(reading: CorpusFile.root.path + "/golden/\(name).nxs.json")
        }
        return found
    }()
}

extension RecipeGroup {
    /// The tree with the member of a path exchanged, taken away (nil) or added.
    func with(_ node: RecipeNode?, at names: [String]) -> RecipeGroup {
        guard let first = names.first else { return self }
        var copy = self
        if names.count == 1 {
            copy.members[first] = node
        } else if case .group(let inner) = members[first] {
            copy.members[first] = .group(inner.with(node, at: Array(names.dropFirst())))
        }
        return copy
    }

    func node(at names: [String]) -> RecipeNode? {
        guard let first = names.first else { return .group(self) }
        guard names.count > 1 else { return members[first] }
        guard case .group(let inner) = members[first] else { return nil }
        return inner.node(at: Array(names.dropFirst()))
    }

    /// The tree with an attribute exchanged, taken away (nil) or added.
    func with(_ value: RecipeValue?, attribute: String, at names: [String]) -> RecipeGroup {
        guard !names.isEmpty else {
            var copy = self
            copy.attributes[attribute] = value
            return copy
        }
        switch node(at: names) {
        case .group(var group):
            group.attributes[attribute] = value
            return with(.group(group), at: names)
        case .field(var field):
            field.attributes[attribute] = value
            return with(.field(field), at: names)
        case .link, nil: return self
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let cif011 = Rule(
        "CIF-011", .B, "loop mixes categories or a category is split", applies: .imgCIF,
        what: """
            All names of a loop belong to one category, or to a category and its child; the items of a category stand \
            in one loop or, for one row, all outside loops.
            """,
        why: """
            Programs that read category by category find rows of the wrong number, or miss the items that stand apart.
            """,
        fix: "Write one loop for each category.",
        references: ["DDLm category semantics", "COMCIFS/cif_ed:docs/frames_example.cif"],
        checks: [.text(mixedLoops)])
}

private func mixedLoops(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        var homes: [String: [Place]] = [:]
        for loop in block.loops {
            var categories: [String] = []
            for name in loop.names.map(category) where !name.isEmpty && !categories.contains(name) {
                categories.append(name)
            }
            let place = Place.text(offset: loop.offset, item: nil, row: nil)
            for name in categories { homes[name, default: []].append(place) }
            guard let first = categories.first,
                let other = categories.first(where: { $0 != first && !areRelated($0, first) })
            else { continue }
            verdicts.report(
                "loop holds items of \(first) and \(other)", at: [place],
                values: [("category1", .text(first)), ("category2", .text(other))],
                subjects: [Subject(.category, first, in: block.name)])
        }
        let looped = Set(block.loops.flatMap(\.names).map { $0.lowercased() })
        for category in block.categories {
            let name = category.name.lowercased()
            guard !name.isEmpty, let loops = homes[name] ?? homes[String(name.drop { $0 == "_" })] else { continue }
            let single = category.columns.first { !looped.contains($0.folded) }
            guard loops.count > 1 || single != nil else { continue }
            verdicts.report(
                "items of \(category.name) stand in \(loops.count) loop\(loops.count == 1 ? "" : "s")"
                    + (single == nil ? "" : " and outside loops"),
                at: loops + (single.map { [$0.namePlace] } ?? []), values: [("category1", .text(category.name))],
                subjects: [Subject(.category, name, in: block.name)])
        }
    }
}

private func category(_ item: String) -> String {
    guard let dot = item.firstIndex(of: ".") else { return "" }
    return item[..<dot].drop { $0 == "_" }.lowercased()
}

/// One is the child of the other by its name, as atom_site_aniso is of atom_site; imgCIF has no such pairs.
private func areRelated(_ a: String, _ b: String) -> Bool {
    (a.hasPrefix(b + "_") || b.hasPrefix(a + "_")) && !a.hasPrefix("diffrn") && !a.hasPrefix("array")
}

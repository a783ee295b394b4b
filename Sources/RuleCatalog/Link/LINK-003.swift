// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let link003 = Rule(
        "LINK-003", .C, "category that is pointed to is absent", applies: .imgCIF,
        what: """
            Each value of the items that the dictionary links to another one is looked up in the column it links to. \
            Axis identifiers belong to AXIS-001, sets of pixel axes to PIXEL-002, frames to LINK-004 and LINK-008. Here \
            the category that is linked to is not in the block: one value stands for one row, several for as many rows \
            of which nothing is known. One finding for each category.
            """,
        why: "What the category says about the row, such as the make of the detector, is not there for anybody.",
        fix: "Add the category with one row for each identifier.",
        references: ["imgCIF _array_structure.id, _diffrn.id"],
        checks: [.text(absentCategories)])
}

private func absentCategories(_ view: TextView, _ verdicts: inout Verdicts) {
    guard view.dictionary != nil else { return verdicts.notChecked(.mode("no dictionary is in use")) }
    for block in view.blocks {
        var groups: [(parent: String, links: [LinkTest])] = []
        for link in LinkTest.all(view, block) where link.verdict == .absent {
            if let known = groups.firstIndex(where: { $0.parent == link.parentCategory }) {
                groups[known].links.append(link)
            } else {
                groups.append((link.parentCategory, [link]))
            }
        }
        for (parent, links) in groups {
            var seen: Set<String> = []
            let values = links.flatMap { $0.strays.map(\.value) }.filter { seen.insert($0).inserted }
            verdicts.report(
                "no \(parent.uppercased()): \(links.count) item\(links.count == 1 ? " points" : "s point") to it "
                    + "(values: \(Wording.list(values.map { Wording.excerpt($0, limit: 20) })))",
                at: links.compactMap { $0.strays.first?.places.first },
                values: [("category", .text(parent)), ("values", .list(values.map { .text($0) }))], count: links.count,
                subjects: [Subject(.category, parent, in: block.name)])
        }
    }
}

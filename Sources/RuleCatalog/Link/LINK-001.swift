// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let link001 = Rule(
        "LINK-001", .A, "value points to no row and several could be meant", applies: .imgCIF,
        what: """
            Each value of the items that the dictionary links to another one is looked up in the column it links to. \
            Axis identifiers belong to AXIS-001, sets of pixel axes to PIXEL-002, frames to LINK-004 and LINK-008. Here \
            the value is not there and several rows could be meant.
            """,
        why: "Nothing says which row belongs to which, so that sizes, detectors or scans are paired at random.",
        fix: "Write the identifier of the row that is meant, letter by letter.",
        references: [
            "DDLm _name.linked_item_id (cif_img.dic, multi_block_core.dic, cif_core.dic)", "COMCIFS/imgCIF_Creator",
        ],
        checks: [.text(ambiguousLinks)])
}

private func ambiguousLinks(_ view: TextView, _ verdicts: inout Verdicts) {
    guard view.dictionary != nil else { return verdicts.notChecked(.mode("no dictionary is in use")) }
    for block in view.blocks {
        for link in LinkTest.all(view, block) where link.verdict == .unread {
            verdicts.notChecked(Reason(.gated, "the loop of \(link.parentCategory.uppercased()) is not read whole"))
        }
        for link in LinkTest.all(view, block) where link.verdict == .ambiguous {
            guard let first = link.strays.first else { continue }
            let alike = link.strays.count > 1 ? " (\(link.strays.count) values alike)" : ""
            let goal =
                link.parentValues.isEmpty
                ? "leads to \(link.parent), which has no value"
                : "is not among the \(link.parentValues.count) values of \(link.parent)"
            verdicts.report(
                "\(link.child) = '\(Wording.excerpt(first.value))' \(goal)\(alike)",
                at: link.strays.prefix(Engine.placeLimit).compactMap(\.places.first),
                values: [("child", .text(link.child)), ("value", .text(first.value)), ("parent", .text(link.parent))],
                count: link.strays.reduce(0) { $0 + $1.places.count },
                subjects: [Subject(.category, link.childCategory, in: block.name)]
                    + link.strays.map { Subject(.scan, $0.value, in: block.name) })
        }
    }
}

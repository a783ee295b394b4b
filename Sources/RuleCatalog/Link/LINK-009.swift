// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let link009 = Rule(
        "LINK-009", .A, "data collections of one block are not told apart", applies: .imgCIF,
        what: """
            When a block describes more than one data collection (_diffrn.id), each category that they share says in \
            every row to which its rows belong.
            """,
        why: "Detector, wavelength or scans of one collection are taken for those of another.",
        fix: "Add diffrn_id to the category, or write one block for each collection.",
        references: ["imgCIF _diffrn_scan.diffrn_id (added in 1.8.9)", "COMCIFS/cif_core#297"],
        checks: [.text(mixedCollections)])
}

private func mixedCollections(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let ids = block.column("_diffrn.id") else { continue }
        let count = Set(ids.texts().compactMap { $0 }).count
        guard count > 1 else { continue }
        for name in ["diffrn_detector", "diffrn_measurement", "diffrn_radiation", "diffrn_scan", "diffrn_source"] {
            guard let category = block.category(name) else { continue }
            let column = category.column("diffrn_id")
            let isSaid = column.map { $0.count > 0 && !$0.texts().contains(nil) } ?? false
            guard !isSaid else { continue }
            verdicts.report(
                "\(count) data collections in block '\(Wording.excerpt(block.name))', and \(name.uppercased()) does not say "
                    + "to which its rows belong",
                at: [.text(offset: category.offset, item: "_" + name, row: nil)],
                values: [("n", .integer(count)), ("category", .text(name))],
                subjects: [Subject(.block, block.name, in: block.name)])
        }
    }
}

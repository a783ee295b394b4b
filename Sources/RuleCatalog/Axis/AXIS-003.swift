// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let axis003 = Rule(
        "AXIS-003", .A, "two axes share an identifier", applies: .imgCIF,
        what: """
            The identifiers of AXIS in one block are compared. The key of the category is the pair of id and \
            equipment, yet every link to an axis names the id alone.
            """,
        why: "Readers take one of the two axes, and not all the same one, so that a chain runs through the wrong axis.",
        fix: "Give each axis an id of its own, and use it in every item that names the axis.",
        references: ["imgCIF AXIS category key", "_axis.depends_on"],
        checks: [.text(repeatedAxes)])
}

private func repeatedAxes(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let ids = block.column("_axis.id") else { continue }
        let equipment = block.column("_axis.equipment")
        var first: [String: Int] = [:]
        for (row, id) in ids.texts().enumerated() {
            guard let id else { continue }
            guard let known = first[id] else {
                first[id] = row
                continue
            }
            let line = view.document.position(of: ids.offset(known)).line
            let again = equipment?.text(row) ?? "general"
            let before = equipment?.text(known) ?? "general"
            verdicts.report(
                "axis '\(id)' (\(again)) is defined again; it stands first in line \(line) (\(before))",
                at: [ids.place(row)],
                values: [("axis", .text(id)), ("first", .integer(line))],
                subjects: [Subject(.axis, id, in: block.name)])
        }
    }
}

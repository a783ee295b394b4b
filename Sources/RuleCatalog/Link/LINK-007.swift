// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let link007 = Rule(
        "LINK-007", .B, "image data are both embedded and external", applies: .imgCIF,
        what: """
            A row of ARRAY_DATA holds pixels or points to an external row, not both. The embedded pixels are used, as \
            the dictionary says; a default external_data_id without such a row passes.
            """,
        why: "Two images stand for one frame, and programs differ in which they read.",
        fix: "Remove external_data_id from rows that hold the data.",
        references: ["imgCIF _array_data.external_data_id"],
        checks: [.text(doubleSources)])
}

private func doubleSources(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        let rows = reading.links.doublySourced.map(Int.init)
        guard let first = rows.first else { continue }
        let column = block.column("_array_data.external_data_id")
        let id = block.column("_array_data.binary_id")?.text(first) ?? "1"
        verdicts.report(
            "\(rows.count) row\(rows.count == 1 ? " of ARRAY_DATA holds data and points" : "s of ARRAY_DATA hold data and point") "
                + "to external data as well (first: binary_id \(id))",
            at: rows.prefix(Engine.placeLimit).compactMap { row in column.map { $0.place(row) } },
            values: [("n", .integer(rows.count)), ("id", .text(id))], count: rows.count,
            subjects: [Subject(.category, "array_data", in: block.name)])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel014 = Rule(
        "PIXEL-014", .C, "byte order or compression is given for external data", applies: .imgCIF,
        what: """
            _array_structure.byte_order and .compression_type describe the values after decoding when the arrays lie \
            in external files; a byte order, or a compression other than none, then says nothing about the file.
            """,
        why: "A reader that believes the items swaps bytes or unpacks a second time.",
        fix: "Leave byte_order and compression_type out, or write none, where the data are external.",
        references: ["imgCIF _array_data_external_data.format, _array_structure.byte_order"],
        checks: [.text(storageOfExternalArrays)])
}

private func storageOfExternalArrays(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard block.category("array_data_external_data") != nil, block.column("_array_data.data") == nil else {
            continue
        }
        let ids = block.column("_array_structure.id")
        for item in ["byte_order", "compression_type"] {
            guard let column = block.column("_array_structure.\(item)") else { continue }
            for row in 0..<column.count {
                guard let value = column.text(row), value.lowercased() != "none" else { continue }
                let array = ids?.text(row) ?? "1"
                verdicts.report(
                    "\(column.name) = '\(Wording.excerpt(value))', but array '\(array)' is external",
                    at: [column.place(row)], values: [("name", .text(column.name)), ("value", .text(value))],
                    subjects: [Subject(.array, array, in: block.name)])
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data007 = Rule(
        "DATA-007", .C, "format or archive kind is not in the dictionary", applies: .imgCIF,
        what: """
            The words for format, kind of archive and compression of external data against the dictionary: CBF, SMV, \
            HDF5, TIFF, MAR, Bruker; ZIP, TGZ, TBZ; GZ, BZ2. KCD, TAR, TXZ and words in other case are read all the \
            same.
            """,
        why: "Programs that go by the dictionary do not open the files.",
        fix: "Write a word of the dictionary, or pack the files anew in a format that it knows.",
        references: [
            "imgCIF _array_data_external_data.archive_format",
            "jamesrhester/ImgCIFHandler.jl:src/imgcif_base.jl",
        ],
        checks: [.text(otherFormats)])
}

private func otherFormats(_ view: TextView, _ verdicts: inout Verdicts) {
    let lists = [
        ("format", ["CBF", "SMV", "HDF5", "TIFF", "MAR", "Bruker"]), ("archive_format", ["ZIP", "TGZ", "TBZ"]),
        ("file_compression", ["GZ", "BZ2"]),
    ]
    for block in view.blocks {
        for (item, list) in lists {
            guard let column = block.column("_array_data_external_data.\(item)") else { continue }
            for (value, rows) in column.distinct where !list.contains(value) {
                verdicts.report(
                    "\(column.name) is '\(Wording.excerpt(value))'; the dictionary has \(list.joined(separator: ", "))",
                    at: rows.prefix(Engine.placeLimit).map { column.place($0) },
                    values: [("item", .text(column.name)), ("value", .text(value))], count: rows.count,
                    subjects: [Subject(.category, column.name, in: block.name)])
            }
        }
    }
}

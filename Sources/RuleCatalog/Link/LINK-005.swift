// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let link005 = Rule(
        "LINK-005", .C, "rows are used by no frame", applies: .imgCIF,
        what: """
            The rows of DIFFRN_DATA_FRAME, ARRAY_DATA and ARRAY_DATA_EXTERNAL_DATA that no frame of a scan leads to.
            """,
        why: "Either frames are missing from the description of the scan, or rows were left over from another one.",
        fix: "Add the frames to DIFFRN_SCAN_FRAME, or remove the rows.",
        references: ["imgCIF _array_data_external_data.id", "dials/dials#605"],
        needs: ["LINK-004", "LINK-007"],
        checks: [.text(idleRows)])
}

private func idleRows(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) where reading.kind == .imgCIF {
        let links = reading.links
        guard links.frameCount > 0, verdicts.areSound(links.scans.map { Subject(.scan, $0.id, in: block.name) }) else {
            continue
        }
        let unused = links.unused
        let groups = [
            ("diffrn_data_frame", "id", unused.dataFrames), ("array_data", "binary_id", unused.arrayData),
            ("array_data_external_data", "id", unused.external),
        ]
        for (category, key, rows) in groups {
            guard let first = rows.first,
                // Pixels in the file outrank the pointer beside them, which LINK-007 tells.
                category != "array_data_external_data"
                    || !verdicts.isTold(Subject(.category, "array_data", in: block.name))
            else { continue }
            let column = block.column("_\(category).\(key)")
            verdicts.report(
                "\(rows.count) row\(rows.count == 1 ? "" : "s") of \(category.uppercased()) "
                    + "\(rows.count == 1 ? "is" : "are") used by no frame (first: '\(column?.text(first) ?? "\(first + 1)")')",
                at: rows.prefix(Engine.placeLimit).compactMap { row in column.map { $0.place(row) } },
                values: [("n", .integer(rows.count)), ("category", .text(category))], count: rows.count,
                subjects: [Subject(.category, category, in: block.name)])
        }
    }
}

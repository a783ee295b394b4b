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
            The rows of DIFFRN_DATA_FRAME, ARRAY_DATA and ARRAY_DATA_EXTERNAL_DATA that no frame of a scan leads to, \
            and the elements of DIFFRN_DETECTOR_ELEMENT that no row of DIFFRN_DATA_FRAME shows.
            """,
        why: "Either frames are missing from the description of the scan, or rows were left over from another one.",
        fix: "Add the frames to DIFFRN_SCAN_FRAME, or remove the rows.",
        references: ["imgCIF _array_data_external_data.id", "dials/dials#605"],
        needs: ["LINK-001", "LINK-002", "LINK-004", "LINK-007", "LINK-013"],
        checks: [.text(idleRows)])
}

private func idleRows(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) where reading.kind == .imgCIF {
        let links = reading.links
        guard links.frameCount > 0, verdicts.areSound(links.scans.map { Subject(.scan, $0.id, in: block.name) }) else {
            continue
        }
        let loops = ["diffrn_scan_frame", "diffrn_data_frame", "array_data", "array_data_external_data"]
        if let broken = loops.first(where: { block.category($0)?.isComplete == false }) {
            verdicts.notChecked(Reason(.gated, "the loop of \(broken.uppercased()) is not read whole"))
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
        reportUnseenElements(block, &verdicts)
    }
}

/// Elements of the detector that no image shows, where the images say which element they show.
private func reportUnseenElements(_ block: CIF.Block, _ verdicts: inout Verdicts) {
    guard let elements = block.column("_diffrn_detector_element.id"),
        let shown = block.column("_diffrn_data_frame.detector_element_id"),
        verdicts.isSound(Subject(.category, "diffrn_data_frame", in: block.name))
    else { return }
    let seen = Set(shown.codes().names)
    let unseen = elements.distinct.filter { !seen.contains($0.value) }
    guard !seen.isEmpty, let first = unseen.first else { return }
    verdicts.report(
        "\(unseen.count) element\(unseen.count == 1 ? "" : "s") of DIFFRN_DETECTOR_ELEMENT "
            + "\(unseen.count == 1 ? "is" : "are") shown by no frame (first: '\(Wording.excerpt(first.value))')",
        at: unseen.prefix(Engine.placeLimit).flatMap { $0.rows.prefix(1) }.map { elements.place($0) },
        values: [("n", .integer(unseen.count)), ("category", .text("diffrn_detector_element"))], count: unseen.count,
        subjects: [Subject(.category, "diffrn_detector_element", in: block.name)])
}

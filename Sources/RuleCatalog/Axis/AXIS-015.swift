// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let axis015 = Rule(
        "AXIS-015", .B, "pixel axis has a scan setting", applies: .imgCIF,
        what: """
            The axes of pixel indices in ARRAY_STRUCTURE_LIST_AXIS do not occur in DIFFRN_SCAN_AXIS or \
            DIFFRN_SCAN_FRAME_AXIS.
            """,
        why: """
            The setting of a pixel axis is the index of the pixel; a second setting moves the whole panel for programs \
            that apply both.
            """,
        fix: "Remove the rows of pixel axes from DIFFRN_SCAN_AXIS and DIFFRN_SCAN_FRAME_AXIS.",
        references: ["imgCIF _array_structure_list_axis.axis_id"],
        checks: [.text(pixelAxesInScans)])
}

private func pixelAxesInScans(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let surface = block.column("_array_structure_list_axis.axis_id") else { continue }
        let pixelAxes = Set(surface.texts().compactMap { $0 })
        var listed: [(id: String, category: String, places: [Place])] = []
        for category in ["diffrn_scan_axis", "diffrn_scan_frame_axis"] {
            guard let rows = block.column("_\(category).axis_id") else { continue }
            var places: [String: [Place]] = [:]
            for (row, id) in rows.texts().enumerated() {
                guard let id, pixelAxes.contains(id) else { continue }
                places[id, default: []].append(rows.place(row))
            }
            listed += places.sorted { $0.key < $1.key }.map { ($0.key, category, $0.value) }
        }
        // A detector of many sections has hundreds of pixel axes, and one writer that lists them all.
        guard let first = listed.first else { continue }
        let ids = Set(listed.map(\.id))
        let categories = Wording.list(
            Set(listed.map { $0.category.uppercased() }).sorted(), joinedBy: " and ", limit: 2)
        let what =
            ids.count == 1
            ? "pixel axis '\(first.id)' is" : "\(ids.count) pixel axes, '\(first.id)' the first of them, are"
        verdicts.report(
            "\(what) listed in \(categories)", at: listed.flatMap(\.places),
            values: [
                ("axis", .text(first.id)), ("category", .text(first.category)), ("n", .integer(ids.count)),
            ], count: listed.reduce(0) { $0 + $1.places.count },
            subjects: ids.sorted().map { Subject(.axis, $0, in: block.name) })
    }
}

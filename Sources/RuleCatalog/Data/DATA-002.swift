// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data002 = Rule(
        "DATA-002", .A, "location of external data cannot be parsed", applies: .imgCIF,
        what: """
            Each distinct uri of ARRAY_DATA_EXTERNAL_DATA parses as a URI: no blanks or control characters, a scheme \
            of http, https, ftp, rsync or file, or none. A scheme of one letter is the drive of a Windows path; a \
            placeholder is named.
            """,
        why: "No program can fetch the images.",
        fix: "Write the address that the images have after deposition, with blanks as %20.",
        references: [
            "imgCIF _array_data_external_data.uri",
            "cctbx/dxtbx#284",
            "COMCIFS/imgCIF_Creator:imgCIF_creator/core.py",
        ],
        checks: [.text(brokenLocations)])
}

private func brokenLocations(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let column = block.column("_array_data_external_data.uri") else { continue }
        var groups: [(fault: String, uris: [(value: String, rows: [Int])])] = []
        for location in column.distinct {
            guard let fault = LocationFault.of(location.value) else { continue }
            if let known = groups.firstIndex(where: { $0.fault == fault }) {
                groups[known].uris.append(location)
            } else {
                groups.append((fault, [location]))
            }
        }
        for (fault, uris) in groups {
            guard let first = uris.first else { continue }
            let rows = uris.reduce(0) { $0 + $1.rows.count }
            let such = uris.count > 1 ? "such (\(uris.count) locations)" : "it"
            let isOfScheme = fault.hasPrefix("the scheme")
            verdicts.report(
                "location '\(Wording.excerpt(Location(first.value).masked, limit: 80))' "
                    + (isOfScheme ? "has \(fault), which readers do not fetch" : "is not a URI (\(fault))")
                    + "; \(rows) row"
                    + "\(rows == 1 ? " uses" : "s use") \(such)",
                at: uris.flatMap { $0.rows.prefix(1) }.prefix(Engine.placeLimit).map { column.place($0) },
                values: [("uri", .text(Location(first.value).masked)), ("fault", .text(fault)), ("n", .integer(rows))],
                count: rows,
                subjects: uris.map { Subject(.category, "location " + $0.value, in: block.name) })
        }
    }
}

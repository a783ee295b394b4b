// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data003 = Rule(
        "DATA-003", .B, "location of external data is local", applies: .imgCIF,
        what: """
            Locations of external data with the scheme file, without a scheme, or at an address that only this \
            computer or its network knows: localhost, a loopback, link-local or private address, a host without a \
            domain. One finding for a file. That locations are replaced by local paths for a check does not change it.
            """,
        why: "Nobody but the owner of that computer can reach the images.",
        fix: "Write the address that the images have after deposition.",
        references: [
            "imgCIF _array_data_external_data.uri",
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md",
        ],
        needs: ["DATA-002"],
        checks: [.text(localLocations)])
}

private func localLocations(_ view: TextView, _ verdicts: inout Verdicts) {
    var places: [Place] = []
    var first: String?
    var total = 0
    var count = 0
    for block in view.blocks {
        guard let column = block.column("_array_data_external_data.uri") else { continue }
        for (uri, rows) in column.distinct {
            total += rows.count
            let location = Location(uri)
            guard location.isLocal, LocationKind.page(location) == nil,
                !verdicts.isTold(Subject(.category, "location " + uri, in: block.name))
            else { continue }
            first = first ?? location.masked
            count += rows.count
            places += rows.prefix(Engine.placeLimit).map { column.place($0) }
        }
    }
    guard let first else { return }
    verdicts.report(
        "\(count) of \(total) locations \(count == 1 ? "is" : "are") local to one computer (first '\(Wording.excerpt(first, limit: 80))')",
        at: places,
        values: [("n", .integer(count)), ("rows", .integer(total)), ("uri", .text(first))], count: count,
        subjects: [Subject(.category, "local locations")])
}

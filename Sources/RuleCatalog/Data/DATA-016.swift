// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data016 = Rule(
        "DATA-016", .B, "location carries a password or an access token", applies: .both,
        what: """
            Locations of external data with user:password@ in front of the host, or with a field of the query that \
            gives access: token, access_token, sig, X-Amz-Signature, key and the like. The value is never printed. Of \
            NeXus files nothing is looked at yet.
            """,
        why: "Whoever reads the file can use the access until it is taken back, and the location dies with it.",
        fix: "Take the access back, and write the public address of the file.",
        references: ["RFC 3986 section 3.2.1", "imgCIF _array_data_external_data.uri"],
        checks: [.text(secretsInLocations)])
}

private func secretsInLocations(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let column = block.column("_array_data_external_data.uri") else { continue }
        var groups: [(secret: String, masked: String, rows: [Int])] = []
        for (uri, rows) in column.distinct {
            let location = Location(uri)
            guard let secret = location.secret else { continue }
            if let known = groups.firstIndex(where: { $0.secret == secret }) {
                groups[known].rows += rows
            } else {
                groups.append((secret, location.masked, rows))
            }
        }
        for (secret, masked, rows) in groups {
            verdicts.report(
                "location carries \(secret): '\(Wording.excerpt(masked, limit: 100))'"
                    + (rows.count == 1 ? "" : "; \(rows.count) rows"),
                at: rows.prefix(Engine.placeLimit).map { column.place($0) },
                values: [("kind", .text(secret)), ("uri", .text(masked))], count: rows.count,
                subjects: [Subject(.category, "secrets of locations", in: block.name)])
        }
    }
}

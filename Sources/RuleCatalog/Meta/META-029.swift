// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta029 = Rule(
        "META-029", .B, "published record differs from ours", applies: .package,
        what: """
            With deposit diff only: each property of the DataCite record that the repository serves against ours. What \
            is changed, lost or added beyond the losses that are known of InvenioRDM 14 is told, one finding for each.
            """,
        why: "Catalogues harvest the record of the repository, and whoever searches there finds other facts than ours.",
        fix: "Edit the record in the repository, or correct publication.json5 and deposit a new version.",
        references: ["DataCite Metadata Schema 4.7", "InvenioRDM REST API, export of records"],
        checks: [.comparison])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data028 = Rule(
        "DATA-028", .A, "deposited file differs from the package", applies: .package,
        what: """
            With deposit and deposit verify only: the keys of the draft or record, their sizes, MD5 sums and states, and the \
            DOI and the addresses inside dataset.cif, against the package. What differs is not published.
            """,
        why: "Whoever fetches the record gets other bytes than those that were checked.",
        fix: "Run 'imprimatur deposit resume': it sends again what differs.",
        references: ["InvenioRDM REST API, drafts and files"],
        checks: [.comparison])
}

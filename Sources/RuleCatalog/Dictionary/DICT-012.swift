// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let dict012 = Rule(
        "DICT-012", .G, "dictionary versions", applies: .imgCIF,
        what: """
            Always: the dictionaries used, and what _audit_conform declares. It is said when the declared version is \
            newer, and when _diffrn_scan_axis.angle_range is used and the declared version is older than 1.8.7, \
            which changed its meaning.
            """,
        why: "The meaning of an item can change between versions.",
        fix: "Declare the version that the file was written for.",
        references: ["imgCIF dictionary history 1.8.7", "cif_core _audit_conform.dict_name"],
        checks: [.conformance])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta027 = Rule(
        "META-027", .B, "data are closed after their embargo", applies: .both,
        parameters: [
            Parameter(
                "years", "From the day of collection to the end of the embargo.", 3, unit: "count", limits: 0...20)
        ],
        what: """
            In an audit, where the profile names the rule: files whose date of collection, their own or that of their master, \
            lies so many years back, and that others cannot read: by their own permissions, or because one of the folders from \
            the audited one down lets nobody pass. Files that state no date are not told.
            """,
        why: "The policy of the facility promises that the data are open from that day on.",
        fix: "Open the files ('chmod -R o+rX FOLDER'), or state in the record why they stay closed.",
        references: ["ESRF data policy: three years, then CC-BY-4.0"],
        checks: [.comparison])
}

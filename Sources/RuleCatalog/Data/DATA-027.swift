// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data027 = Rule(
        "DATA-027", .B, "raw data can be changed", applies: .both,
        parameters: [
            Parameter("folders", "Names of folders below which files stay as they are.", words: ["raw"]),
            Parameter("owners", "Accounts or numbers of those who may own the files; none: anybody.", words: []),
        ],
        what: """
            In an audit, where the profile names the rule: files below such a folder that their group or others may write to, \
            or that none of the owners owns. Access control lists and permissions of folders are not looked at.
            """,
        why: "What was measured can be overwritten by mistake, and nobody notices.",
        fix: "Take the permission away ('chmod -R go-w FOLDER'), and give the files to the account of the facility.",
        references: ["ESS: raw folders are read only"],
        checks: [.comparison])
}

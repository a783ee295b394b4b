// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data026 = Rule(
        "DATA-026", .C, "folder does not follow the layout of the facility", applies: .both,
        parameters: [
            Parameter(
                "layout",
                "Patterns such as /data/<instrument>/<year>/<proposal>; * is any one name; without a slash in front they begin "
                    + "at the folder that is audited.", words: [])
        ],
        what: """
            In an audit, where the profile names the rule: folders with files that are checked, of which none of the patterns \
            is the beginning of the path. Of those that fit, <year> is compared with the date of collection, <instrument> or \
            <beamline> with the names that the files state; what files do not state is not compared.
            """,
        why: "Programs that find data by their path, and curators, look in another place.",
        fix: "Move the folder to its place, or correct what the files say of instrument and date.",
        references: ["ESS: /data/<instrument>/<year>/<proposal>"],
        checks: [.comparison])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif001 = Rule(
        "CIF-001", .B, "character outside the declared character set", applies: .imgCIF,
        what: """
            Every byte outside binary sections: a CIF 2.0 file decodes as UTF-8 and holds allowed characters only; \
            other files hold tabs, line ends and the printable characters of ASCII. A byte order mark passes. No \
            unquoted value begins with '$'. One finding for each block, with the first places.
            """,
        why: "Programs read such bytes in different encodings, or stop at the first.",
        fix: """
            Write the character in ASCII, with a backslash code of CIF for an accent or a unit, or declare CIF 2.0 and \
            UTF-8.
            """,
        references: ["CIF 1.1 syntax", "CIF 2.0 syntax", "COMCIFS/cif_api error codes 102, 103, 104, 109, 110"],
        checks: [.text(otherCharacters)])
}

private func otherCharacters(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.disallowedCharacter]) {
        verdicts.report(
            "byte 0x\(fault.detail("hex")) is outside the character set of \(fault.detail("version", else: view.document.version.name))",
            at: fault.places,
            values: [("hex", .text(fault.detail("hex")))], count: fault.count)
    }
    for fault in view.document.faults(of: [.reservedStart]) {
        let token = Wording.excerpt(fault.token, limit: 40)
        verdicts.report(
            "value '\(token)' begins with '$', which is kept for the names of save frames", at: fault.places,
            values: [("value", .text(fault.token))], count: fault.count, fix: "Put the value in quotes: '\(token)'.")
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx016 = Rule(
        "NX-016", .C, "unit has an unknown spelling", applies: .anyNeXus,
        what: """
            The spelling of units, by our table and then UDUNITS-2. Tolerated spellings such as deg and pixel are \
            silent; others are named with what they were read as.
            """,
        why: """
            Programs that follow UDUNITS-2 refuse such units or read them as something else: 'A' is ampere, 'ph' is \
            phot.
            """,
        fix: "Write the units as the message reads them, in the spelling of UDUNITS-2.",
        references: ["NeXus manual, data units", "UDUNITS-2", "nexusformat/definitions#1565"],
        checks: [.conformance])
}

extension NXFault.OtherSpelling {
    var told: Told {
        switch self {
        case .notUnderstood(let text): Told("units of \(Told.owner), \(quoted(text)), are read as nothing")
        case .read(let text, let reading): Told("units of \(Told.owner), \(quoted(text)), are read as '\(reading)'")
        case .listed(let text, let list):
            Told("units of \(Told.owner), \(quoted(text)), are read as one of \(list.joined(separator: ", "))")
        }
    }
}

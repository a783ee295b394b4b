// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta013 = Rule(
        "META-013", .B, "identifier, date or listed value of the DataCite record is malformed", applies: .package,
        what: """
            ORCID and ISNI with their check digit (ISO 7064 MOD 11-2), ROR ids with theirs (MOD 97), each under the scheme \
            that it is; name identifiers with a scheme; attributes that the property has; affiliations with a name; dates \
            and ranges of W3CDTF that exist, in order, with the zone where a time is given, and not to come but for \
            Available, Valid and Coverage; language by its shortest code; SPDX identifiers with their capitals; words of \
            the lists of DataCite. The schema looks at few of these.
            """,
        why: "The person, place or licence is not found by its identifier, and indexes drop the property.",
        fix:
            "Write the identifier as its registry gives it, the date as YEAR-MONTH-DAY, the word as DataCite lists it.",
        references: ["DataCite Metadata Schema 4.7", "ISO/IEC 7064", "RFC 5646", "W3C NOTE-datetime"],
        checks: [
            .record { view, verdicts in
                verdicts.tellIdentifiers(view)
                verdicts.tellDates(view)
                verdicts.tellVocabularies(view)
            }
        ])
}

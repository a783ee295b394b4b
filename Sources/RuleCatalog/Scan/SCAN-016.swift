// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan016 = Rule(
        "SCAN-016", .B, "time stamp cannot be read", applies: .both,
        what: """
            Every date of a field of type NX_DATE_TIME, of any definition, and dates among the attributes of the \
            root: ISO 8601, with a day that the calendar has.
            """,
        why: "Programs cannot order the measurements in time, and some stop at the value.",
        fix: "Write YYYY-MM-DDThh:mm:ss with fraction and zone, for instance 2026-11-20T09:30:00.123Z.",
        references: [
            "nxdlTypes.xsd ISO8601",
            "imgCIF _diffrn_scan.date_start",
            "dials/data-files kapton_test_data (2018-12-13T15:51Z34.902)",
        ],
        checks: [.conformance])
}

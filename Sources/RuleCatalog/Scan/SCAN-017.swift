// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan017 = Rule(
        "SCAN-017", .C, "time stamp has no time zone", applies: .both,
        what: """
            Time zones of dates: Z, +hh:mm or +hhmm. A date alone and the zone -00:00 count as without zone. One \
            finding for a file.
            """,
        why: "Times without a zone are off by hours to anybody in another place or season.",
        fix: "Write the zone behind the time, for instance 2026-11-20T09:30:00Z.",
        references: ["NeXus manual, dates and times", "nexusformat/definitions#805", "nexusformat/definitions#966"],
        checks: [.conformance])
}

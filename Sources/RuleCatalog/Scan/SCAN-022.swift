// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan022 = Rule(
        "SCAN-022", .C, "frame period varies and readers take one value", applies: .both,
        what: """
            With convert only: the period of the frames differs within a scan. NXmx readers take one number; the \
            middle one is written.
            """,
        why: "Times of frames are computed from a number that is not theirs.",
        fix: "Nothing; the periods of the headers are in the lossless store.",
        references: ["dials/nxmx:src/nxmx/__init__.py"],
        checks: [.conversion])
}

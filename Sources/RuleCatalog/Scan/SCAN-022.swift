// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan022 = Rule(
        "SCAN-022", .C, "exposure varies and readers take one value", applies: .both,
        parameters: [
            Parameter("fraction", "Relative difference of times that passes", 0.001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            With convert only: exposure or period differ between the frames of a scan. Readers of NXmx take one number; \
            the middle one of the periods is written, and the exposure of each frame.
            """,
        why: "Times of frames are computed from a number that is not theirs.",
        fix: "Nothing; the times of the headers are in the lossless store.",
        references: ["dials/nxmx:src/nxmx/__init__.py"],
        checks: [.conversion])
}

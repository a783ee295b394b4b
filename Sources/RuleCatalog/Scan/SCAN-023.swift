// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan023 = Rule(
        "SCAN-023", .C, "deprecated exposure_time holds the frame period", applies: .imgCIF,
        parameters: [
            Parameter("fraction", "Relative difference of times that passes", 0.001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            With convert only: _diffrn_scan_frame.exposure_time is the period of the frames, or longer than the exposure \
            (integration_time, or that of the comment header); the two are told apart in what is written.
            """,
        why: "A program that takes the old item for the exposure is wrong by the dead time of the detector.",
        fix: "Write integration_time and time_period.",
        references: ["cif_img.dic 1.8.9 _diffrn_scan_frame.integration_time"],
        checks: [.conversion])
}

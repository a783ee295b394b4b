// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let scan021 = Rule(
        "SCAN-021", .B, "single-axis scan runs backwards", applies: .nxmx,
        what: """
            With convert only: a goniometer of one rotation whose angles fall. dxtbx 3.29 does not open such a file.
            """,
        why: "Processing stops before it begins.",
        fix: "Give --rotation-sense positive, which negates axis and angles and moves nothing.",
        references: ["cctbx/dxtbx:src/dxtbx/model/scan.h"],
        checks: [.conversion])
}

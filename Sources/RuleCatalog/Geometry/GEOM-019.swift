// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let geom019 = Rule(
        "GEOM-019", .A, "two descriptions place a pixel or the sample differently", applies: .both,
        parameters: [
            Parameter("tolerance", "Distance of a pixel that passes", 0.001, unit: "px", limits: 0...1),
            Parameter("matrix", "Difference of an element that passes", 0.000001, unit: "ratio", limits: 0...0.01),
        ],
        what: """
            With compare only: the corners and the middle of every panel at the first and the last frame of every scan, \
            and the orientation of the sample at the start of both and the end of the last, brought into one frame of \
            reference; the half-pixel convention of each description is taken into account and named.
            """,
        why: "One of the two descriptions leads processing to another lattice, or to another hand of it.",
        fix: "Correct the axis or the setting that differs; the report names both places.",
        references: ["cctbx/dxtbx#539", "cctbx/cctbx_project#267", "dials/dials#324"],
        checks: [.comparison])
}

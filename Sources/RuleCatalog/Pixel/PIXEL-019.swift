// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let pixel019 = Rule(
        "PIXEL-019", .G, "origin of the pixels", applies: .both,
        what: """
            With convert only, always: whether the numbers of the source mean the centre or the corner of the first \
            pixel, what was written, and the shift between the two.
            """,
        why: "Programs take the one or the other, and are half a pixel apart.",
        fix: "Give --pixel-origin centre where the source means centres and readers take corners.",
        references: ["imgCIF _array_structure_list_axis.displacement", "NXdetector_module"],
        checks: [.conversion])
}

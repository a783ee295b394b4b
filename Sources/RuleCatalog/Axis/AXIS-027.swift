// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let axis027 = Rule(
        "AXIS-027", .G, "axis is written otherwise than it was given", applies: .both,
        what: """
            With convert only: identifiers with characters that NeXus names do not have, names that clash, equipment \
            components that are left out because readers would turn them, and angles that go on past a full turn \
            where the source begins again. The items as they stood are in the lossless store.
            """,
        why: "Somebody who looks for the axis by its old name or angle does not find it.",
        fix: "Look into the store of the converted file for what the source says.",
        references: ["NXtransformations", "cctbx/dxtbx:src/dxtbx/format/nexus.py"],
        checks: [.conversion])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let geom020 = Rule(
        "GEOM-020", .G, "geometry is that of an experiment list", applies: .both,
        what: """
            With convert only: beam, detector and goniometer come from a DIALS experiment list. The greatest \
            distance of a panel corner from where the headers have it is stated.
            """,
        why: "A refined geometry is a result of processing, not what was measured.",
        fix: "Nothing, where that is wanted; else convert the images without the list.",
        references: ["cctbx/dxtbx:src/dxtbx/model/experiment_list.py"],
        checks: [.conversion])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let beam012 = Rule(
        "BEAM-012", .C, "polarisation looks like a default", applies: .both,
        parameters: [Parameter("values", "Numbers that programs write by themselves", words: ["0.999", "0.5"])],
        what: """
            With convert only: the ratio of polarisation is one of the numbers that programs write where they know \
            nothing, such as 0.999.
            """,
        why: "A correction by a number that nobody measured is no correction.",
        fix: "Write the polarisation of the beamline.",
        references: ["cctbx/dxtbx:src/dxtbx/model/beam.h"],
        checks: [.conversion])
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif003 = Rule(
        "CIF-003", .A, "loop values do not fill whole rows", applies: .imgCIF,
        what: """
            The number of values of each loop is a multiple of the number of its names. When it is not, the first line \
            whose number of values differs from the commonest is named; rows up to there are read, the rest of the \
            loop is not checked.
            """,
        why: "From the irregular line on every value stands under the wrong name.",
        fix: "Look at the line named: often a value with a blank in it lacks its quotes.",
        references: ["COMCIFS/cif_api error code 53", "COMCIFS/cif_ed:docs/frames_example.cif"],
        checks: [.text(irregularLoops)])
}

private func irregularLoops(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.irregularLoop]) {
        verdicts.report(
            "loop of \(fault.detail("category", else: "no category")) has \(fault.detail("names")) names and "
                + "\(fault.detail("values")) values; the first irregular line is \(fault.detail("irregularLine"))",
            at: fault.places,
            values: [
                ("category", .text(fault.detail("category"))), ("names", .text(fault.detail("names"))),
                ("values", .text(fault.detail("values"))),
            ], count: fault.count)
    }
}

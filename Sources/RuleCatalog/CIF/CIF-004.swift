// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif004 = Rule(
        "CIF-004", .B, "loop has no values", applies: .imgCIF,
        what: "Each loop_ with names is followed by at least one value.",
        why: "Some parsers stop at an empty loop; the others find a category without rows.",
        fix: "Remove the loop, or write one row with '?' or '.' for each name.",
        references: ["COMCIFS/cif_api error codes 36, 37"],
        checks: [.text(emptyLoops)])
}

private func emptyLoops(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.emptyLoop]) {
        verdicts.report(
            "loop of \(fault.detail("category", else: "no category")) has names and no values", at: fault.places,
            values: [("category", .text(fault.detail("category")))], count: fault.count)
    }
}

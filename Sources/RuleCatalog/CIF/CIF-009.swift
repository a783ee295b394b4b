// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif009 = Rule(
        "CIF-009", .B, "line folding or text prefix is malformed", applies: .imgCIF,
        what: """
            A text field that begins with the marker of line folding or of a text prefix follows that protocol to its \
            last line. All other rules see the unfolded text.
            """,
        why: "Programs unfold such a text differently, so that lines run together or carry the prefix.",
        fix: "Write the prefix on every line, or end every folded line with a backslash; or leave the marker out.",
        references: ["CIF 2.0 syntax, line-folding and text-prefix protocols", "COMCIFS/cif_api error code 141"],
        checks: [.text(brokenFolds)])
}

private func brokenFolds(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.malformedFold, .malformedPrefix]) {
        verdicts.report(
            "text field begins with \(Wording.excerpt(fault.detail("marker", else: fault.token), limit: 20)) and "
                + "line \(fault.detail("second", else: "two")) does not follow it", at: fault.places,
            values: [("marker", .text(fault.detail("marker")))], count: fault.count)
    }
}

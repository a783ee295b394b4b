// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif009 = Rule(
        "CIF-009", .B, "line folding or text prefix is malformed", applies: .imgCIF,
        what: """
            A text field of CIF 2.0 whose first line declares a text prefix, with line folding or without, has that \
            prefix on each line. Line folding alone cannot be malformed: a backslash with nothing but white space behind \
            it folds its line wherever it stands, also in the last line, where it is dropped; a first line with text \
            behind the backslash declares nothing. All other rules see the unfolded text.
            """,
        why: "Programs read such a text differently, so that lines run together or carry the prefix.",
        fix: "Write the prefix on every line of the field; or leave the first line with the marker out.",
        references: ["CIF 2.0 syntax, line-folding and text-prefix protocols", "COMCIFS/cif_api error code 141"],
        checks: [.text(brokenPrefixes)])
}

private func brokenPrefixes(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.malformedPrefix]) {
        verdicts.report(
            "text field begins with \(Wording.excerpt(fault.detail("marker", else: fault.token), limit: 20)) and "
                + "line \(fault.detail("irregularLine")) does not follow it", at: fault.places,
            values: [
                ("marker", .text(fault.detail("marker"))), ("line", .text(fault.detail("irregularLine"))),
            ], count: fault.count)
    }
}

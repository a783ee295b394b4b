// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif005 = Rule(
        "CIF-005", .A, "data name or block code is given twice", applies: .imgCIF,
        what: """
            The data names of a block and the codes of the blocks of a file differ, whatever the case of their \
            letters. The first of two is used.
            """,
        why: "Programs take the first or the last of the two, without a word.",
        fix: "Remove one of the two; several values of one item stand in a loop.",
        references: ["COMCIFS/cif_api error codes 11, 41"],
        checks: [.text(repeatedNames)])
}

private func repeatedNames(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.duplicateName, .duplicateBlock]) {
        verdicts.report(
            "\(Wording.excerpt(fault.token)) is given again; it stands first in line \(fault.detail("firstLine"))",
            at: fault.places,
            values: [("name", .text(fault.token)), ("first", .text(fault.detail("firstLine")))], count: fault.count)
    }
}

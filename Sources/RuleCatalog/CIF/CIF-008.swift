// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif008 = Rule(
        "CIF-008", .B, "file uses syntax newer than it declares", applies: .imgCIF,
        what: """
            Lists, tables, triple quotes and characters above 126 in a file whose first line does not declare CIF 2.0.
            """,
        why: "A reader of CIF 1.1 takes the brackets for text, or stops.",
        fix: "Begin the file with #\\\\#CIF_2.0, or write the values in the syntax of CIF 1.1.",
        references: ["CIF 2.0 syntax, magic code", "COMCIFS/imgCIF_Creator"],
        checks: [.text(newerSyntax)])
}

private func newerSyntax(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [.newerSyntax]) {
        verdicts.report(
            "\(fault.detail("construct", else: "syntax")) belongs to CIF 2.0, the first line declares "
                + "\(view.document.version == .undeclared ? "no version" : view.document.version.name)",
            at: fault.places,
            values: [("construct", .text(fault.detail("construct")))], count: fault.count)
    }
}

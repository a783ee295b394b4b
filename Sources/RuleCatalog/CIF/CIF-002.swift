// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif002 = Rule(
        "CIF-002", .A, "text is never closed", applies: .imgCIF,
        what: """
            Each quoted string, triple-quoted string, text field, list and table that is opened is closed as well. The \
            place is that of the opening; reading goes on at the next line that begins with a data name, loop_ or \
            data_.
            """,
        why: "Everything up to the next closing mark is swallowed as text, and its items are lost.",
        fix: "Close the text: a semicolon in the first column for a text field, the same quote for a string.",
        references: ["COMCIFS/cif_api error codes 106, 107, 135, 136", "dials/dials#376"],
        checks: [.text(unclosedTexts)])
}

private func unclosedTexts(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [
        .unterminatedText, .unterminatedString, .unterminatedList, .unterminatedTable,
    ]) {
        verdicts.report(
            "\(fault.detail("construct", else: fault.kind.construct)) is never closed", at: fault.places,
            values: [("construct", .text(fault.detail("construct", else: fault.kind.construct)))], count: fault.count)
    }
}

extension CIF.Fault.Kind {
    fileprivate var construct: String {
        switch self {
        case .unterminatedString: return "quoted string"
        case .unterminatedList: return "list"
        case .unterminatedTable: return "table"
        default: return "text field"
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif006 = Rule(
        "CIF-006", .A, "value without a name or name without a value", applies: .imgCIF,
        what: """
            Outside loops each data name is followed by exactly one value, values are parted by white space, \
            everything stands in a data block, and the words data_, loop_, save_, stop_ and global_ do not stand as \
            values.
            """,
        why: "A stray value shifts what belongs to which name, or ends the reading.",
        fix: "Give the name its value, or quote the text that was torn apart.",
        references: ["COMCIFS/cif_api error codes 105, 132, 133, 134"],
        checks: [.text(strayValues)])
}

private func strayValues(_ view: TextView, _ verdicts: inout Verdicts) {
    for fault in view.document.faults(of: [
        .nameWithoutValue, .valueWithoutName, .reservedWord, .misspeltLoop, .missingSpace, .missingBlock,
        .unexpectedDelimiter,
        .loopWithoutNames, .malformedTable, .saveFrame,
    ]) {
        verdicts.report(
            sentence(fault), at: fault.places,
            values: [("token", .text(fault.token))], count: fault.count)
    }
}

private func sentence(_ fault: CIF.Fault) -> String {
    let token = Wording.excerpt(fault.token, limit: 40)
    switch fault.kind {
    case .nameWithoutValue: return "\(token) has no value"
    case .misspeltLoop: return "'\(token)' stands before data names; 'loop_' opens a loop"
    case .reservedWord: return "'\(token)' is a reserved word and stands as a value"
    case .missingSpace: return "no white space parts the values at '\(token)'"
    case .missingBlock:
        return token.isEmpty ? "text stands before the first data block" : "'\(token)' opens no named data block"
    case .unexpectedDelimiter: return "'\(token)' closes nothing that is open"
    case .loopWithoutNames: return "loop_ has no names"
    case .malformedTable: return "an entry of a table is not of the form 'key':value"
    case .saveFrame: return "save frame '\(token)' is not opened and closed once"
    default: return "value '\(token)' belongs to no data name"
    }
}

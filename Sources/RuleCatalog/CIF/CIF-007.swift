// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import RuleEngine

extension Rule {
    static let cif007 = Rule(
        "CIF-007", .B, "line or name is longer than the syntax allows", applies: .imgCIF,
        parameters: [
            Parameter("maxLine", "Longest line", 2048, unit: "characters", limits: 80...2048)
        ],
        what: """
            Lines have at most 2048 characters; data names and block codes of CIF 1.1 have at most 75. One finding for \
            all lines and one for all names, with the longest of those found first.
            """,
        why: "Programs with a buffer of that length cut the line and lose its end.",
        fix: "Break the line between two values, or write a long text as a text field with line folding.",
        references: ["CIF 1.1 syntax", "COMCIFS/cif_api error code 108"],
        checks: [.text(longLines)])
}

private func longLines(_ view: TextView, _ verdicts: inout Verdicts) {
    let limits: [(CIF.Fault.Kind, String, Double)] = [
        (.overlongLine, "line", verdicts.number("maxLine")), (.overlongName, "name", 75),
    ]
    for (kind, word, limit) in limits {
        let faults = view.document.faults(of: [kind]).filter { (Double($0.detail("length")) ?? .infinity) > limit }
        guard let longest = faults.max(by: { length($0) < length($1) }) else { continue }
        let version = view.document.version == .undeclared ? "CIF 1.1" : view.document.version.name
        verdicts.report(
            "\(word) has \(longest.detail("length")) characters; \(version) takes \(Wording.number(limit))",
            at: longest.places + faults.flatMap(\.places), values: [("length", .text(longest.detail("length")))],
            count: faults.reduce(0) { $0 &+ $1.count }, subjects: [Subject(.category, word)])
    }
}

private func length(_ fault: CIF.Fault) -> Int { Int(fault.detail("length")) ?? 0 }

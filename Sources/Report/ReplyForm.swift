// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON

/// The form that authors fill in: one text field for each rule with an alert of level A or B, as CIF without loops.
///
/// - Source: the validation reply form of checkCIF, items `_vrf_<test>_<block>`.
enum ReplyForm {
    /// Empty when there is nothing to reply to.
    static func text(_ report: FileReport, width: Int) -> String {
        let findings = report.findings.filter { $0.level.isAtLeast(.B) }
        guard !findings.isEmpty else { return "" }
        let block = report.compatibility?.block ?? report.experiments.first?["id"]?.string ?? "data"
        var text = "# start Validation Reply Form\n"
        var told = Set<RuleID>()
        for level in Level.allCases {
            for finding in findings where finding.level == level && told.insert(finding.rule).inserted {
                let same = findings.filter { $0.rule == finding.rule }
                text += field(same, named: name(finding.rule, block), width: width)
            }
        }
        return text + "# end Validation Reply Form\n"
    }

    private static func field(_ findings: [Finding], named name: String, width: Int) -> String {
        var text = name + "\n;\n"
        for finding in findings {
            let place = finding.places.first.map(\.local).flatMap { $0.isEmpty ? nil : " (at \($0))" } ?? ""
            text += line("PROBLEM: ", finding.message + place, width)
        }
        let answers = findings.compactMap(\.answer)
        if answers.isEmpty { text += "RESPONSE: ...\n" }
        for answer in answers {
            let signature = [answer.author, answer.date].compactMap { $0 }.joined(separator: ", ")
            text += line("RESPONSE: ", answer.answer + (signature.isEmpty ? "" : " (\(signature))"), width)
        }
        return text + ";\n"
    }

    /// Lines that never begin with a semicolon, in the characters of CIF 1.1.
    private static func line(_ front: String, _ words: String, _ width: Int) -> String {
        let plain = String(
            Printable.text(words).replacing("…", with: "...").unicodeScalars.map {
                $0.isASCII ? Character($0) : "?"
            })
        return front + Printable.wrap(plain, width: width, indent: front.count) + "\n"
    }

    /// "_vrf_AXIS-001_block", at most 75 characters without blanks.
    private static func name(_ rule: RuleID, _ block: String) -> String {
        let cleaned = block.unicodeScalars.map { scalar -> Character in
            scalar.value > 0x20 && scalar.value < 0x7F && !"'\"#$;[]{}".unicodeScalars.contains(scalar)
                ? Character(scalar) : "_"
        }
        return String("_vrf_\(rule)_\(String(cleaned))".prefix(75))
    }
}

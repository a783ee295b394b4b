// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import Transport

/// Answers of a depositor, read from `answers.json5`.
///
/// - Source: rules.md, Answers.
public enum Answers {
    private static let members = ["rule", "place", "answer", "author", "date", "expires"]

    /// Reads a list of answers, `[ … ]` or `{ answers: [ … ] }`.
    ///
    /// - Parameter source: Name of the file, for the fault.
    public static func load(_ bytes: [UInt8], source: String) throws(ConfigurationFault) -> [Answer] {
        let document = try Profile.document(bytes, source: source)
        guard let entries = document.elements ?? document["answers"]?.elements else {
            throw ConfigurationFault(source: source, problem: "a list of answers is expected")
        }
        var answers: [Answer] = []
        for entry in entries {
            guard let fields = entry.members else {
                throw ConfigurationFault(source: source, problem: "an answer is an object with 'rule' and 'answer'")
            }
            for field in fields where !members.contains(field.name) {
                throw ConfigurationFault(
                    source: source, problem: "an answer has no member '\(field.name)'",
                    suggestion: Spelling.nearest(to: field.name, among: members))
            }
            guard let name = entry["rule"]?.string, let rule = RuleID(name) else {
                throw ConfigurationFault(source: source, problem: "an answer names no rule such as AXIS-009")
            }
            guard let text = entry["answer"]?.string, !text.isEmpty else {
                throw ConfigurationFault(source: source, problem: "the answer to \(rule) is empty")
            }
            answers.append(
                Answer(
                    rule: rule, place: entry["place"]?.string, answer: text, author: entry["author"]?.string,
                    date: entry["date"]?.string, expires: entry["expires"]?.string))
        }
        return answers
    }

    /// Puts each answer beside the findings it is about and returns the indices of those that meet one.
    static func attach(_ answers: [Answer], to findings: inout [Finding], today: String?) -> [Int] {
        var met: [Int] = []
        for (number, answer) in answers.enumerated() {
            if let today, let expires = answer.expires, expires < today { continue }
            var isMet = false
            for index in findings.indices where findings[index].rule == answer.rule {
                if let place = answer.place, !findings[index].places.contains(where: { $0.local == place }) { continue }
                findings[index].answer = answer
                isMet = true
            }
            if isMet { met.append(number) }
        }
        return met
    }
}

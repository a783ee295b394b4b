// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import Transport

/// Answers of a depositor, read from `answers.json5`.
///
/// - Source: rules.md, Answers; docs/schema/answers-1.json.
public enum Answers {
    private static let members = ["rule", "file", "place", "answer", "author", "date", "expires"]
    /// Version of the form; members are added within a version.
    public static let schemaVersion = 1
    /// Days before the last one on which a run begins to tell that it is near.
    public static let notice = 30

    /// Reads a list of answers, `[ … ]` or `{ answers: [ … ] }`.
    ///
    /// - Parameters:
    ///   - source: Name of the file, for the fault.
    ///   - rules: Those that may be answered; nil: all that could be one.
    public static func load(_ bytes: [UInt8], source: String, rules: [RuleID]? = nil) throws(ConfigurationFault)
        -> [Answer]
    {
        let text = try SettingsText(bytes, source: source)
        if let fields = text.value.members {
            try text.checkVersion(schemaVersion)
            try text.check(fields, against: ["$schema", "schemaVersion", "answers"], of: "a file of answers")
        }
        guard let entries = text.value.elements ?? text.value["answers"]?.elements else {
            throw text.fault(at: [.member("answers")], "a list of answers is expected")
        }
        let list: [JSONStep] = text.value.elements == nil ? [.member("answers")] : []
        var answers: [Answer] = []
        for (index, entry) in entries.enumerated() {
            answers.append(try answer(entry, at: list + [.element(index)], text, rules))
        }
        return answers
    }

    private static func answer(
        _ entry: JSONValue, at place: [JSONStep], _ text: SettingsText, _ rules: [RuleID]?
    ) throws(ConfigurationFault) -> Answer {
        guard let fields = entry.members else {
            throw text.fault(at: place, "an answer is an object with 'rule' and 'answer'")
        }
        try text.check(fields, at: place, against: members, of: "an answer")
        for field in fields where field.value != .null && field.value.string == nil {
            throw text.fault(at: place + [.member(field.name)], "'\(field.name)' of an answer is a text")
        }
        guard let name = entry["rule"]?.string, let rule = RuleID(name) else {
            throw text.fault(
                at: entry["rule"] == nil ? place : place + [.member("rule")], "an answer names no rule such as AXIS-009"
            )
        }
        if let rules, !rules.contains(rule) {
            throw text.fault(
                at: place + [.member("rule")], "there is no rule \(rule)",
                suggestion: Spelling.nearest(to: name, among: rules.map(\.description)))
        }
        guard let words = entry["answer"]?.string, !words.isEmpty else {
            throw text.fault(
                at: entry["answer"] == nil ? place : place + [.member("answer")], "the answer to \(rule) is empty")
        }
        var days: [String?] = []
        for name in ["date", "expires"] {
            guard let day = entry[name]?.string else {
                days.append(nil)
                continue
            }
            days.append(try text.day(day, at: place + [.member(name)]))
        }
        return Answer(
            rule: rule, file: entry["file"]?.string, place: entry["place"]?.string, answer: words,
            author: entry["author"]?.string, date: days[0], expires: days[1])
    }

    /// Puts each answer beside the findings it is about and returns the indices of those that meet one.
    ///
    /// - Parameter path: The file that the findings are of.
    static func attach(_ answers: [Answer], to findings: inout [Finding], of path: String = "", today: String?) -> [Int]
    {
        var met: [Int] = []
        for (number, answer) in answers.enumerated() {
            if isExpired(answer, today: today) { continue }
            if let file = answer.file, !FilePattern(file).matches(path) { continue }
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

    private static func isExpired(_ answer: Answer, today: String?) -> Bool {
        guard let today, let expires = answer.expires else { return false }
        return expires < today
    }

    /// What a run has to say of the answers themselves: those that meet nothing, are past, or soon will be.
    ///
    /// - Parameter met: Indices of the answers that met a finding.
    public static func notes(on answers: [Answer], met: Set<Int>, today: String?) -> [RunNote] {
        var notes: [RunNote] = []
        for (index, answer) in answers.enumerated() {
            let place = (answer.file.map { " in '\($0)'" } ?? "") + (answer.place.map { " at \($0)" } ?? "")
            let subject = "the answer to \(answer.rule)\(place)"
            if isExpired(answer, today: today) {
                notes.append(
                    RunNote(
                        .answerExpired, rule: answer.rule,
                        "\(subject) expired on \(answer.expires ?? "") and answers nothing"))
            } else if !met.contains(index) {
                notes.append(RunNote(.answerUnmet, rule: answer.rule, "\(subject) meets no finding"))
            } else if let today = today.flatMap(Day.number), let last = answer.expires.flatMap(Day.number),
                last - today <= notice
            {
                let days = last - today
                notes.append(
                    RunNote(
                        .answerExpires, rule: answer.rule,
                        "\(subject) expires on \(answer.expires ?? ""), "
                            + (days == 0 ? "today" : "in \(days) \(days == 1 ? "day" : "days")")))
            }
        }
        return notes
    }
}

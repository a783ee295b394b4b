// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What one rule has found so far, and the parameters it works with.
///
/// A check gets one of these for each view it reads; it reports faults and says what it could not look at.
public struct Verdicts: Sendable {
    /// One fault as a rule reports it.
    struct Report: Sendable {
        var message: String
        var places: [Place]
        var values: [NamedDatum]
        var count: Int
        /// What to write for this case; nil: what the rule says.
        var fix: String?
        /// The level of a milder case; nil: that of the rule.
        var level: Level?
    }

    private let ready: ReadyRule
    private let blocked: [RuleID: Set<Subject>]
    /// Block or entry that is being looked at, one after the other; empty for the file as a whole.
    var scope: String
    private(set) var reports: [Report] = []
    private var known = Reasons()
    var reasons: [Reason] { known.list }
    private(set) var subjects: Set<Subject> = []

    init(_ ready: ReadyRule, blocked: [RuleID: Set<Subject>], scope: String) {
        self.ready = ready
        self.blocked = blocked
        self.scope = scope
    }

    private var rule: Rule { ready.rule }

    /// The value of a parameter of the rule, as the profile has it.
    public func number(_ name: String) -> Double {
        guard case .number(let value) = setting(name) else {
            preconditionFailure("parameter '\(name)' of \(rule.id) is not a number")
        }
        return value
    }

    /// The words of a list parameter of the rule, as the profile has it.
    public func words(_ name: String) -> [String] {
        guard case .words(let value) = setting(name) else {
            preconditionFailure("parameter '\(name)' of \(rule.id) is not a list")
        }
        return value
    }

    private func setting(_ name: String) -> ParameterValue {
        if let value = ready.setting?.parameters[name] { return value }
        guard let parameter = rule.parameter(name) else {
            preconditionFailure("\(rule.id) has no parameter '\(name)'")
        }
        return parameter.defaultValue
    }

    /// Reports one fault.
    ///
    /// - Parameters:
    ///   - message: First line: lower case, no full stop, without the place.
    ///   - places: Where it is, worst first or in the order of the file; the first few are shown.
    ///   - values: The values in the sentence, for programs.
    ///   - count: Number of cases when there are more than places.
    ///   - subjects: The objects at fault, for rules that need them sound; none means everything in the scope.
    ///   - fix: What to write in this case, imperative; nil: what the rule says.
    ///   - level: The level of a case that is milder than the rule; nil: that of the rule.
    public mutating func report(
        _ message: String, at places: [Place], values: [NamedDatum] = [], count: Int = 1, subjects: [Subject] = [],
        fix: String? = nil, level: Level? = nil
    ) {
        reports.append(
            Report(message: message, places: places, values: values, count: max(count, 1), fix: fix, level: level))
        if subjects.isEmpty {
            self.subjects.insert(scope.isEmpty ? .file : Subject(.block, scope, in: scope))
        } else {
            self.subjects.formUnion(subjects)
        }
    }

    /// Tells what a generic checker found for this rule.
    ///
    /// - Parameter isOnlyCheck: The rule is not checked when the checker did not run.
    mutating func take(_ checker: ConformanceByRule.Checker, isOnlyCheck: Bool) {
        switch checker {
        case .notRun(let because):
            if isOnlyCheck { notChecked(because) }
        case .run(let deviations, let unseen):
            for one in unseen where one.rule == rule.id { notChecked(one.reason) }
            for deviation in deviations[rule.id] ?? [] {
                // What a rule that this one needs has told is one cause.
                if isOnlyCheck, deviation.subjects.contains(where: isTold) { continue }
                report(
                    deviation.message, at: deviation.places, values: deviation.values, count: deviation.count,
                    subjects: deviation.subjects, fix: deviation.fix)
            }
        }
    }

    /// Says that something could not be looked at, and why.
    public mutating func notChecked(_ reason: Reason) {
        known.add(reason)
    }

    /// True when no rule that this one needs has a finding at any of the subjects; otherwise the reason is noted.
    public mutating func isSound(_ subjects: Subject...) -> Bool { areSound(subjects) }

    /// As `isSound`, for a list.
    public mutating func areSound(_ subjects: [Subject]) -> Bool {
        for need in rule.needs {
            guard let faulty = blocked[need] else { continue }
            if faulty.contains(.file) {
                notChecked(.gated(need))
                return false
            }
            for subject in subjects {
                if faulty.contains(subject) {
                    let name = subject.name.isEmpty ? "" : " '\(subject.name)'"
                    notChecked(.gated(need, at: subject.kind.rawValue + name))
                    return false
                }
                if !subject.scope.isEmpty, faulty.contains(Subject(.block, subject.scope, in: subject.scope)) {
                    notChecked(.gated(need))
                    return false
                }
            }
        }
        return true
    }

    /// A rule that this one needs has told of the subject; nothing is noted.
    public func isTold(_ subject: Subject) -> Bool {
        rule.needs.contains { blocked[$0]?.contains(subject) == true }
    }

    /// One of these rules, which this one needs, has a finding somewhere in the file; nothing is noted.
    public func isTold(by rules: [RuleID]) -> Bool {
        rules.contains { blocked[$0]?.isEmpty == false }
    }

    /// A subject of the block or entry that is being looked at.
    public func subject(_ kind: Subject.Kind, _ name: String) -> Subject { Subject(kind, name, in: scope) }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@_exported public import Findings

/// Runs rules over what the readers made of a file.
///
/// The same material, rules and profile give the same findings in the same order.
/// - Source: rules.md, Evaluation.
public struct Engine: Sendable {
    /// Number of places that a finding keeps.
    public static let placeLimit = 5
    /// Number of findings of one rule that a report keeps; the rest is counted under *not checked*.
    public static let findingLimit = 100

    /// The rule that says that a file is being written; rules that need it wait until it is finished.
    private static let writing: RuleID = "FILE-013"

    public let profile: Profile
    let rules: [ReadyRule]

    /// - Parameters:
    ///   - rules: The catalogue, or part of it; identifiers are unique.
    ///   - profile: Levels, parameters and rules switched off.
    public init(rules: [Rule], profile: Profile) {
        self.profile = profile
        self.rules = Engine.ordered(rules).map { rule, needs in
            ReadyRule(rule, setting: profile.rules[rule.id], needs: needs)
        }
    }

    /// Every rule after the rules it needs, otherwise by identifier.
    private static func ordered(_ rules: [Rule]) -> [(rule: Rule, needs: [Int?])] {
        // By area and number in one flat table: this runs at each start of the program.
        precondition(rules.allSatisfy { $0.id.number < 128 }, "the table has room for 127 rules of an area")
        var positions = [Int32](repeating: -1, count: RuleID.slots)
        let sorted = rules.indices.sorted { rules[$0].id < rules[$1].id }
        for index in sorted.reversed() { positions[rules[index].id.slot] = Int32(index) }
        var order: [(rule: Rule, needs: [Int?])] = []
        order.reserveCapacity(rules.count)
        // Where a rule stands in the order, once it does.
        var placed = [Int32](repeating: -1, count: positions.count)
        func add(_ index: Int32) {
            let rule = rules[Int(index)]
            positions[rule.id.slot] = -1
            for need in rule.needs.count > 1 ? rule.needs.sorted() : rule.needs {
                let needed = positions[need.slot]
                if needed >= 0 { add(needed) }
            }
            placed[rule.id.slot] = Int32(order.count)
            let needs = rule.needs.map { need in
                let at = Int(placed[need.slot])
                return at < 0 ? nil : at
            }
            order.append((rule, needs))
        }
        for index in sorted where positions[rules[index].id.slot] >= 0 { add(Int32(index)) }
        return order
    }

    /// Runs every rule that is meant for the file and not switched off.
    ///
    /// - Parameters:
    ///   - material: What the readers made of the file.
    ///   - answers: Answers of the depositor.
    ///   - today: ISO 8601 date against which answers expire; nil: none expires.
    ///   - failAt: Takes the place of the fail level of the profile.
    /// - Returns: The report on the file, without digests, experiments and what else only some reports tell.
    public func run(
        on material: Material, answers: [Answer] = [], today: String? = nil, failAt: Level? = nil
    ) -> FileReport {
        let material = HeldMaterial(material)
        return run(on: material, answers, today, failAt)
    }

    private func run(on held: HeldMaterial, _ answers: [Answer], _ today: String?, _ failAt: Level?) -> FileReport {
        // By the place of the rule in the order; made when the first rule tells something.
        var blocked: [Set<Subject>?] = []
        var findings: [Finding] = []
        var notChecked: [NotChecked] = []
        var isUnread = !held.material.failures.isEmpty
        let conformance = ConformanceByRule(held.material)
        for (index, ready) in rules.enumerated()
        where ready.rule.status != .deprecated && held.material.isMeantBy(ready.rule) {
            let id = ready.rule.id
            if let reason = ready.setting?.off {
                notChecked.append(NotChecked(rule: id, .off(reason)))
                continue
            }
            var gates: [RuleID: Set<Subject>] = [:]
            if !blocked.isEmpty {
                for (need, place) in zip(ready.rule.needs, ready.needs) {
                    if let place, let subjects = blocked[place] { gates[need] = subjects }
                }
            }
            // What is unfinished is not held against a writer that is at work.
            if gates[Self.writing]?.contains(.file) == true {
                notChecked.append(NotChecked(rule: id, .gated(Self.writing)))
                continue
            }
            let told = Telling(ready, gates: gates, held: held, conformance: conformance)
            if !told.subjects.isEmpty {
                if blocked.isEmpty { blocked = [Set<Subject>?](repeating: nil, count: rules.count) }
                blocked[index] = told.subjects
            }
            findings += told.findings
            let weighs = ready.rule.status == .stable && (ready.setting?.level ?? ready.rule.level) != .G
            for reason in told.reasons {
                notChecked.append(NotChecked(rule: id, reason))
                if weighs, reason.word.isUnread { isUnread = true }
            }
        }
        findings.sort(by: Engine.precedes)
        let met = Answers.attach(answers, to: &findings, of: held.material.name, today: today)
        notChecked.sort { ($0.rule, $0.because) < ($1.rule, $1.because) }
        let material = held.material
        let isFailing = findings.contains { profile.isFailing($0, failAt: failAt) }
        let isIncomplete =
            material.isBeingWritten || findings.contains { $0.rule == Self.writing || $0.rule == "FILE-003" }
        let status = FileStatus(
            isFailing: isFailing, isOfOtherKind: material.isOfOtherKind, isIncomplete: isIncomplete,
            isUnread: isUnread, isChecked: material.isChecked)
        var report = FileReport(
            path: material.name, size: material.size, kind: material.kind, definition: material.definition,
            applied: material.applied, status: status, isFailing: isFailing, isIncomplete: isIncomplete,
            isUnread: isUnread && !isIncomplete, findings: findings, notChecked: notChecked,
            failures: material.failures, answersMet: met)
        report.kinship = material.kinship
        if isFailing {
            report.otherwise = FileStatus(
                isFailing: false, isOfOtherKind: material.isOfOtherKind, isIncomplete: isIncomplete,
                isUnread: isUnread, isChecked: material.isChecked)
        }
        return report
    }

    /// A finding that a run over several files makes, as the profile has the rule; nil where it is switched off.
    ///
    /// - Parameter milder: The level of a case that weighs less than the rule as a whole.
    public func finding(
        _ id: RuleID, _ message: String, values: [DatumField], places: [ResolvedPlace] = [ResolvedPlace(kind: .file)],
        milder: Level? = nil
    ) -> Finding? {
        guard let ready = rules.first(where: { $0.rule.id == id }), ready.setting?.off == nil else { return nil }
        let rule = ready.rule
        let level = ready.setting?.level ?? rule.level
        return Finding(
            rule: id, level: max(level, milder ?? level), title: rule.title, message: message, count: 1,
            places: places, values: values, why: rule.why, fix: rule.fix, references: rule.references,
            isPreview: rule.status == .preview)
    }

    /// A parameter of a rule as the profile has it; nil where the rule is not there or has none of this name.
    public func parameter(_ id: RuleID, _ name: String) -> ParameterValue? {
        guard let ready = rules.first(where: { $0.rule.id == id }) else { return nil }
        return ready.setting?.parameters[name] ?? ready.rule.parameter(name)?.defaultValue
    }

    /// The rules that make a file fail under another profile, of those that ran under this one.
    public func rulesFailing(_ report: FileReport, under other: Profile) -> [RuleID] {
        var failing: [(level: Level, rule: RuleID)] = []
        for finding in report.findings where !finding.isPreview && (finding.answer == nil || other.answeredFails) {
            guard let ready = rules.first(where: { $0.rule.id == finding.rule }) else { continue }
            let setting = other.rules[finding.rule]
            // A case that is milder than its rule stays so.
            let isMilder = (ready.setting?.level ?? ready.rule.level) < finding.level
            let general = setting?.level ?? ready.rule.level
            let level = isMilder ? max(general, finding.level) : general
            guard setting?.off == nil, level.isAtLeast(other.failAt) else { continue }
            if !failing.contains(where: { $0.rule == finding.rule }) { failing.append((level, finding.rule)) }
        }
        return failing.sorted { ($0.level, $0.rule) < ($1.level, $1.rule) }.map(\.rule)
    }

    /// The order of findings in a report: area, level, number, first place, words.
    public static func precedes(_ a: Finding, _ b: Finding) -> Bool {
        if a.rule.areaRank != b.rule.areaRank { return a.rule.areaRank < b.rule.areaRank }
        if a.level != b.level { return a.level < b.level }
        if a.rule.number != b.rule.number { return a.rule.number < b.rule.number }
        switch (a.places.first, b.places.first) {
        case (let placeA?, let placeB?) where placeA != placeB: return placeA < placeB
        case (nil, _?): return true
        case (_?, nil): return false
        default: return a.message < b.message
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Frames
import NeXus
import RuleCatalog
import RuleEngine
import Transport

/// The rules by which a conversion is judged: those of the input, its own, and those of what it writes.
struct ConversionRules {
    /// Checks what was written.
    let check: FileCheck
    private let input: Engine

    /// Areas whose faults of level A leave a scan without a place in space, and so are refused.
    private static let refusing: Set<String> = ["AXIS", "PIXEL", "SCAN", "GEOM", "COUNT"]

    /// Faults of a text by which values stand under the wrong name or under none.
    private static let syntax: Set<RuleID> = ["CIF-002", "CIF-003", "CIF-006"]

    /// Faults of level A that are converted as they are: every pixel keeps its place, and what is written has the fault too.
    private static let kept: Set<RuleID> = ["PIXEL-015"]

    /// Two statements of an input about one thing: one of them is written, and both are told.
    private static let contradicting: Set<RuleID> = [
        "CIF-005", "COUNT-004", "GEOM-007", "GEOM-008", "IMAGE-010", "IMAGE-011", "IMAGE-018", "PIXEL-006",
    ]

    /// Those of them where the loops outrank the comment header.
    private static let ofLoops: Set<RuleID> = ["COUNT-004", "IMAGE-010", "IMAGE-011"]

    init(_ profile: Profile, settings: ReadingSettings, rules: RulesFolder) {
        var reading = settings
        reading.library = DefinitionLibrary(folder: rules.path + "/nexus")
        reading.definitions = [profile.standards["nexus"]].compactMap { $0 }
        reading.frames = .none
        check = FileCheck(FileCheck.Settings(profile: profile, reading: reading))
        input = Engine(
            rules: catalogue.filter {
                Self.refusing.contains($0.id.area) || Self.contradicting.contains($0.id)
                    || Self.syntax.contains($0.id)
            },
            profile: Profile(name: "default"))
    }

    /// What is wrong with an input: faults of level A, and statements that contradict one another.
    func judgement(of reading: FileReading) -> (faults: [Finding], contradictions: [ConversionNote]) {
        let findings = input.run(on: reading.material).findings.filter { !$0.isPreview }
        let faults = findings.filter {
            $0.level == .A && (Self.refusing.contains($0.rule.area) || Self.syntax.contains($0.rule))
        }
        let contradictions = findings.filter { finding in
            Self.contradicting.contains(finding.rule) && !faults.contains { $0.rule == finding.rule }
        }.map { finding in
            let isMilder = catalogue.contains { $0.id == finding.rule && $0.level < finding.level }
            return ConversionNote(
                finding.rule, finding.message + (Self.ofLoops.contains(finding.rule) ? "; the loops are taken" : ""),
                isAssumption: true, level: isMilder ? finding.level : nil)
        }
        return (faults, contradictions)
    }

    /// A number of a rule, as the profile has it.
    func number(_ rule: RuleID, _ name: String) -> Double {
        if case .number(let value)? = check.engine.parameter(rule, name) { value } else { 0 }
    }

    /// The numbers of a list of a rule, as the profile has it.
    func numbers(_ rule: RuleID, _ name: String) -> [Double] {
        if case .words(let words)? = check.engine.parameter(rule, name) { words.compactMap(Double.init) } else { [] }
    }

    /// Refuses an input whose text is torn, or whose faults leave no place for its pixels.
    ///
    /// - Parameter isPlaced: An option gives places, whatever the input says of them.
    func judge(_ faults: [Finding], in name: String, isPlaced: Bool) throws(ConversionRefusal) {
        let refused = faults.first { fault in
            !Self.kept.contains(fault.rule) && (!isPlaced || Self.syntax.contains(fault.rule))
        }
        guard let first = refused else { return }
        throw ConversionRefusal("'\(name)': \(first.rule) \(first.message)", first.fix)
    }

    /// The findings of notes, by the levels of the profile.
    func findings(_ notes: [ConversionNote]) -> [Finding] {
        Self.sorted(
            notes.compactMap { check.engine.finding($0.rule, $0.message, values: [], milder: $0.level) })
    }

    /// By level and rule; those of one rule in their order.
    static func sorted(_ findings: [Finding]) -> [Finding] {
        findings.enumerated().sorted {
            ($0.element.level, $0.element.rule, $0.offset) < ($1.element.level, $1.element.rule, $1.offset)
        }.map(\.element)
    }

    /// A finding makes the conversion end with 1.
    func isFailing(_ finding: Finding) -> Bool { check.settings.profile.isFailing(finding) }
}

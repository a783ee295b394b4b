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

    /// Faults of level A that are converted as they are: every pixel keeps its place, and what is written has the fault too.
    private static let kept: Set<RuleID> = ["PIXEL-015"]

    init(_ profile: Profile, settings: ReadingSettings, rules: RulesFolder) {
        var reading = settings
        reading.library = DefinitionLibrary(folder: rules.path + "/nexus")
        reading.definitions = [profile.standards["nexus"]].compactMap { $0 }
        reading.frames = .none
        check = FileCheck(FileCheck.Settings(profile: profile, reading: reading))
        input = Engine(
            rules: catalogue.filter { Self.refusing.contains($0.id.area) }, profile: Profile(name: "default"))
    }

    /// Findings of level A of an input.
    func faults(of reading: FileReading) -> [Finding] {
        input.run(on: reading.material).findings.filter { $0.level == .A && !$0.isPreview }
    }

    /// Refuses an input whose faults leave no place for its pixels.
    func judge(_ faults: [Finding], in name: String) throws(ConversionRefusal) {
        guard let first = faults.first(where: { !Self.kept.contains($0.rule) }) else { return }
        throw ConversionRefusal("'\(name)': \(first.rule) \(first.message)", first.fix)
    }

    /// The findings of notes, by the levels of the profile.
    func findings(_ notes: [ConversionNote]) -> [Finding] {
        notes.compactMap { check.engine.finding($0.rule, $0.message, values: []) }.sorted {
            ($0.level, $0.rule) < ($1.level, $1.rule)
        }
    }

    /// A finding makes the conversion end with 1.
    func isFailing(_ finding: Finding) -> Bool { check.settings.profile.isFailing(finding) }
}

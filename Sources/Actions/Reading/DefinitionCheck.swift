// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import NeXus
import RuleEngine
import Transport

/// The check of a file against NeXus definitions, as the rules of the catalogue take it.
struct DefinitionCheck {
    let conformance: Conformance
    let applied: [AppliedDefinition]
    let failure: Failure?

    init(_ tree: NeXusTree, settings: ReadingSettings) {
        guard let library = settings.library else {
            conformance = .notRun(.mode("definitions were not asked for"))
            applied = []
            failure = nil
            return
        }
        var request = Validation.Request()
        request.definitions = settings.definitions
        request.forcedDefinition = settings.definition
        request.entry = settings.entry
        request.releases = settings.releases ?? request.releases
        request.mostValues = settings.mostValues ?? request.mostValues
        do throws(Failure) {
            let validation = try Validation(of: tree, library: library, request: request)
            let unseen = validation.notChecked.compactMap { one in
                RuleID(one.rule).map { NotChecked(rule: $0, Reason(Self.word(one.obstacle), one.because)) }
            }
            let unknown = validation.unknownDefinitions.flatMap { entry in
                Self.rulesOfDefinitions.map {
                    NotChecked(rule: $0, .definition("definition '\(entry.name)' of \(entry.path) is not known"))
                }
            }
            conformance = .run(
                validation.findings.compactMap(Self.deviation), notChecked: unseen + unknown)
            applied = validation.applied.map {
                AppliedDefinition(
                    standard: "nexus", release: $0.release, sha256: "", path: $0.path, definition: $0.definition,
                    because: $0.because)
            }
            failure = nil
        } catch {
            conformance = .notRun(.definition(error.line))
            applied = []
            failure = error
        }
    }

    /// Rules that look for what an application definition requires.
    private static let rulesOfDefinitions: [RuleID] = ["NX-005", "NX-006", "NX-007"]

    private static func word(_ obstacle: Validation.NotChecked.Obstacle) -> Reason.Word {
        switch obstacle {
        case .limit: .limit
        case .sample: .mode
        case .unread: .unread
        }
    }

    private static func deviation(_ finding: NXFinding) -> Deviation? {
        guard let rule = RuleID(finding.rule) else { return nil }
        return Deviation(
            rule: rule, message: finding.message, places: finding.places, count: finding.count,
            values: finding.values.map { (name: $0.name, value: datum($0.value)) },
            subjects: finding.places.compactMap(subject), fix: finding.fix)
    }

    private static func subject(_ place: Place) -> Subject? {
        guard case .object(let path, _) = place.spot else { return nil }
        return Subject(.dataset, path)
    }

    private static func datum(_ value: NXFinding.Value) -> Datum {
        switch value {
        case .text(let text): return .text(text)
        case .integer(let integer): return .integer(integer)
        case .list(let items): return .list(items.map { .text($0) })
        case .records(let records):
            return .list(records.map { .record($0.map { DatumField($0.name, datum($0.value)) }) })
        }
    }
}

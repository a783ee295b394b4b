// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import NeXus
import RuleCatalog
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
        request.releases = settings.checkers.releases ?? request.releases
        request.mostValues = settings.checkers.mostValues ?? request.mostValues
        do throws(Failure) {
            let validation = try Validation(of: tree, library: library, request: request)
            let unseen = validation.notChecked.map { one in
                NotChecked(rule: one.kind.rule, Reason(Self.word(one.obstacle), one.because))
            }
            let unknown = validation.unknownDefinitions.flatMap { entry in
                Self.rulesOfDefinitions.map {
                    NotChecked(rule: $0, .definition("definition '\(entry.name)' of \(entry.path) is not known"))
                }
            }
            conformance = .run(validation.deviations, notChecked: unseen + unknown)
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
    private static let rulesOfDefinitions = [NXFault.Kind.absentGroup, .absentField, .absentAttribute].map(\.rule)

    private static func word(_ obstacle: Validation.NotChecked.Obstacle) -> Reason.Word {
        switch obstacle {
        case .limit: .limit
        case .sample: .mode
        case .unread: .unread
        }
    }
}

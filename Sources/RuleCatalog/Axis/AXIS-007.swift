// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis007 = Rule(
        "AXIS-007", .B, "chain passes from one equipment to another", applies: .imgCIF,
        what: """
            Along depends_on the equipment stays the same: goniometer axes hang on goniometer axes, detector axes on \
            detector axes. An axis of equipment general may stand at the base. Nothing hangs on gravity or on the \
            source.
            """,
        why: """
            A detector that hangs on a goniometer axis is moved with the crystal by every program that follows the \
            chain.
            """,
        fix: "Let the base axis of each piece of equipment depend on '.'.",
        references: [
            "imgCIF _axis.equipment",
            "COMCIFS/instrument-geometry-info:Tools/imgCIF_Creator (translation made to depend on gravity)",
        ],
        needs: ["AXIS-003"],
        checks: [.experiment(mixedChains)])
}

private func mixedChains(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for axis in view.experiment.axes {
        guard let outward = axis.dependsOn.value, let other = view.graph[outward],
            verdicts.areSound(verdicts.axes([axis.id, outward]))
        else { continue }
        let own = axis.equipment.value
        let its = other.equipment.value
        switch (own, its) {
        case (_, .gravity), (_, .source): break
        case (.goniometer, .detector), (.detector, .goniometer): break
        default: continue
        }
        verdicts.report(
            "\(own.word) axis '\(axis.id)' depends on '\(other.id)', which belongs to \(its.word)",
            at: axis.dependsOn.places.isEmpty ? [axis.place] : axis.dependsOn.places,
            values: [("axis", .text(axis.id.text)), ("other", .text(other.id.text))],
            subjects: verdicts.axes([axis.id]))
    }
}

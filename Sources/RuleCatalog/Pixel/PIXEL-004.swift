// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel004 = Rule(
        "PIXEL-004", .A, "pixel directions start from different points", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Distance between the two starting points", 0.000001, unit: "mm", limits: 0...0.1)
        ],
        what: """
            The points where the fast and the slow axis of a panel start, each evaluated through its chain at the \
            settings of every scan. Whether one axis depends on the other or both on a third does not matter; what \
            counts is that they start from one point.
            """,
        why: "Programs take the start of one axis or of the other, and the panel stands elsewhere by the difference.",
        fix: """
            Let the slow axis depend on the fast one with offset 0 0 0, or give both the same offset on the same axis.
            """,
        references: [
            "imgCIF AXIS, ARRAY_STRUCTURE_LIST_AXIS",
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md",
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "PIXEL-003"],
        reads: [.settings],
        checks: [.experiment(startingPoints)])
}

private func startingPoints(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    var told = Set<String>()
    for sighting in view.sightings where !told.contains(sighting.panel.id) {
        guard case .surface(let axes) = sighting.panel.placement,
            verdicts.areSound(verdicts.axes(sighting.axes) + [verdicts.subject(.panel, sighting.panel.id)]),
            let distance = try? view.graph.distanceOfOrigins(of: axes, settings: sighting.settings).get(),
            distance > tolerance
        else { continue }
        told.insert(sighting.panel.id)
        verdicts.report(
            "axes '\(axes.fast.axis)' and '\(axes.slow.axis)' of panel '\(sighting.panel.id)' start "
                + "\(Wording.number(distance)) mm apart",
            at: [axes.fast.axis, axes.slow.axis].compactMap { view.graph[$0]?.place },
            values: [("panel", .text(sighting.panel.id)), ("distance", .quantity(distance, unit: "mm"))],
            subjects: [verdicts.subject(.panel, sighting.panel.id)])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import RuleEngine

extension Rule {
    static let axis002 = Rule(
        "AXIS-002", .A, "axis chain runs in a circle", applies: .both,
        what: """
            The chain of each axis is followed outward along depends_on; it ends at '.', at nothing said, or at an \
            axis that is not defined. A chain that comes back to itself is reported once, at its own axes.
            """,
        why: "Nothing that hangs on such a chain has a place in space; some readers follow it without end.",
        fix: "Let the axis nearest the base depend on '.'.",
        references: [
            "imgCIF _axis.depends_on",
            "NXtransformations/AXISNAME@depends_on",
            "COMCIFS/cif_ed:docs/frames_example.cif",
        ],
        checks: [.experiment(circles), .conformance])
}

private func circles(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for circle in view.graph.circles {
        let members = circle.dropLast()
        let places = members.compactMap { view.graph[$0].map { $0.dependsOn.origin.place ?? $0.place } }
        verdicts.report(
            "axis chain runs in a circle: " + Wording.list(circle.map(\.text), joinedBy: " -> ", limit: 12),
            at: Array(places.prefix(1)), values: [("chain", .list(circle.map { .text($0.text) }))],
            subjects: verdicts.axes(members))
    }
}

extension NXFault.AxisCircle {
    var told: Told { Told("axis chain runs in a circle: \(names.joined(separator: " -> "))") }
}

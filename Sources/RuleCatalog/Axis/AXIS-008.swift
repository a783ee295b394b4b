// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis008 = Rule(
        "AXIS-008", .A, "goniometer axes do not form one chain", applies: .imgCIF,
        what: """
            The rotations of the goniometer: at most one of them is depended on by no other. Where \
            DIFFRN_MEASUREMENT_AXIS names the axes of the device, only these count.
            """,
        why: """
            When two rotations hang side by side nothing says which of them carries the crystal, and its orientation \
            is a guess.
            """,
        fix: "Write the axes as one chain: phi depends on chi, chi on omega, omega on '.'.",
        references: ["imgCIF _axis.equipment, _diffrn_measurement_axis.axis_id"],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-013"],
        checks: [.experiment(branches)])
}

private func branches(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let rotations = (view.experiment.goniometer?.axes ?? []).filter {
        guard let axis = view.graph[$0], axis.motion.value == .rotation else { return false }
        return axis.equipment.value == .goniometer || axis.equipment.value == .general
    }
    guard rotations.count > 1, verdicts.areSound(verdicts.axes(rotations)) else { return }
    let listed = Set(rotations)
    var outward: [AxisID: AxisID?] = [:]
    for (axis, next) in view.graph.nearestOutward(onChainsFrom: rotations, where: { listed.contains($0.id) }) {
        outward[view.graph.axes[axis].id] = .some(next.map { view.graph.axes[$0].id })
    }
    var carried: [AxisID: AxisID] = [:]
    for id in rotations {
        guard let next = outward[id] else { continue }
        let base = next ?? AxisID(".")
        guard let other = carried[base] else {
            carried[base] = id
            continue
        }
        let place = view.graph[id].map { $0.dependsOn.origin.place ?? $0.place }
        verdicts.report(
            "goniometer axes '\(other)' and '\(id)' both depend on '\(base)': nothing says which carries the sample",
            at: place.map { [$0] } ?? [],
            values: [("axis1", .text(other.text)), ("axis2", .text(id.text)), ("base", .text(base.text))],
            subjects: verdicts.axes([other, id]))
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel004 = Rule(
        "PIXEL-004", .A, "pixel directions start from different points", applies: .both,
        parameters: [
            Parameter("tolerance", "Distance between the two starting points", 0.000001, unit: "mm", limits: 0...0.1)
        ],
        what: """
            The points where the fast and the slow axis of a panel start, each evaluated through its chain at the \
            settings of every scan. Whether one axis depends on the other or both on a third does not matter; what \
            counts is that they start from one point. In NXmx, where a slow direction depends on the fast one, the step \
            of a pixel is no displacement.
            """,
        why: "Programs take the start of one axis or of the other, and the panel stands elsewhere by the difference.",
        fix: """
            Let the slow axis depend on the fast one with offset 0 0 0, or give both the same offset on the same axis.
            """,
        fixInNeXus: """
            Give both directions the same depends_on, such as module_offset, and offset 0, 0, 0.
            """,
        references: [
            "imgCIF AXIS, ARRAY_STRUCTURE_LIST_AXIS",
            "NXdetector_module/fast_pixel_direction, slow_pixel_direction",
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md",
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-013", "PIXEL-003"],
        reads: [.settings],
        checks: [.experiment(startingPoints), .experiment(startingPointsOfModules)])
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

private func startingPointsOfModules(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    var told = Set<String>()
    for sighting in view.sightings where !told.contains(sighting.panel.id) {
        guard case .module(let base, let fast, let slow, _) = sighting.panel.placement,
            verdicts.areSound(verdicts.axes(sighting.axes) + [verdicts.subject(.panel, sighting.panel.id)])
        else { continue }
        guard let one = start(of: fast, beside: slow, base, sighting, view),
            let other = start(of: slow, beside: fast, base, sighting, view)
        else { continue }
        if let base, isLeft(base, by: [fast, slow]),
            let end = try? view.graph.transform(from: base, settings: sighting.settings).get(),
            (end * .zero - one).length > tolerance + 1e-9
        {
            told.insert(sighting.panel.id)
            verdicts.report(
                "axes '\(fast.id)' and '\(slow.id)' start \(Wording.number((end * .zero - one).length)) mm from "
                    + "'\(base)', on which neither depends",
                at: [fast.place, slow.place], values: [("panel", .text(sighting.panel.id))],
                subjects: [verdicts.subject(.panel, sighting.panel.id)])
            continue
        }
        let distance = (one - other).length
        guard distance > tolerance + 1e-9 * one.length else { continue }
        told.insert(sighting.panel.id)
        verdicts.report(
            "axes '\(fast.id)' and '\(slow.id)' start \(Wording.number(distance)) mm apart",
            at: [fast.place, slow.place],
            values: [("panel", .text(sighting.panel.id)), ("distance", .quantity(distance, unit: "mm"))],
            subjects: [verdicts.subject(.panel, sighting.panel.id)])
    }
}

/// Whether all directions say that they depend on nothing, while the module has a place to depend on.
private func isLeft(_ base: AxisID, by axes: [Axis]) -> Bool {
    axes.allSatisfy { $0.dependsOn.value == nil && !$0.dependsOn.places.isEmpty }
}

/// Where a pixel direction starts: at the end of its chain and by its offset; a direction that depends on the other
/// starts where that does, by the offsets of both.
private func start(
    of axis: Axis, beside other: Axis, _ base: AxisID?, _ sighting: Sighting, _ view: ExperimentView
) -> Vector3? {
    let hangsOnOther = axis.dependsOn.value == other.id
    let outward = hangsOnOther ? other.dependsOn.value : axis.dependsOn.value
    // What depends on '.' starts where it says; what says nothing starts at the base.
    let saysNothing = outward == nil && (hangsOnOther ? other : axis).dependsOn.places.isEmpty
    let carrier = saysNothing || outward == axis.id ? base : outward
    guard case .success(let outer) = view.graph.transform(from: carrier, settings: sighting.settings) else {
        return nil
    }
    let offset = hangsOnOther ? other.offset.value + axis.offset.value : axis.offset.value
    return outer * offset
}

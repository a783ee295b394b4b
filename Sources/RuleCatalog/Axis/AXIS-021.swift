// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageHeaders
import RuleEngine

extension Rule {
    static let axis021 = Rule(
        "AXIS-021", .B, "header names an axis that the description lacks", applies: .both,
        what: """
            Angles of the goniometer in the headers of the images (Omega, Kappa, Phi, Chi), of the first and the last frame \
            that was read: one that differs from 0 belongs to an axis of the description, which the scan sets away from 0. \
            The angle of the axis that moves may have any name. A Chi that is built into the direction of an axis passes.
            """,
        why:
            "The crystal is oriented by a circle that the description leaves out, and other data sets do not fit to it.",
        fix: "Describe the axis in AXIS and DIFFRN_MEASUREMENT_AXIS, and its setting in DIFFRN_SCAN_AXIS.",
        fixInNeXus: "Write the axis into the transformations of the sample, with its setting, and into the chain.",
        references: ["cctbx/dxtbx#617", "cctbx/dxtbx#387"],
        needs: ["IMAGE-018", "SCAN-001", "SCAN-006"],
        reads: [.settings],
        checks: [.experiment(embeddedAxes), .frames(externalAxes)])
}

private func embeddedAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let group = HeaderOfFrame.embedded(view) { look(at: group, &verdicts) }
}

private func externalAxes(_ view: FramesView, _ verdicts: inout Verdicts) {
    for group in HeaderOfFrame.external(view) { look(at: group, &verdicts) }
}

private func look(at group: HeaderOfFrame.Group, _ verdicts: inout Verdicts) {
    guard !group.rotations.isEmpty else { return }
    for (name, _) in ImageHeader.angleItems {
        for one in [group.frames.first, group.frames.last].compactMap({ $0 }) {
            guard let stated = one.header.number(name), abs(Turns.difference(stated.value, 0)) > 0.01,
                one.header.turningItem?.angle != name, let fault = fault(name, stated.value, one.frame, group)
            else { continue }
            let key = HeaderItem.named(name)?.key ?? name.rawValue
            verdicts.report(
                "\(group.words(one.number)) gives \(key) = \(Wording.number(stated.value)) deg; scan "
                    + "'\(Wording.excerpt(group.scan.id))' \(fault)",
                at: group.places([one.number], [stated.origin.place]),
                values: [
                    ("frame", .integer(one.number)), ("axis", .text(key)),
                    ("value", .quantity(stated.value, unit: "deg")), ("scan", .text(group.scan.id)),
                ], subjects: [Subject(.category, "header axis \(key)", in: group.view.scope)])
            break
        }
    }
}

/// What the description lacks for this angle; nil where nothing.
private func fault(_ name: HeaderItem.Name, _ value: Double, _ frame: Int, _ group: HeaderOfFrame.Group) -> String? {
    // Under whatever name, a setting of that size is described.
    let settings = group.scan.settings(frame: frame)
    let set = group.rotations.compactMap { axis -> Double? in
        let setting = settings[axis.axis]
        return abs(Turns.difference(setting, 0)) > 0.01 ? setting : nil
    }
    let slack = 0.01 + 1e-4 * abs(value)
    if set.contains(where: {
        abs(Turns.difference($0, value)) <= slack || abs(Turns.difference($0, -value)) <= slack
    }) {
        return nil
    }
    // A frame is named by its start, its middle or its end.
    if let axis = group.moving.first, let start = axis.settings.start(ofFrame: frame),
        let end = axis.settings.end(ofFrame: frame),
        [start, (start + end) / 2, end].contains(where: { abs(Turns.difference($0, value)) <= slack })
    {
        return nil
    }
    let axes = group.view.experiment.axes.filter { $0.motion.value == .rotation && $0.equipment.value == .goniometer }
    let named = axes.filter { $0.id.name.lowercased().contains(name.rawValue.lowercased()) }
    guard let axis = named.first else {
        if isBuiltIn(value, axes) { return nil }
        return "has no such axis"
    }
    return abs(Turns.difference(settings[axis.id], 0)) > 0.01
        ? nil : "leaves axis '\(Wording.excerpt(axis.id.name, limit: 40))' at 0"
}

/// Two axes of the goniometer are inclined to one another by the angle.
private func isBuiltIn(_ value: Double, _ axes: [Axis]) -> Bool {
    let wanted = abs(Turns.difference(value, 0))
    return axes.indices.contains { index in
        axes[(index + 1)...].contains { other in
            let angle = axes[index].vector.value.angle(to: other.vector.value)
            return abs(angle - wanted) < 0.5 || abs(180 - angle - wanted) < 0.5
        }
    }
}

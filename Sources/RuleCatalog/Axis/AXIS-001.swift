// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis001 = Rule(
        "AXIS-001", .A, "axis is named but not defined", applies: .both,
        what: """
            Every place that names an axis is followed to the axis: in imgCIF the axis_id of \
            ARRAY_STRUCTURE_LIST_AXIS, DIFFRN_DETECTOR_AXIS, DIFFRN_MEASUREMENT_AXIS, DIFFRN_SCAN_AXIS and \
            DIFFRN_SCAN_FRAME_AXIS, and the depends_on and rotation_axis of AXIS; in NeXus every depends_on field and \
            attribute, absolute or relative to the group that holds it, without '..', and leading to a field of an axis: a \
            group is none. A full stop ends a chain and passes.
            """,
        why: """
            A chain that breaks off leaves the detector or the sample at an unknown place, and readers stop or take it \
            for the origin.
            """,
        fix: "Describe the axis, or correct the name; end a chain with '.'.",
        references: [
            "imgCIF _axis.depends_on",
            "NXtransformations/AXISNAME@depends_on",
            "cctbx/dxtbx#866",
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md",
        ],
        needs: ["FILE-004", "LINK-010", "NX-033"],
        checks: [.experiment(undefinedAxes), .conformance])
}

private func undefinedAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // What a link should lead to, and does not, is told of the link; what lies in an absent group, of the group.
    let groups = view.mentionsOfUndefinedAxes.filter { group in
        !(group.first.map { isLost($0.axis.text, verdicts) } ?? false)
    }
    // Paths that lack the same thing, such as a slash, have one cause.
    var alike: [String: [[AxisMention]]] = [:]
    for group in groups {
        if view.block != nil, view.experiment.axes.isEmpty {
            alike["no identifier", default: []].append(group)
            continue
        }
        guard let note = group.lazy.compactMap(\.note).first, let cause = cause(note) else {
            report([group], view, &verdicts)
            continue
        }
        alike[cause, default: []].append(group)
    }
    // Without any axis, or any identifier of one, every name leads nowhere for one reason.
    for cause in alike.keys.sorted() { report(alike[cause, default: []], view, &verdicts) }
}

/// A link on the way to this path leads nowhere or a group of it is absent, and the rules on these told so.
private func isLost(_ path: String, _ verdicts: Verdicts) -> Bool {
    var names = path.split(separator: "/")
    while !names.isEmpty {
        if verdicts.isTold(Subject(.dataset, "/" + names.joined(separator: "/"))) { return true }
        names.removeLast()
    }
    return false
}

/// What paths of one habit have in common.
private func cause(_ note: String) -> String? {
    ["slash", "'..'"].first { note.contains($0) }
}

private func report(_ groups: [[AxisMention]], _ view: ExperimentView, _ verdicts: inout Verdicts) {
    let mentions = groups.flatMap { $0 }
    guard let first = mentions.first else { return }
    let note = mentions.lazy.compactMap(\.note).first.map { "; \($0)" } ?? ""
    let more = groups.count > 1 ? " (\(groups.count) axes alike)" : ""
    let isStep = note.contains("'..'")
    let sentence =
        isStep
        ? "'\(first.axis)', named by \(first.item), leads nowhere"
        : note.contains("not an axis")
            ? "'\(first.axis)', named by \(first.item), is no axis"
            : "axis '\(first.axis)', named by \(first.item), is not defined"
    verdicts.report(
        "\(sentence)\(note)\(more)", at: mentions.map(\.place),
        values: [("axis", .text(first.axis.text)), ("item", .text(first.item))], count: mentions.count,
        subjects: verdicts.axes(groups.compactMap { $0.first?.axis } + carried(by: mentions, view)))
}

/// Axes whose place is uncertain since a path leads astray: those that hold the path, and what it seems to mean.
private func carried(by mentions: [AxisMention], _ view: ExperimentView) -> [AxisID] {
    let holders = Set(
        mentions.compactMap { mention -> String? in
            guard case .object(let path, .some) = mention.place.spot else { return nil }
            return path
        })
    let meant = Set(mentions.filter { $0.note != nil }.map { AxisID("/" + $0.axis.text) })
    return view.experiment.axes.filter { axis in
        guard case .object(let path, _) = axis.place.spot else { return false }
        return holders.contains(path) || meant.contains(axis.id)
    }.map(\.id)
}

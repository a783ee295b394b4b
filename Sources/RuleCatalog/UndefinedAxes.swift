// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension ExperimentView {
    /// Mentions of axes that the experiment does not describe, one group for each name, in the order of the source.
    var mentionsOfUndefinedAxes: [[AxisMention]] {
        var order: [AxisID] = []
        var groups: [AxisID: [AxisMention]] = [:]
        func take(_ mention: AxisMention) {
            guard graph[mention.axis] == nil else { return }
            if groups[mention.axis] == nil { order.append(mention.axis) }
            // One place says it once, and keeps what the reader noted of it.
            if let index = groups[mention.axis]?.firstIndex(where: { $0.place == mention.place }) {
                if let note = mention.note, groups[mention.axis]?[index].note == nil {
                    groups[mention.axis]?[index].note = note
                }
                return
            }
            groups[mention.axis, default: []].append(mention)
        }
        for axis in experiment.axes {
            if let outward = axis.dependsOn.value {
                let place = axis.dependsOn.origin.place ?? axis.place
                take(AxisMention(axis: outward, item: item("depends_on", of: axis, at: place), place: place))
            }
            if let mount = axis.mount {
                take(
                    AxisMention(
                        axis: mount.axis, item: item("rotation_axis", of: axis, at: axis.place), place: axis.place))
            }
        }
        for mention in experiment.mentions { take(mention) }
        return order.compactMap { groups[$0] }
    }
}

private func item(_ name: String, of axis: Axis, at place: Place) -> String {
    if case .object = place.spot { return "\(name) of '\(axis.id)'" }
    return "_axis.\(name)"
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

/// imgCIF: axes whose equipment is '?' beside others that have one, so that nothing says what they carry.
///
/// A column without any value is told by AXIS-016; '.' is the default of the dictionary, general.
func unknownEquipment(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let axes = view.block?.category("axis"), axes.isComplete, let column = axes.column("equipment"),
        let ids = axes.column("id")
    else { return }
    let unknown = (0..<column.count).filter { column.kind($0) == .unknown }
    guard let first = unknown.first, unknown.count < column.count, let name = ids.text(first) else { return }
    let more = unknown.count > 1 ? " and of \(unknown.count - 1) more" : ""
    verdicts.report(
        "equipment of axis '\(name)'\(more) is '?': nothing says whether it carries the sample or the detector",
        at: unknown.prefix(Engine.placeLimit).map { column.place($0) },
        values: [("axis", .text(name))], count: unknown.count,
        subjects: verdicts.axes(unknown.compactMap { ids.text($0).map { AxisID($0) } }),
        fix: "Write goniometer, detector, gravity, source or general as the equipment of the axis.")
}

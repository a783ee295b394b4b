// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis013 = Rule(
        "AXIS-013", .A, "axis value is a marker for a missing value", applies: .both,
        parameters: [
            Parameter(
                "markers", "Numbers that stand for a missing value", words: ["-9999", "9999", "-999", "1e30", "-1e30"])
        ],
        what: """
            Components of vectors, offsets, settings and increments are compared with the numbers that writers put \
            where they know no value, and with numbers that are not finite. -9999 and 1e30 count alone; -999 and 9999 \
            are angles and lengths as well, and count where they stand outside the range of the other settings, or in \
            every frame of a scan that its ends or increments say is turning. Settings of axes that no chain reaches, \
            and of NeXus axes without transformation_type, which are directions only, are not looked at. In imgCIF '?' \
            says that a value is unknown: a default of the dictionary holds for what is left out, not for what is \
            unknown. A text that is no number belongs to DICT-003; the offsets of axes that carry no panel may be unknown.
            """,
        why: "A marker read as a number puts the axis thousands of degrees or millimetres from where it was.",
        fix: "Write the value, or leave the item out.",
        references: ["COMCIFS/instrument-geometry-info@994035c", "FragMAX/FragMAXapp test data (Phi -9999)"],
        reads: [.settings, .sweeps],
        checks: [.experiment(markers)])
}

private func markers(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let markers = verdicts.words("markers").compactMap(Double.init)
    func isMarker(_ value: Double) -> Bool { !value.isFinite || markers.contains(value) }
    func report(_ item: String, _ axis: AxisID, _ value: Double, _ places: [Place], count: Int = 1) {
        let ending = value.isFinite ? ", a marker for a missing value" : ""
        verdicts.report(
            "\(item) of axis '\(axis)' is \(Wording.number(value))\(ending)", at: places,
            values: [("axis", .text(axis.text)), ("value", .number(value))], count: count,
            subjects: verdicts.axes([axis]))
    }
    reportUnknown(view, &verdicts)
    let reached = view.axisUse.reached
    for axis in view.experiment.axes
    where reached.contains(axis.id) && !axis.has(.vectorUnusable, .offsetUnusable) {
        let vector = axis.vector.value
        if let value = [vector.x, vector.y, vector.z].first(where: isMarker) {
            report("vector", axis.id, value, axis.vectorPlaces)
        }
        let offset = axis.offset.value
        let components = [offset.x, offset.y, offset.z]
        if let value = components.first(where: { isMarker($0) && (isAlwaysMarker($0) || count($0, components) > 1) }) {
            report("offset", axis.id, value, axis.offset.places.isEmpty ? [axis.place] : axis.offset.places)
        }
    }
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard case .module(_, let fast, let slow, let steps) = panel.placement else { continue }
        for (axis, step) in [(fast, steps.fast.value), (slow, steps.slow.value)] where !step.isFinite {
            report("value", axis.id, step, [axis.place])
        }
    }
    for scan in view.experiment.scans {
        for row in scan.axes where reached.contains(row.axis) && row.unknown == nil {
            if view.block == nil, view.graph[row.axis]?.motion.value == .general { continue }
            let stated = row.markers(among: markers, frames: scan.frameCount.value)
            if let value = stated.first { report("setting", row.axis, value, [row.place], count: stated.count) }
            for (item, list) in [("end", row.ownEnds?.value), ("increment", row.incrementSet?.value)]
            where stated.isEmpty {
                let odd = (list ?? []).filter { !$0.isFinite }
                if let value = odd.first { report(item, row.axis, value, [row.place], count: odd.count) }
            }
        }
    }
}

private func count(_ value: Double, _ list: [Double]) -> Int { list.count { $0 == value } }

/// Numbers that no axis of a diffractometer stands at.
private func isAlwaysMarker(_ value: Double) -> Bool { !value.isFinite || value == -9999 || abs(value) >= 1e6 }

extension ScanAxis {
    /// The settings that stand for missing ones.
    fileprivate func markers(among markers: [Double], frames: Int) -> [Double] {
        let numbers: [Double]
        switch settings {
        case .constant(let value): numbers = [value]
        case .uniform(let start, let step, let increment): numbers = [start, step, increment]
        case .explicit(let starts, _): numbers = starts
        }
        let sure = numbers.filter { !$0.isFinite || (markers.contains($0) && isAlwaysMarker($0)) }
        guard sure.isEmpty else { return sure }
        let doubtful = numbers.filter(markers.contains)
        guard let first = doubtful.first else { return [] }
        guard case .explicit(let starts, let ends) = settings else {
            // A single number is the angle; a start beside a step of 0 likewise.
            if case .uniform(_, let step, let increment) = settings {
                return [step, increment].filter(markers.contains)
            }
            return turns(from: first, ends: nil) ? doubtful : []
        }
        let others = starts.filter { !markers.contains($0) }
        guard let low = others.min(), let high = others.max() else {
            return starts.count > 1 && turns(from: first, ends: ends) ? doubtful : []
        }
        let steps = zip(others.dropFirst(), others).map { abs($0 - $1) }.sorted()
        let step = steps.isEmpty ? 1 : steps[steps.count / 2]
        return doubtful.filter { $0 < low - 2 * step - 1e-9 || $0 > high + 2 * step + 1e-9 }
    }

    /// Ends elsewhere, or increments other than 0: the axis moved.
    private func turns(from start: Double, ends: [Double]?) -> Bool {
        if let increments = incrementSet?.value, increments.contains(where: { $0 != 0 && $0 != start }) { return true }
        return (ownEnds?.value ?? ends ?? []).contains { abs($0 - start) > 1e-6 }
    }
}

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
            where they know no value, and with numbers that are not finite. In imgCIF '?' says that a value is unknown: \
            a default of the dictionary holds for what is left out, not for what is unknown. A text that is no number \
            belongs to DICT-003; the offsets of axes that carry no panel may be unknown.
            """,
        why: "A marker read as a number puts the axis thousands of degrees or millimetres from where it was.",
        fix: "Write the value, or leave the item out.",
        references: ["COMCIFS/instrument-geometry-info@994035c", "FragMAX/FragMAXapp test data (Phi -9999)"],
        reads: [.settings],
        checks: [.experiment(markers)])
}

private func markers(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let markers = verdicts.words("markers").compactMap(Double.init)
    func isMarker(_ value: Double) -> Bool { !value.isFinite || markers.contains(value) }
    func report(_ item: String, _ axis: AxisID, _ value: Double, _ places: [Place], count: Int = 1) {
        verdicts.report(
            "\(item) of axis '\(axis)' is \(Wording.number(value)), a marker for a missing value", at: places,
            values: [("axis", .text(axis.text)), ("value", .number(value))], count: count,
            subjects: verdicts.axes([axis]))
    }
    reportUnknown(view, &verdicts)
    for axis in view.experiment.axes where !axis.has(.vectorUnusable, .offsetUnusable) {
        let vector = axis.vector.value
        if let value = [vector.x, vector.y, vector.z].first(where: isMarker) {
            report("vector", axis.id, value, axis.vectorPlaces)
        }
        let offset = axis.offset.value
        if let value = [offset.x, offset.y, offset.z].first(where: isMarker) {
            report("offset", axis.id, value, axis.offset.places.isEmpty ? [axis.place] : axis.offset.places)
        }
    }
    for scan in view.experiment.scans {
        for row in scan.axes where row.unknown == nil {
            let stated = row.settings.numbers.filter(isMarker)
            if let value = stated.first { report("setting", row.axis, value, [row.place], count: stated.count) }
        }
    }
}

extension SettingSeries {
    /// Every number that is stated.
    fileprivate var numbers: [Double] {
        switch self {
        case .constant(let value): return [value]
        case .uniform(let start, let step, let increment): return [start, step, increment]
        case .explicit(let starts, _): return starts
        }
    }
}

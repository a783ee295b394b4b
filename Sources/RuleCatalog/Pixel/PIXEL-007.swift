// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel007 = Rule(
        "PIXEL-007", .C, "first pixel is not displaced by half a pixel", applies: .imgCIF,
        parameters: [
            Parameter(
                "tolerance", "Difference that passes, besides half a unit of the last digit", 0.000001, unit: "mm",
                limits: 0...0.01)
        ],
        what: """
            The displacement of each pixel axis is half its increment, with the same sign, within half a unit of the \
            last digit written. Any other value enters the model as the dictionary says: it is where the centre of the \
            first pixel stands.
            """,
        why: """
            Half of the programs that write imgCIF mean the corner of the first pixel under an item that says its \
            centre, so that the beam centre is uncertain by half a pixel.
            """,
        fix: "Write half of displacement_increment as displacement when the axis starts at the corner of the panel.",
        references: [
            "imgCIF _array_structure_list_axis.displacement",
            "COMCIFS/imgCIF_Creator@e426907",
            "dials/dials#2190",
        ],
        checks: [.experiment(halfPixels)])
}

private func halfPixels(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    var groups: [(value: Double, half: Double, axes: [SurfaceAxis])] = []
    var seen = Set<AxisID>()
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard case .surface(let axes) = panel.placement else { continue }
        for axis in [axes.fast, axes.slow] where !axis.isDecreasing && seen.insert(axis.axis).inserted {
            let half = axis.increment.value / 2
            let slack = verdicts.number("tolerance") + view.halfLastDigit(of: axis.displacement)
            guard abs(axis.displacement.value - half) > slack else { continue }
            if let known = groups.firstIndex(where: {
                abs($0.value) == abs(axis.displacement.value) && abs($0.half) == abs(half)
            }) {
                groups[known].axes.append(axis)
            } else {
                groups.append((axis.displacement.value, half, [axis]))
            }
        }
    }
    for group in groups {
        guard let first = group.axes.first else { continue }
        verdicts.report(
            "displacement of '\(first.axis)' is \(Wording.number(group.value)) mm, half a pixel is "
                + "\(Wording.number(group.half)) mm; read as the centre of the first pixel",
            at: group.axes.flatMap(\.displacement.places),
            values: [
                ("axis", .text(first.axis.text)), ("value", .quantity(group.value, unit: "mm")),
                ("half", .quantity(group.half, unit: "mm")),
            ], count: group.axes.count, subjects: verdicts.axes(group.axes.map(\.axis)))
    }
}

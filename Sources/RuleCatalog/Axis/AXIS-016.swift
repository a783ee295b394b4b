// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let axis016 = Rule(
        "AXIS-016", .C, "direction of gravity is not given", applies: .imgCIF,
        what: """
            Whether an axis of equipment gravity gives the direction in which things fall; the case of the word does \
            not matter.
            """,
        why: """
            Polarisation, pictures in the laboratory orientation and conversion to NeXus depend on the direction of \
            gravity, and (0, -1, 0) is wrong for a vertical goniometer.
            """,
        fix: "Add an axis of type general and equipment gravity with the downward direction, for example 0 -1 0.",
        references: ["imgCIF _axis.equipment gravity", "AXIS, McStas coordinate system"],
        checks: [.experiment(gravity)])
}

private func gravity(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.experiment.gravity.origin.place == nil, view.reading?.kind == .imgCIF else { return }
    let hasSource = view.experiment.axes.contains { $0.equipment.value == .source }
    let source = hasSource ? "" : "; no source axis either"
    verdicts.report(
        "no gravity axis: \(view.experiment.gravity.value.words) is assumed\(source)", at: [view.experiment.place],
        values: [("gravity", view.experiment.gravity.value.datum)], subjects: [verdicts.subject(.category, "axis")])
}

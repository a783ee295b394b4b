// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam016 = Rule(
        "BEAM-016", .C, "size or divergence of the beam is impossible", applies: .both,
        parameters: [
            Parameter("smallest", "Least size that passes", 1e-6, unit: "mm", limits: 0...1e-3),
            Parameter("largest", "Greatest size that passes", 100, unit: "mm", limits: 1...10_000),
        ],
        what: """
            The size of the beam lies between the bounds, in the units that stand beside it; divergence and spread of \
            wavelengths are not negative. Numbers that are not finite belong to NX-013.
            """,
        why: "The volume that diffracts, the dose and the width of spots are computed from it.",
        fix: "Write the size with the units that the number has, or leave the item out.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_beam_size", "NXbeam/incident_beam_divergence",
            "NXbeam/incident_wavelength_spread", "imgCIF _diffrn_radiation.beam_width, div_x_source, div_y_source",
        ],
        reads: [.flux],
        checks: [.experiment(extents)])
}

private func extents(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let (smallest, largest) = (verdicts.number("smallest"), verdicts.number("largest"))
    func report(_ item: String, _ value: Double, _ words: String, _ stated: Sourced<[Double]>) {
        verdicts.report(
            "\(item) is \(words)", at: stated.places, values: [("item", .text(item)), ("value", .number(value))],
            subjects: [verdicts.subject(.category, item)])
    }
    for (item, stated) in view.experiment.beam.sizes {
        guard let value = stated.value.first(where: { $0.isFinite && !(smallest...largest).contains($0) }) else {
            continue
        }
        report(item, value, "\(Wording.number(value)) mm", stated)
    }
    for (item, stated) in view.experiment.beam.spreads {
        guard let value = stated.value.first(where: { $0.isFinite && $0 < 0 }) else { continue }
        report(item, value, Wording.number(value), stated)
    }
}

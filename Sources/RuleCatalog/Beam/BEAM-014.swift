// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam014 = Rule(
        "BEAM-014", .C, "flux, size or divergence of the beam is impossible", applies: .both,
        what:
            "Flux, total flux and their values for each frame, size and divergence of the beam are finite and not negative.",
        why: "Dose, scale and exposure are computed from it.",
        fix: "Write the flux that was measured, or leave the item out.",
        references: ["NXmx:/NXentry/NXinstrument/NXbeam/total_flux, flux", "NXbeam"],
        reads: [.flux],
        checks: [.experiment(fluxes)])
}

private func fluxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for (item, stated) in view.experiment.beam.fluxes {
        let wrong = stated.value.filter { !($0 >= 0) || !$0.isFinite }
        guard let value = wrong.first else { continue }
        verdicts.report(
            "\(item) is \(Wording.number(value))", at: stated.places,
            values: [("item", .text(item)), ("value", .number(value))], count: wrong.count,
            subjects: [verdicts.subject(.category, item)])
    }
    let beam = view.experiment.beam
    for (item, unit, stated) in [
        ("size of the beam", "mm", beam.size),
        ("divergence of the beam", "deg", beam.divergence?.map { [$0.x, $0.y] }),
    ] {
        guard let stated, let value = stated.value.first(where: { !($0 >= 0) || !$0.isFinite }) else { continue }
        verdicts.report(
            "\(item) is \(Wording.number(value)) \(unit)", at: stated.places,
            values: [("item", .text(item)), ("value", .quantity(value, unit: unit))],
            subjects: [verdicts.subject(.category, item)])
    }
}

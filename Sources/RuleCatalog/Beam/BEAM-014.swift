// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam014 = Rule(
        "BEAM-014", .C, "flux or intensity of the beam is impossible", applies: .both,
        what: "Flux, total flux and their values for each frame are finite and not negative.",
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
}

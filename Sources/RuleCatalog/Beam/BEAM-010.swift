// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam010 = Rule(
        "BEAM-010", .C, "transmission is given in per cent", applies: .both,
        what: """
            The transmission of attenuators is a fraction, from 0 to 1. A greater number up to 100 is read as per \
            cent; exactly 1 stays open.
            """,
        why: "Flux and dose are wrong by a factor of a hundred.",
        fix: "Write the fraction, for example 0.5 for half of the beam.",
        references: ["NXattenuator/attenuator_transmission", "imgCIF _diffrn_radiation.filter_edge"],
        reads: [.transmission],
        checks: [.experiment(transmissions)])
}

private func transmissions(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for (item, stated) in view.experiment.beam.transmissions {
        guard let value = stated.value.first(where: { !($0 >= 0 && $0 <= 1 + 1e-6) }) else { continue }
        let reading =
            value > 1 && value <= 100 ? "read as \(Wording.number(value / 100))" : "which is no fraction"
        verdicts.report(
            "\(item) is \(Wording.number(value)); \(reading)", at: stated.places,
            values: [("item", .text(item)), ("value", .number(value))],
            subjects: [verdicts.subject(.category, "transmission")])
    }
}

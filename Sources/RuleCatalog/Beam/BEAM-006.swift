// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam006 = Rule(
        "BEAM-006", .C, "several wavelengths are given", applies: .both,
        what: """
            More than one wavelength for one frame: weights stand beside them and sum to 1 within 0.001, for each shot \
            where they are given by shot. One wavelength for each frame passes. All rules use the weighted mean, or \
            the first wavelength where there are no weights, as readers do.
            """,
        why: "Programs take the first wavelength, or the mean, and not all the same.",
        fix: "Give one wavelength, or a weight for each.",
        references: [
            "cif_core _diffrn_radiation_wavelength.wt",
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_wavelength_weights",
            "COMCIFS/cif_core#505",
        ],
        needs: ["BEAM-001"],
        reads: [.wavelength, .imageCount],
        checks: [.experiment(severalWavelengths)])
}

private func severalWavelengths(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard let wavelengths = beam.wavelengths, wavelengths.value.count > 1, Set(wavelengths.value).count > 1,
        let mean = beam.meanWavelength, verdicts.areSound([verdicts.subject(.category, "wavelength")])
    else { return }
    let count = wavelengths.value.count
    let isPerFrame = view.experiment.scans.contains { $0.frameCount.value == count || $0.imageCount?.value == count }
    guard beam.weights != nil || !isPerFrame || view.block != nil else { return }
    let state: String
    if let weights = beam.weights {
        let sums = beam.rowsOfWeights.map { $0.reduce(0, +) }
        let below = weights.value.first { $0 < 0 }
        guard sums.isEmpty || below != nil || sums.contains(where: { !(abs($0 - 1) <= 0.001) }) else { return }
        let wrong = sums.first { !(abs($0 - 1) <= 0.001) }
        state =
            below.map { " with a weight of \(Wording.number($0))" } ?? wrong.map {
                " with weights that sum to \(Wording.number($0))"
            } ?? " with \(weights.value.count) weights"
    } else {
        state = " without weights"
    }
    verdicts.report(
        "\(count) wavelengths are given\(state); \(Wording.number(mean)) angstrom is used", at: wavelengths.places,
        values: [("n", .integer(count)), ("value", .quantity(mean, unit: "angstrom"))],
        subjects: [verdicts.subject(.category, "weights")])
}

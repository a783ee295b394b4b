// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam006 = Rule(
        "BEAM-006", .C, "several wavelengths are given", applies: .both,
        what: """
            More than one wavelength for one frame: weights stand beside them and sum to 1 within 0.001. One \
            wavelength for each frame passes. All rules use the weighted mean.
            """,
        why: "Programs take the first wavelength, or the mean, and not all the same.",
        fix: "Give one wavelength, or a weight for each.",
        references: [
            "cif_core _diffrn_radiation_wavelength.wt",
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_wavelength_weights",
            "COMCIFS/cif_core#505",
        ],
        needs: ["BEAM-001"],
        reads: [.wavelength],
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
    let sum = beam.weights?.value.reduce(0, +) ?? 0
    guard beam.weights == nil || abs(sum - 1) > 0.001 else { return }
    let weights = beam.weights == nil ? " without weights" : " with weights that sum to \(Wording.number(sum))"
    verdicts.report(
        "\(count) wavelengths are given\(weights); \(Wording.number(mean)) angstrom is used", at: wavelengths.places,
        values: [("n", .integer(count)), ("value", .quantity(mean, unit: "angstrom"))],
        subjects: [verdicts.subject(.category, "weights")])
}

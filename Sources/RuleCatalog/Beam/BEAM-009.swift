// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam009 = Rule(
        "BEAM-009", .C, "wavelength looks like a default", applies: .both,
        what: "A wavelength of exactly 1 angstrom without an energy beside it.",
        why: "Programs write 1 when they know nothing; a true wavelength of exactly 1.0000 is rare.",
        fix: "Write the wavelength that was measured, with its digits; confirm it by an answer if it is 1 indeed.",
        references: ["COMCIFS/imgCIF:cif_img.examples"],
        needs: ["BEAM-001"],
        reads: [.wavelength, .energy],
        checks: [.experiment(defaultWavelength)])
}

private func defaultWavelength(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard let wavelengths = beam.wavelengths, wavelengths.value == [1], beam.energy == nil else { return }
    verdicts.report(
        "wavelength is exactly 1 angstrom", at: wavelengths.places, values: [("value", .quantity(1, unit: "angstrom"))],
        subjects: [verdicts.subject(.category, "default wavelength")])
}

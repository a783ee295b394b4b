// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count012 = Rule(
        "COUNT-012", .B, "threshold lies above the photon energy", applies: .both,
        what: """
            The energy threshold of the detector, the lowest where there are several, against the energy of a photon of \
            the stated wavelength. A higher threshold beside it cuts harmonics and passes; one \
            below zero does not.
            """,
        why: "Above the energy of the photons nothing is counted: the threshold, its unit or the wavelength is wrong.",
        fix: "Write the threshold in the unit stated, usually half the energy of the photons.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXdetector/threshold_energy", "PILATUS CBF header specification 1.4",
        ],
        needs: ["BEAM-001", "BEAM-002", "BEAM-003", "BEAM-004"],
        reads: [.probe, .wavelength],
        checks: [.experiment(thresholds)])
}

private func thresholds(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    switch beam.probe?.value {
    case .electron, .neutron: return
    default: break
    }
    guard let wavelength = beam.wavelengths?.value.filter({ $0 > 0 && $0.isFinite }).min(),
        verdicts.areSound(
            ["wavelength", "range of wavelength", "energy"].map { verdicts.subject(.category, $0) })
    else { return }
    let energy = 12398.42 / wavelength
    for detector in view.experiment.detectors {
        guard let lowest = detector.thresholds.min(by: { $0.value < $1.value }),
            lowest.value > energy || lowest.value < 0
        else { continue }
        let against = lowest.value < 0 ? "which is no energy" : "the photons have \(Wording.number(energy)) eV"
        verdicts.report(
            "threshold is \(Wording.number(lowest.value)) eV, \(against)",
            at: lowest.places.isEmpty ? [detector.place] : lowest.places,
            values: [
                ("threshold", .quantity(lowest.value, unit: "eV")), ("energy", .quantity(energy, unit: "eV")),
            ], subjects: [verdicts.subject(.detector, detector.id)])
    }
}

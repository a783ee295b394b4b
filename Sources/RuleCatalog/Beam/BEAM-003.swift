// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let beam003 = Rule(
        "BEAM-003", .B, "wavelength does not match energy or voltage", applies: .both,
        parameters: [
            Parameter("tolerance", "Relative difference that passes", 0.001, unit: "ratio", limits: 0.00001...0.05)
        ],
        what: """
            The wavelength against the energy that the file states, by 12.398420 / keV for X-rays, and against the \
            accelerating voltage for electrons, by the relativistic formula; and against what an NXmonochromator, another \
            NXbeam of the instrument or the sample, and detectorSpecific say of both, where five times the difference passes.
            """,
        why: "One of the two is wrong, and programs differ in which they read.",
        fix: "Correct the one that was not measured, or leave it out.",
        references: [
            "cif_core _diffrn_source.voltage",
            "NXbeam/incident_energy",
            "COMCIFS/cif_ed:docs/recommendations.md",
        ],
        needs: ["BEAM-001", "BEAM-004"],
        reads: [.wavelength, .energy, .probe],
        checks: [.experiment(wavelengthAgainstEnergy)])
}

private func wavelengthAgainstEnergy(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard let wavelength = beam.meanWavelength, let places = beam.wavelengths?.places,
        verdicts.areSound([verdicts.subject(.category, "wavelength")])
    else { return }
    func isOther(_ computed: Double, by share: Double = 1) -> Bool {
        computed.isFinite && computed > 0 && abs(wavelength / computed - 1) > share * verdicts.number("tolerance")
    }
    func compare(_ item: String, _ words: String, _ computed: Double, _ other: [Place]) {
        guard isOther(computed) else { return }
        verdicts.report(
            "wavelength is \(Wording.number(wavelength)) angstrom, \(item) = \(words) gives \(Wording.number(computed)) "
                + "angstrom",
            at: places + other,
            values: [
                ("value", .quantity(wavelength, unit: "angstrom")), ("computed", .quantity(computed, unit: "angstrom")),
            ], subjects: [verdicts.subject(.category, "energy")])
    }
    let isLight = beam.probe?.value != .electron && beam.probe?.value != .neutron
    if let energy = beam.energy, energy.value > 0, isLight {
        compare(
            view.kind == .nexus ? "incident_energy" : "energy", "\(Wording.number(energy.value)) eV",
            12398.42 / energy.value, energy.places)
    }
    for (item, again) in beam.otherEnergies where isLight && isOther(12398.42 / again.value, by: 5) {
        compare("'\(item)'", "\(Wording.number(again.value)) eV", 12398.42 / again.value, again.places)
    }
    for (item, again) in beam.otherWavelengths where (beam.wavelengths?.value.count == 1) && isOther(again.value, by: 5)
    {
        verdicts.report(
            "wavelength is \(Wording.number(wavelength)) angstrom, and \(Wording.number(again.value)) angstrom by '\(item)'",
            at: places + again.places,
            values: [
                ("value", .quantity(wavelength, unit: "angstrom")), ("other", .quantity(again.value, unit: "angstrom")),
            ], subjects: [verdicts.subject(.category, "energy")])
    }
    if let energy = beam.energy, !(energy.value > 0) || !energy.value.isFinite {
        verdicts.report(
            "\(view.kind == .nexus ? "incident_energy" : "energy") is \(Wording.number(energy.value)) eV, the wavelength is \(Wording.number(wavelength)) angstrom",
            at: places + energy.places, values: [("value", .quantity(wavelength, unit: "angstrom"))],
            subjects: [verdicts.subject(.category, "energy")])
    }
    if beam.probe?.value == .electron, let column = view.block?.column("_diffrn_source.voltage"),
        let kilovolts = column.number(0)?.value, kilovolts > 0
    {
        compare(
            column.name, "\(Wording.number(kilovolts)) kV", ElectronWave.wavelength(volts: kilovolts * 1000),
            [column.place(0)])
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam002 = Rule(
        "BEAM-002", .B, "wavelength is unusual for the radiation", applies: .both,
        parameters: [
            Parameter("xrayMin", "Shortest wavelength of X-rays", 0.1, unit: "angstrom", limits: 0.01...1),
            Parameter("xrayMax", "Longest wavelength of X-rays", 5, unit: "angstrom", limits: 1...50),
            Parameter("electronMin", "Shortest wavelength of electrons", 0.01, unit: "angstrom", limits: 0.001...0.05),
            Parameter("electronMax", "Longest wavelength of electrons", 0.09, unit: "angstrom", limits: 0.03...1),
            Parameter("neutronMin", "Shortest wavelength of neutrons", 0.3, unit: "angstrom", limits: 0.01...1),
            Parameter("neutronMax", "Longest wavelength of neutrons", 30, unit: "angstrom", limits: 5...200),
        ],
        what: """
            The wavelength against what is used with the stated radiation. Without a stated radiation it is in the \
            range of some. Ten times too large or too small is named, since that is what nanometres make.
            """,
        why: "A wavelength in the wrong unit, or of another beam, makes every spacing wrong by the same factor.",
        fix: "Write the wavelength in angstrom, or correct the radiation.",
        references: ["cif_core _diffrn_radiation_wavelength.value"],
        needs: ["BEAM-001", "BEAM-004"],
        reads: [.wavelength, .probe],
        checks: [.experiment(unusualWavelength)])
}

private func unusualWavelength(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard let wavelengths = beam.wavelengths, verdicts.areSound([verdicts.subject(.category, "wavelength")]) else {
        return
    }
    func range(_ name: String) -> ClosedRange<Double> {
        let low = verdicts.number(name + "Min")
        return low...max(low, verdicts.number(name + "Max"))
    }
    let ranges: [ClosedRange<Double>]
    let probe: String
    switch beam.probe?.value {
    case .xray: (probe, ranges) = ("x-rays", [range("xray")])
    case .electron: (probe, ranges) = ("electrons", [range("electron")])
    case .neutron: (probe, ranges) = ("neutrons", [range("neutron")])
    case .gamma: return
    // No detector of neutrons writes such headers.
    case nil where [.minicbf, .smv, .tiff].contains(view.kind):
        (probe, ranges) = ("x-rays and electrons", [range("xray"), range("electron")])
    case .other, nil: (probe, ranges) = ("any radiation", [range("xray"), range("electron"), range("neutron")])
    }
    guard let value = wavelengths.value.first(where: { value in !ranges.contains { $0.contains(value) } }) else {
        return
    }
    let other = [10.0, 0.1].first { factor in ranges.contains { $0.contains(value * factor) } }
    let fromEnergy = 12.398_42 / value
    let isEnergy =
        beam.probe?.value != .electron && beam.probe?.value != .neutron && value > 5
        && (0.3...2.5).contains(fromEnergy)
    let remark =
        isEnergy
        ? "; it looks like an energy in keV, which is \(Wording.number(fromEnergy, digits: 4)) angstrom"
        : other.map { "; \(Wording.number(value * $0)) would not be" } ?? ""
    verdicts.report(
        "wavelength \(Wording.number(value)) angstrom is unusual for \(probe)\(remark)", at: wavelengths.places,
        values: [("value", .quantity(value, unit: "angstrom")), ("probe", .text(probe))],
        subjects: [verdicts.subject(.category, "range of wavelength")])
}

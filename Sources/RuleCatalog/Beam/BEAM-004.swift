// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Transport

extension Rule {
    static let beam004 = Rule(
        "BEAM-004", .B, "radiation contradicts the wavelength", applies: .both,
        what: """
            Radiation, source and wavelength belong to one kind of particle: X-rays are stated beside a wavelength \
            that only electrons of 60 to 400 kV have and no X-ray source, electrons beside one above 0.09 angstrom, \
            neutrons, muons or other particles beside a source of X-rays, X-rays beside one of neutrons or muons.
            """,
        why: "Scattering factors, absorption and polarisation are those of the wrong particle.",
        fix: "Correct the radiation, for example _diffrn_radiation.probe electron.",
        fixInNeXus: "Correct 'probe' or 'type' of the NXsource, for example probe = x-ray.",
        references: [
            "imgCIF _diffrn_radiation.probe",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/X285_tiff_test.cif",
            "dials/dials#2515",
        ],
        needs: ["BEAM-001"],
        reads: [.wavelength, .polarisation, .probe, .places],
        checks: [.experiment(contradictingRadiation)])
}

private func contradictingRadiation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    if let probe = beam.probe, let source = beam.sourceProbe, probe.value != source.value {
        let words = view.block == nil ? "source" : source.places.lazy.compactMap(item).first ?? "the source"
        verdicts.report(
            "probe is '\(probe.value.word)', but \(words) names \(source.value.word)",
            at: probe.places + source.places, values: [("probe", .text(probe.value.word))],
            subjects: [verdicts.subject(.category, "wavelength")])
        return
    }
    guard let wavelength = beam.meanWavelength, let probe = beam.probe,
        verdicts.areSound([verdicts.subject(.category, "wavelength")])
    else { return }
    if let (probe, source) = otherSource(view) {
        return verdicts.report(
            "radiation is '\(probe)', but the source is '\(Wording.excerpt(source.value))'",
            at: (beam.probe?.places ?? []) + source.places,
            values: [("probe", .text(probe)), ("source", .text(source.value))],
            subjects: [verdicts.subject(.category, "wavelength")])
    }
    let stated: String
    let volts = ElectronWave.volts(wavelength: wavelength)
    switch probe.value {
    case .xray where (60_000...400_000).contains(volts) && !isOfXrays(view): stated = "x-ray"
    case .electron where wavelength > 0.09: stated = "electron"
    default: return
    }
    let kind =
        stated == "x-ray"
        ? "is the wavelength of \(Wording.number(volts / 1000, digits: 3)) kV electrons"
        : "would be that of \(Wording.number(volts / 1000, digits: 3)) kV electrons"
    verdicts.report(
        "radiation is '\(stated)', but \(Wording.number(wavelength)) angstrom \(kind)",
        at: probe.places + (beam.wavelengths?.places ?? []),
        values: [("probe", .text(stated)), ("value", .quantity(wavelength, unit: "angstrom"))],
        subjects: [verdicts.subject(.category, "wavelength")])
}

private func item(_ place: Place) -> String? {
    if case .text(_, let item, _) = place.spot { item } else { nil }
}

private func isOfXrays(_ view: ExperimentView) -> Bool {
    guard let type = view.experiment.identity.sourceType?.value.lowercased() else { return false }
    return ["x-ray", "xray", "synchrotron", "free-electron laser"].contains(where: type.contains)
}

/// Words of NXsource for particles that no source of X-rays makes.
private let otherParticles: Set = ["muon", "positron", "proton", "deuteron", "helium", "visible light"]

/// The stated probe and the source that makes other particles; nil when they go together.
private func otherSource(_ view: ExperimentView) -> (probe: String, source: Sourced<String>)? {
    guard let probe = view.experiment.beam.probe, case .stated = probe.origin,
        let source = view.experiment.identity.sourceType
    else { return nil }
    let isOfOthers = ["neutron", "muon"].contains { source.value.holds($0, ignoringCase: true) }
    switch probe.value {
    case .neutron where !isOfOthers && isOfXrays(view): return ("neutron", source)
    case .other(let word) where otherParticles.contains(word.lowercased()) && !isOfOthers && isOfXrays(view):
        return (word, source)
    case .xray where isOfOthers: return ("x-ray", source)
    default: return nil
    }
}

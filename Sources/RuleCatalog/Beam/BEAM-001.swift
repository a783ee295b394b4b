// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine
import Transport

extension Rule {
    static let beam001 = Rule(
        "BEAM-001", .A, "no wavelength", applies: .both,
        what: """
            A wavelength above 0 for every frame: _diffrn_radiation_wavelength.value (or .wavelength), \
            incident_wavelength of the NXbeam, Wavelength of a header; an image without any header is told here. 0, \
            '.' and '?' count as absent. An energy that stands alone is named, and so is an item whose name is nearly \
            right.
            """,
        why: "Without the wavelength no scattering angle becomes a resolution, and no program can index.",
        fix: "Write the wavelength in angstrom, for example _diffrn_radiation_wavelength.value 0.9795.",
        fixInNeXus: """
            Write /entry/instrument/beam/incident_wavelength, for example 0.9795 with the attribute units = "angstrom".
            """,
        references: [
            "cif_core _diffrn_radiation_wavelength.value",
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_wavelength",
            "cctbx/cctbx_project#1136",
        ],
        reads: [.wavelength],
        checks: [.experiment(noWavelength), .conformance])
}

private func noWavelength(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if view.isWithoutHeader {
        return verdicts.report(
            "no wavelength: the image has no header, and so no distance, beam centre, pixel size or angle",
            at: [view.experiment.place], values: [("item", .text("header")), ("value", .text("absent"))],
            subjects: [verdicts.subject(.category, "wavelength"), verdicts.subject(.category, "image header")],
            fix: "Write the images again with the header of the beamline; `describe` takes what is known as options.")
    }
    // Without an NXinstrument there is no beam to look at, which NX-033 tells.
    guard !view.experiment.absentParts.contains(where: { $0.item == "NXinstrument" }) else { return }
    let beam = view.experiment.beam
    let wavelengths = beam.wavelengths?.value ?? []
    guard wavelengths.isEmpty || wavelengths.contains(where: { !($0 > 0) || !$0.isFinite }) else { return }
    let item = view.block == nil ? "incident_wavelength" : "_diffrn_radiation_wavelength.value"
    let state =
        beam.unusableWavelength.map { found -> String in
            let text = Wording.excerpt(found.value, limit: 120)
            if text == "without a value" || view.kind == .nexus, !text.contains("'") { return text }
            guard text.contains("'") else { return "'\(text)'" }
            return text.hasPrefix("'") ? "the text \(text)" : text
        }
        ?? wavelengths.first { !($0 > 0) || !$0.isFinite }.map { $0.isInfinite ? "infinite" : Wording.number($0) }
        ?? "absent"
    let places = beam.unusableWavelength?.places ?? beam.wavelengths?.places ?? [view.experiment.place]
    let name = view.reading?.kind != .miniCBF ? item : view.kind == .smv ? "WAVELENGTH" : "Wavelength"
    verdicts.report(
        "no wavelength: \(name) is \(state)\(offer(view))", at: places,
        values: [("item", .text(item)), ("value", .text(state))], subjects: [verdicts.subject(.category, "wavelength")])
}

extension ExperimentView {
    /// The experiment is that of an image whose comment header is absent or holds no item: what it lacks is one fault.
    var isWithoutHeader: Bool {
        guard let reading, reading.kind == .miniCBF, kind == .minicbf || kind == .cbf else { return false }
        return !(reading.header?.hasItems ?? false)
    }
}

/// An energy to be taken instead, or a name that is nearly right.
private func offer(_ view: ExperimentView) -> String {
    if let energy = view.experiment.beam.energy, energy.value > 0 {
        return
            "; the energy of \(Wording.number(energy.value)) eV gives \(Wording.number(12398.42 / energy.value)) angstrom"
    }
    if let energy = view.experiment.beam.unusableWavelength.flatMap({ energy(in: $0.value) }) {
        return ", an energy; it is that of \(Wording.number(12398.42 / energy)) angstrom"
    }
    guard let block = view.block else { return "" }
    let known = ["_diffrn_radiation_wavelength.value", "_diffrn_radiation_wavelength.wavelength"]
    let names = block.categories.flatMap { $0.columns.map(\.name) }.filter { !known.contains($0.lowercased()) }
    let nearest = known.lazy.compactMap { Spelling.nearest(to: $0, among: names, within: 4) }.first
    return nearest.map { "; nearest: \($0)" } ?? ""
}

/// Electronvolts of "12658.0 in 'eV'", which a reader keeps of a wavelength that has the units of an energy.
private func energy(in text: String) -> Double? {
    let words = text.split(separator: " ")
    guard words.count == 3, let number = words.first.flatMap({ Double($0) }), number > 0, let unit = words.last else {
        return nil
    }
    switch unit {
    case "'eV'": return number
    case "'keV'": return number * 1000
    default: return nil
    }
}

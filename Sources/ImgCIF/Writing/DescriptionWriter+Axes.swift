// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

// MARK: Names, radiation, axes

extension DescriptionWriter {
    mutating func writeIdentity() {
        let identity = experiment.identity
        cif.items([
            ("_audit.block_code", .text(CIFText.code(request.blockName))),
            ("_audit.creation_method", .text(request.program)),
            ("_audit_conform.dict_name", .text("cif_img.dic")),
            ("_audit_conform.dict_version", .text("1.8.9")),
            ("_database.dataset_DOI", Self.value(request.doi ?? identity.doi?.value)),
        ])
        let sample = identity.sample?.value == "?" ? nil : identity.sample?.value
        if let sample {
            cif.blank()
            cif.items([
                ("_exptl_crystal.id", .text(CIFText.code(sample))),
                ("_exptl_crystal.description", CIFText.code(sample) == sample ? nil : .text(sample)),
            ])
        }
        cif.blank()
        cif.items([
            ("_diffrn.id", .text(diffrnID)),
            ("_diffrn.crystal_id", sample.map { .text(CIFText.code($0)) }),
            ("_diffrn.ambient_temperature", identity.temperature.map { .number($0.value) }),
        ])
        let source: [(String, CIFValue?)] = [
            ("_diffrn_source.facility", Self.value(identity.facility?.value)),
            ("_diffrn_source.beamline", Self.value(identity.beamline?.value)),
            ("_diffrn_source.make", Self.value(identity.instrument?.value)),
        ]
        if source.contains(where: { $0.1 != nil }) {
            cif.blank()
            cif.items([("_diffrn_source.diffrn_id", .text(diffrnID))] + source)
        }
    }

    private static func value(_ text: String?) -> CIFValue? {
        guard let text, !text.isEmpty, text != "?" else { return nil }
        return .text(text)
    }

    mutating func writeRadiation() {
        let beam = experiment.beam
        let probe = Self.word(probe)
        let stokes = laboratoryStokes
        let divergence = laboratoryDivergence
        cif.blank()
        cif.items([
            ("_diffrn_radiation.id", .text("1")),
            ("_diffrn_radiation.diffrn_id", .text(diffrnID)),
            ("_diffrn_radiation.type", .text(probe)),
            ("_diffrn_radiation.probe", .text(probe)),
            ("_diffrn_radiation.wavelength_id", .text("1")),
            ("_diffrn_radiation.polarizn_source_ratio", beam.polarisationRatio.map { .number($0.value) }),
            ("_diffrn_radiation.polarizn_source_norm", beam.polarisationNormal.map { .number($0.value) }),
            ("_diffrn_radiation.polarizn_Stokes_I", stokes.map { .number($0.i) }),
            ("_diffrn_radiation.polarizn_Stokes_Q", stokes.map { .number($0.q) }),
            ("_diffrn_radiation.polarizn_Stokes_U", stokes.map { .number($0.u) }),
            ("_diffrn_radiation.polarizn_Stokes_V", stokes.map { .number($0.v) }),
            ("_diffrn_radiation.div_x_source", divergence.map { .number($0.x) }),
            ("_diffrn_radiation.div_y_source", divergence.map { .number($0.y) }),
            (
                "_diffrn_radiation.div_x_y_source",
                divergence.flatMap { $0.covariance == 0 ? nil : .number($0.covariance) }
            ),
            ("_diffrn_radiation.beam_flux", Self.single(beam.totalFlux)),
            ("_diffrn_radiation.beam_flux_density", Self.single(beam.fluxDensity)),
            ("_diffrn_radiation.beam_width", width),
        ])
        let wavelengths = beam.wavelengths?.value ?? []
        let weights = beam.weights?.value
        let isWeighted = weights.map { $0.count == wavelengths.count } ?? false
        let names = ["id", "radiation_id", "value"].map { "_diffrn_radiation_wavelength." + $0 }
        // One a frame without weights is a beam that drifts: imgCIF has one wavelength, the first.
        let written = isWeighted ? wavelengths : Array(wavelengths.filter { $0 > 0 }.prefix(1))
        cif.loop(
            isWeighted ? names + ["_diffrn_radiation_wavelength.wt"] : names,
            written.enumerated().map { index, value in
                [.integer(index + 1), .text("1"), .number(value)] + (isWeighted ? [.number(weights?[index] ?? 1)] : [])
            })
    }

    private static func word(_ probe: Probe) -> String {
        switch probe {
        case .xray: "x-ray"
        case .electron: "electron"
        case .neutron: "neutron"
        case .gamma: "gamma"
        case .other(let word): word
        }
    }

    /// The one number of a list; imgCIF has one for the collection, and what varies is told in the notes.
    private static func single(_ list: Sourced<[Double]>?) -> CIFValue? {
        guard let values = list?.value, let first = values.first, first >= 0, first.isFinite,
            values.allSatisfy({ $0 == first })
        else { return nil }
        return .number(first.cleared(to: 15))
    }

    /// Micrometres, of a beam that is as wide as high.
    private var width: CIFValue? {
        guard let size = experiment.beam.size?.value, let first = size.first, first > 0, first.isFinite,
            size.allSatisfy({ $0 == first })
        else { return nil }
        return .number((first * 1000).cleared(to: 12))
    }

    /// What is stated of the strength of the beam and has no place in imgCIF.
    mutating func noteStrength() {
        let beam = experiment.beam
        for (fact, list) in [("flux", beam.totalFlux), ("flux density", beam.fluxDensity)] {
            guard let list, Self.single(list) == nil else { continue }
            notes.append("Left out: the \(fact), of which the source has \(list.value.count) values that differ.")
        }
        if let size = beam.size, width == nil {
            let words = size.value.map { DecimalText.shortest($0) }.joined(separator: " x ")
            notes.append("Left out: the size of the beam, \(words) mm; imgCIF has one width.")
        }
        if let stated = beam.transmissions.first?.value, stated.value.count > 1 {
            notes.append("Left out: the transmission, of which the source has \(stated.value.count) values.")
        }
    }

    /// About X and Y of the laboratory; that of NeXus is turned back.
    private var laboratoryDivergence: Divergence? {
        guard let divergence = experiment.beam.divergence?.value, divergence.x >= 0, divergence.y >= 0,
            divergence.x.isFinite, divergence.y.isFinite, divergence.covariance.isFinite
        else { return nil }
        guard experiment.frame == .mcStas else { return divergence }
        let turned = divergence.turned(by: FrameRotation(matrix: axes.rotation))
        return Divergence(
            x: turned.x.cleared(to: 12), y: turned.y.cleared(to: 12), covariance: turned.covariance.cleared(to: 12))
    }

    /// Stokes parameters about X and Y of the laboratory; those of NeXus are turned back.
    private var laboratoryStokes: StokesParameters? {
        guard let values = experiment.beam.stokes?.value, values.count == 4 else { return nil }
        let stokes = StokesParameters(i: values[0], q: values[1], u: values[2], v: values[3])
        guard experiment.frame == .mcStas else { return stokes }
        let turn = FrameRotation(matrix: axes.rotation.transposed).turnAboutBeam
        return turn == 0 ? stokes : stokes.turned(by: -turn)
    }

    /// What attenuators let through, as it is stated; imgCIF has no item for it.
    private var attenuation: String? {
        let lines = experiment.beam.transmissions.compactMap { item, numbers in
            numbers.value.count == 1
                ? numbers.value.first.map {
                    "\(item.split(separator: "_").joined(separator: " ")): \(DecimalText.shortest($0))"
                }
                : nil
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    mutating func writeAxes() {
        let isMounted = axes.axes.contains { $0.mount != nil }
        var names = ["id", "type", "equipment", "depends_on"].map { "_axis." + $0 }
        names += (1...3).map { "_axis.vector[\($0)]" } + (1...3).map { "_axis.offset[\($0)]" }
        if isMounted { names += ["_axis.rotation", "_axis.rotation_axis"] }
        cif.loop(
            names,
            axes.axes.map { axis in
                var row: [CIFValue] = [
                    .text(axis.id), .text(axis.motion), .text(axis.equipment), CIFValue(axis.dependsOn),
                ]
                row += [axis.vector.x, axis.vector.y, axis.vector.z].map { .number($0) }
                row += [axis.offset.x, axis.offset.y, axis.offset.z].map { .number($0) }
                if isMounted { row += [CIFValue(axis.mount?.angle), CIFValue(axis.mount?.axis)] }
                return row
            })
        guard !axes.goniometer.isEmpty else { return }
        let members = axes.goniometer.compactMap { axes.name($0) }
        cif.blank()
        cif.items([
            ("_diffrn_measurement.diffrn_id", .text(diffrnID)),
            ("_diffrn_measurement.id", .text(goniometerID)),
            ("_diffrn_measurement.device", .text("goniometer")),
            ("_diffrn_measurement.number_of_axes", .integer(members.count)),
            ("_diffrn_measurement.method", .text("rotation")),
            ("_diffrn_measurement.details", attenuation.map { .text($0) }),
        ])
        cif.loop(
            ["measurement_device", "measurement_id", "axis_id"].map { "_diffrn_measurement_axis." + $0 },
            members.map { [.text("goniometer"), .text(goniometerID), .text($0)] })
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads DIFFRN_RADIATION, DIFFRN_RADIATION_WAVELENGTH and the directions of beam and gravity.
struct BeamReader {
    let block: SourcedBlock
    let collection: String?

    func beam(axes: [Axis]) -> Beam {
        var beam = Beam(direction: Self.direction(axes: axes))
        let radiation = Table("diffrn_radiation", in: block)
        let rows = radiation.rows(of: collection)
        readWavelengths(radiation, rows, into: &beam)
        let stated = radiation.firstText("probe", rows: rows)?.map(Probe.init(word:))
        beam.sourceProbe = sourceProbe(radiation, rows, beside: stated)
        beam.probe = stated ?? beam.sourceProbe
        beam.polarisationRatio = radiation.firstNumber("polarizn_source_ratio", rows: rows)
        beam.polarisationNormal = radiation.firstNumber("polarizn_source_norm", rows: rows)
        beam.stokes = stokes(radiation, rows)
        readStrength(radiation, rows, into: &beam)
        return beam
    }

    /// Flux, divergence and width.
    private func readStrength(_ radiation: Table, _ rows: [Int], into beam: inout Beam) {
        func number(_ item: String) -> Sourced<[Double]>? { radiation.firstNumber(item, rows: rows)?.map { [$0] } }
        func number(_ item: String, in list: inout [(item: String, value: Sourced<[Double]>)]) -> Sourced<[Double]>? {
            let found = number(item)
            if let found { list.append(("_diffrn_radiation." + item, found)) }
            return found
        }
        let (whole, incident) = (number("beam_flux", in: &beam.fluxes), number("beam_incident_flux", in: &beam.fluxes))
        beam.totalFlux = whole ?? incident
        beam.fluxDensity = number("beam_flux_density", in: &beam.fluxes)
        let (x, y) = (number("div_x_source", in: &beam.spreads), number("div_y_source", in: &beam.spreads))
        if let x, let y {
            let covariance = number("div_x_y_source")?.value[0] ?? 0
            beam.divergence = x.map { Divergence(x: $0[0], y: y.value[0], covariance: covariance) }
        }
        if let width = number("beam_width")?.map({ $0.map { $0 / 1000 } }) {
            beam.sizes.append(("_diffrn_radiation.beam_width", width))
        }
    }

    /// The first source axis, reversed; (0, 0, -1) without one.
    static func direction(axes: [Axis]) -> Sourced<Vector3> {
        guard let source = axes.first(where: { $0.equipment.value == .source && $0.system == nil }),
            let unit = source.vector.value.normalised
        else {
            return Sourced(
                Vector3(0, 0, -1), .assumed("the beam runs along -Z, because no axis of equipment source gives it"))
        }
        return Sourced(-unit, .stated(source.place))
    }

    /// The first gravity axis; (0, -1, 0) without one.
    static func gravity(axes: [Axis]) -> Sourced<Vector3> {
        guard let gravity = axes.first(where: { $0.equipment.value == .gravity && $0.system == nil }),
            let unit = gravity.vector.value.normalised
        else {
            return Sourced(
                Vector3(0, -1, 0), .assumed("gravity is along -Y, because no axis of equipment gravity gives it"))
        }
        return Sourced(unit, .stated(gravity.place))
    }

    private func readWavelengths(_ radiation: Table, _ rows: [Int], into beam: inout Beam) {
        let table = Table("diffrn_radiation_wavelength", in: block)
        guard let column = table.column("value") ?? table.column("wavelength") else { return }
        var wanted = Array(0..<column.count)
        if collection != nil {
            let ids = Set(rows.compactMap { radiation.text("wavelength_id", $0) })
            let linked = wanted.filter { table.text("id", $0).map(ids.contains) ?? false }
            if !linked.isEmpty { wanted = linked }
        }
        var values: [Double] = []
        var weights: [Double] = []
        var first: Int?
        for row in wanted {
            guard let value = column.number(row)?.value, value.isFinite else {
                beam.unusableWavelength = beam.unusableWavelength ?? unusable(column, row)
                continue
            }
            if value <= 0 { beam.unusableWavelength = beam.unusableWavelength ?? unusable(column, row) }
            first = first ?? row
            values.append(value)
            if let weight = table.number("wt", row) { weights.append(weight.value) }
        }
        guard let first else { return }
        let origin = Origin.stated(column.place(first, in: block.source))
        beam.wavelengths = Sourced(values, origin)
        if weights.count == values.count { beam.weights = Sourced(weights, .stated(table.place("wt", first))) }
    }

    private func unusable(_ column: CIF.Column, _ row: Int) -> Sourced<String> {
        Sourced(column.raw(row), .stated(column.place(row, in: block.source)))
    }

    /// What the words for radiation and source name; those that contradict the stated probe, where some do.
    private func sourceProbe(_ radiation: Table, _ rows: [Int], beside stated: Sourced<Probe>?) -> Sourced<Probe>? {
        let wavelength = Table("diffrn_radiation_wavelength", in: block)
        let type =
            radiation.firstText("type", rows: rows) ?? wavelength.firstText("type", rows: Array(wavelength.rows))
        let source = Table("diffrn_source", in: block)
        let words =
            [type] + ["type", "device", "source", "description"].map { source.firstText($0, rows: Array(source.rows)) }
        let told = words.compactMap { words in
            words.flatMap { words in Self.probe(inWords: words.value).map { Sourced($0, words.origin) } }
        }
        // The first that contradicts the stated probe, for that is told.
        return told.first { stated != nil && $0.value != stated?.value } ?? told.first
    }

    /// The kind of particle that a description such as "Synchrotron X-ray Source" names.
    private static func probe(inWords text: String) -> Probe? {
        let lower = text.lowercased()
        func says(_ word: String) -> Bool { lower.contains(word) }
        if ["neutron", "spallation", "reactor"].contains(where: says) { return .neutron }
        let rays = [
            "x-ray", "xray", "synchrotron", "k\\a", "k-l", "sealed tube", "sealed x", "rotating anode",
            "rotating-anode",
            "microfocus", "undulator", "wiggler", "bending magnet", "free-electron laser", "free electron laser",
            "xfel",
        ]
        if rays.contains(where: says) { return .xray }
        if says("electron"), !says("ring") { return .electron }
        if says("gamma") { return .gamma }
        return nil
    }

    private func stokes(_ radiation: Table, _ rows: [Int]) -> Sourced<[Double]>? {
        let frame = Table("diffrn_scan_frame", in: block)
        if let first = frame.rows.first, let stated = Self.stokes(frame, [first]) { return stated }
        return Self.stokes(radiation, rows)
    }

    private static func stokes(_ table: Table, _ rows: [Int]) -> Sourced<[Double]>? {
        let parts = ["I", "Q", "U", "V"].map { table.firstNumber("polarizn_Stokes_\($0)", rows: rows) }
        guard let first = parts.lazy.compactMap({ $0 }).first else { return nil }
        let defaults: [Double] = [1, 0, 0, 0]
        return Sourced(zip(parts, defaults).map { $0?.value ?? $1 }, first.origin)
    }
}

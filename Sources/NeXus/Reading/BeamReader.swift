// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads NXbeam, and NXsource for the probe.
///
/// - Source: NXmx, NXbeam, NXsource of the NeXus definitions; geometry.md section 2.
struct BeamReader {
    let tree: NeXusTree
    let axes: AxisTable

    /// - Parameters:
    ///   - places: Groups that may hold an NXbeam, the preferred first.
    ///   - source: The NXsource, if there is one.
    func beam(in places: [Node], source: Node?, fields: inout FieldReader) -> Beam {
        let candidates = places.flatMap { tree.groups("NXbeam", in: $0, customaryName: "beam") }
        var beam = Beam(direction: direction(of: candidates))
        for candidate in candidates where beam.wavelengths == nil { wavelengths(of: candidate, to: &beam, &fields) }
        for candidate in candidates {
            beam.energy = beam.energy ?? fields.single("incident_energy", in: candidate, as: .energy)
            for name in ["incident_polarization_stokes", "incident_polarisation_stokes"] where beam.stokes == nil {
                beam.stokes = stokes(name, in: candidate, &fields)
            }
        }
        for candidate in candidates {
            for item in ["total_flux", "flux", "total_flux_integrated", "flux_integrated"] {
                if let numbers = fields.numbers(item, in: candidate) { beam.fluxes.append((item, numbers)) }
            }
        }
        readStrength(of: candidates, to: &beam, &fields)
        for candidate in candidates {
            for item in ["incident_beam_size", "extent"] {
                if let lengths = fields.quantity(item, in: candidate, as: .length, rank: 2) {
                    beam.sizes.append((item, lengths))
                }
            }
            // One row a frame, or a single one.
            for item in ["incident_beam_divergence", "incident_wavelength_spread"] {
                if let numbers = fields.numbers(item, in: candidate, rank: 2) { beam.spreads.append((item, numbers)) }
            }
        }
        for attenuator in places.flatMap({ tree.groups("NXattenuator", in: $0) }) {
            let item = "attenuator_transmission"
            if let numbers = fields.numbers(item, in: attenuator) { beam.transmissions.append((item, numbers)) }
        }
        // What stands in the NXbeam and cannot be used is what readers meet, whatever a monochromator says.
        if beam.wavelengths == nil, beam.unusableWavelength == nil { monochromator(in: places, to: &beam, &fields) }
        if let source { beam.probe = probe(of: source, &fields) }
        if beam.wavelengths != nil { readAgain(candidates, in: places, to: &beam) }
        return beam
    }

    /// Flux and divergence in the units of the model, each from the first group that has it in units of its kind.
    private func readStrength(of groups: [Node], to beam: inout Beam, _ fields: inout FieldReader) {
        func read(_ name: String, as quantity: Quantity) -> (numbers: Sourced<[Double]>, factor: Double)? {
            for group in groups {
                guard let numbers = fields.numbers(name, in: group, rank: 2),
                    let (node, _) = fields.field(name, in: group), let units = fields.units(of: node),
                    let convert = quantity.conversion(from: units)
                else { continue }
                return (numbers.map { $0.map { convert($0) } }, convert.factor)
            }
            return nil
        }
        beam.totalFlux = read("total_flux", as: .rate)?.numbers
        beam.fluxDensity = read("flux", as: .fluxDensity)?.numbers
        guard let (numbers, factor) = read("incident_beam_divergence", as: .angle), numbers.value.count >= 2 else {
            return
        }
        // The covariance of the third column is in the square of the unit.
        let covariance = numbers.value.count % 3 == 0 ? numbers.value[2] * factor : 0
        beam.divergence = numbers.map { Divergence(x: $0[0], y: $0[1], covariance: covariance) }
    }

    /// Wavelength and energy in other places than that which was taken; what cannot be used there is no matter here.
    private func readAgain(_ candidates: [Node], in places: [Node], to beam: inout Beam) {
        var fields = FieldReader(tree)
        func add(_ name: String, in group: Node, isEnergy: Bool) {
            let quantity: Quantity = isEnergy ? .energy : .wavelength
            guard let all = fields.quantity(name, in: group, as: quantity), let first = all.value.first,
                all.value.count == 1, first > 0, first.isFinite, all.origin != beam.wavelengths?.origin
            else { return }
            let one = (item: "\(group.path)/\(name)", value: Sourced(first, all.origin))
            if isEnergy { beam.otherEnergies.append(one) } else { beam.otherWavelengths.append(one) }
        }
        // That readers take one of several in the instrument and leave the others is told by itself.
        for group in candidates.filter({ !stands($0, in: places.first) }) {
            add("incident_wavelength", in: group, isEnergy: false)
        }
        for group in places.flatMap({ tree.groups("NXmonochromator", in: $0) }) {
            add("wavelength", in: group, isEnergy: false)
            add("energy", in: group, isEnergy: true)
        }
        for detector in places.flatMap({ tree.groups("NXdetector", in: $0) }) {
            guard let specific = tree.child("detectorSpecific", of: detector) else { continue }
            add("wavelength", in: specific, isEnergy: false)
            add("photon_energy", in: specific, isEnergy: true)
        }
    }

    private func stands(_ group: Node, in holder: Node?) -> Bool { parentPath(group.path) == holder?.path }

    private func wavelengths(of group: Node, to beam: inout Beam, _ fields: inout FieldReader) {
        let name = "incident_wavelength"
        guard let (node, dataset) = fields.field(name, in: group) else { return }
        if let reason = dataset.value.unseen(of: dataset.shape ?? [], dataset.type) {
            return fields.leave(name, at: node.path, reason)
        }
        if dataset.shape?.contains(0) ?? true {
            let origin = Origin.stated(.object(path: node.path, attribute: nil))
            if beam.unusableWavelength == nil { beam.unusableWavelength = Sourced("without a value", origin) }
            return
        }
        beam.wavelengths = fields.quantity(name, in: group, as: .wavelength, rank: 2)
        guard beam.wavelengths != nil else {
            let origin = Origin.stated(.object(path: node.path, attribute: nil))
            if beam.unusableWavelength == nil {
                beam.unusableWavelength = Sourced(shown(dataset, units: fields.units(of: node)), origin)
            }
            return
        }
        beam.weights = weights(of: group, &fields)
        for name in Self.weightNames {
            guard let shape = fields.field(name, in: group)?.dataset.shape, shape.count == 2, let rows = shape.first,
                rows > 0
            else { continue }
            beam.weightRows = rows
            break
        }
        guard beam.weights == nil, let variant = tree.attribute("variant", of: node)?.value.firstString,
            let several = fields.quantity(trimmed(variant), in: group, as: .wavelength, rank: 2),
            let weights = fields.numbers(trimmed(variant) + "_weights", in: group, rank: 2)
        else { return }
        beam.wavelengths = several
        beam.weights = weights
    }

    private static let weightNames = ["incident_wavelength_weights", "incident_wavelength_weight"]

    private func weights(of group: Node, _ fields: inout FieldReader) -> Sourced<[Double]>? {
        for name in Self.weightNames {
            if let weights = fields.numbers(name, in: group, rank: 2) { return weights }
        }
        return nil
    }

    /// What stands in a wavelength that cannot be used, with what is wrong.
    private func shown(_ dataset: Dataset, units: String?) -> String {
        if let text = dataset.value.firstString { return "'\(text)'" }
        guard let number = dataset.value.firstDouble else { return dataset.type.words }
        return units.map { "\(number) in '\($0)'" } ?? "\(number) without units"
    }

    private func monochromator(in places: [Node], to beam: inout Beam, _ fields: inout FieldReader) {
        for group in places.flatMap({ tree.groups("NXmonochromator", in: $0) }) {
            guard let wavelength = fields.quantity("wavelength", in: group, as: .wavelength) else { continue }
            beam.wavelengths = wavelength
            return
        }
    }

    /// Stokes parameters that a beam can have, to the precision of a 32-bit float.
    private static func isBeam(_ row: [Double]) -> Bool {
        guard let stokes = StokesParameters(row), row.allSatisfy(\.isFinite), stokes.i >= 0 else { return false }
        return stokes.isWithinIntensity
    }

    /// Of a list with one row for each frame or wavelength the first that no beam has, else the first.
    private func stokes(_ name: String, in group: Node, _ fields: inout FieldReader) -> Sourced<[Double]>? {
        guard let (_, dataset) = fields.field(name, in: group), dataset.shape?.last == 4,
            let numbers = fields.numbers(name, in: group, rank: 2), numbers.value.count >= 4
        else { return nil }
        return numbers.map { all in
            let rows = stride(from: 0, to: all.count / 4 * 4, by: 4).map { Array(all[$0..<($0 + 4)]) }
            return rows.first { !Self.isBeam($0) } ?? rows.first { $0[0] > 0 } ?? Array(all.prefix(4))
        }
    }

    /// The direction that an NXtransformations of the beam gives, else +Z of McStas.
    private func direction(of groups: [Node]) -> Sourced<Vector3> {
        for transformations in groups.flatMap({ tree.groups("NXtransformations", in: $0) }) {
            for child in tree.members(of: transformations) {
                guard let found = axes[child.node], found.axis.motion.value == .general,
                    let direction = found.axis.vector.value.normalised
                else { continue }
                return found.axis.vector.map { _ in direction }
            }
        }
        return Sourced(.unitZ, .defaulted(item: "NXbeam: along +Z of McStas"))
    }

    /// As stated, else by the words of the type, such as 'Synchrotron X-ray Source'.
    private func probe(of source: Node, _ fields: inout FieldReader) -> Sourced<Probe>? {
        if let word = fields.text("probe", in: source) { return word.map(Probe.init(word:)) }
        guard let type = fields.text("type", in: source) else { return nil }
        let words = type.value.lowercased()
        let known: [(String, Probe)] = [("x-ray", .xray), ("neutron", .neutron), ("electron", .electron)]
        return known.first { words.contains($0.0) && !words.contains("free") }.map {
            Sourced($0.1, .derived("the type of the source"))
        }
    }
}

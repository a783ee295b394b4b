// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

extension MasterTree {
    static func instrument(
        _ master: MasterToWrite, _ axes: WrittenAxes, _ modules: WrittenModules, _ meeting: BeamCentre?
    ) -> GroupToWrite {
        var instrument = GroupToWrite("NXinstrument")
        instrument.put("name", .text(master.experiment.identity.instrument?.value ?? "?"))
        instrument.put("time_zone", master.times.zone.map { .text($0) })
        instrument["beam"] = .group(beam(master))
        if let transmission = master.transmission {
            var attenuator = GroupToWrite("NXattenuator")
            attenuator.put("attenuator_transmission", .number(transmission))
            instrument["attenuator"] = .group(attenuator)
        }
        if let words = master.facts.monochromator {
            var monochromator = GroupToWrite("NXmonochromator")
            monochromator.put("description", .text(words))
            instrument["monochromator"] = .group(monochromator)
        }
        if !axes.directions.members.isEmpty { instrument["transformations"] = .group(axes.directions) }
        var group = GroupToWrite("NXdetector_group")
        group.put("group_names", .texts(["detector"]))
        group.put("group_index", .integers([1]))
        group.put("group_parent", .integers([-1]))
        instrument["detector_group"] = .group(group)
        instrument["detector"] = .group(detector(master, axes, modules, meeting))
        return instrument
    }

    // MARK: Beam

    private static func beam(_ master: MasterToWrite) -> GroupToWrite {
        var group = GroupToWrite("NXbeam")
        let beam = master.experiment.beam
        let frames = master.shape.frames
        if let wavelengths = beam.wavelengths?.value, let first = wavelengths.first {
            let isConstant = wavelengths.allSatisfy { $0 == first } && beam.weights == nil
            group.put(
                "incident_wavelength", isConstant ? .number(first) : .vector(wavelengths), units: "angstrom")
            if let weights = beam.weights?.value, wavelengths.count > 1 {
                group.put("incident_wavelength_weights", .vector(weights))
            } else if !isConstant, wavelengths.count == 1 {
                group.put("incident_wavelength", .number(first), units: "angstrom")
            }
        }
        if let stokes = stokes(master) {
            let row = [stokes.i, stokes.q, stokes.u, stokes.v].map { $0.magnitude < 1e-15 ? 0 : $0 }
            group.put(
                "incident_polarization_stokes",
                .numbers((0..<frames).flatMap { _ in row }, shape: [frames, 4]))
        }
        if let given = master.facts.divergence {
            let turned = given.turned(by: master.rotation)
            let covariance = turned.covariance.magnitude < 1e-15 ? 0 : turned.covariance
            let row = [turned.x, turned.y, covariance]
            group["incident_beam_divergence"] = .field(
                FieldToWrite(.numbers((0..<frames).flatMap { _ in row }, shape: [frames, 3]), units: "deg"))
        }
        if let flux = master.facts.totalFlux {
            group.put("total_flux", master.fluxes.map { .vector($0) } ?? .number(flux), units: "Hz")
            group.attributes.append(AttributeToWrite("flux", .text("total_flux")))
        }
        group.put("flux", master.facts.fluxDensity.map { .number($0) }, units: "1/s/cm^2")
        return group
    }

    /// Polarisation in directions of McStas; nil where nothing states it.
    private static func stokes(_ master: MasterToWrite) -> StokesParameters? {
        let beam = master.experiment.beam
        if let stated = beam.stokes.flatMap({ StokesParameters($0.value) }) {
            return stated.turned(by: master.rotation.turnAboutBeam)
        }
        guard let ratio = beam.polarisationRatio?.value else { return nil }
        return StokesParameters(
            ratio: ratio, normal: beam.polarisationNormal?.value ?? 0, rotation: master.rotation)
    }

    // MARK: Detector

    private static func detector(
        _ master: MasterToWrite, _ axes: WrittenAxes, _ modules: WrittenModules, _ meeting: BeamCentre?
    ) -> GroupToWrite {
        var group = GroupToWrite("NXdetector")
        guard let detector = master.detector else { return group }
        let facts = master.facts
        group.put("description", detector.description.map { .text($0.value) })
        group.put("local_name", facts.detectorName.map { .text($0) })
        group.put("serial_number", facts.serialNumber.map { .text($0) })
        group.put("type", facts.detectorType.map { .text($0) })
        group.put("gain_setting", facts.gainSetting.map { .text($0) })
        let carrier = master.detector?.panels.first.flatMap {
            try? master.experiment.axisGraph.carrier(of: $0).get()
        }
        group.put("depends_on", .text(carrier.flatMap { $0 }.flatMap { axes.paths[$0] } ?? "."))
        group.put("sensor_material", .text(sensor(detector.sensorMaterial?.value) ?? "?"))
        group.put("sensor_thickness", detector.sensorThickness.map { .number($0.value) }, units: "mm")
        putCounting(master, detector, &group)
        if let steps = modules.steps {
            group.put("x_pixel_size", .number(metres(steps.fast)), units: "m")
            group.put("y_pixel_size", .number(metres(steps.slow)), units: "m")
        }
        if let meeting {
            group.put("beam_center_x", .number(meeting.pixels.fast), units: "pixel")
            group.put("beam_center_y", .number(meeting.pixels.slow), units: "pixel")
            group.put("beam_center_derived", .flag(true))
            group.put("distance", .number(meeting.distance.magnitude), units: "mm")
            group.put("distance_derived", .flag(true))
        }
        if let mask = master.mask {
            var field = FieldToWrite(.unsigned32(mask, shape: master.shape.frame))
            // Chunks of 1 MiB, so that no copy of a large mask is made in memory.
            let rows = min(master.shape.slow, max(1, (1 << 18) / max(1, master.shape.fast)))
            field.layout = .deflated(chunk: (master.shape.planes == 1 ? [] : [1]) + [rows, master.shape.fast])
            group["pixel_mask"] = .field(field)
        }
        if !axes.detector.members.isEmpty { group["transformations"] = .group(axes.detector) }
        for (name, module) in modules.groups { group[name] = .group(module) }
        group["detectorSpecific"] = .group(special(master))
        if let axis = axes.distanceAxis { group["detector_z"] = .softLink(to: axis) }
        putLinks(master, &group)
        return group
    }

    /// Times and limits of counting.
    private static func putCounting(_ master: MasterToWrite, _ detector: Detector, _ group: inout GroupToWrite) {
        let scan = master.scan
        if let times = scan?.exposure?.value, let first = times.first {
            group.put("count_time", times.count == 1 ? .number(first) : .vector(times), units: "s")
        }
        group.put("frame_time", scan?.period.flatMap { median($0.value) }.map { .number($0) }, units: "s")
        group.put("dead_time", master.facts.deadTime.map { .number($0) }, units: "s")
        group.put("threshold_energy", detector.thresholds.first.map { .number($0.value) }, units: "eV")
        group.put("saturation_value", detector.saturation.map { count($0.value) })
        let lowest = detector.underload?.value ?? detector.undefinedValue.map { $0.value + 1 } ?? 0
        group.put("underload_value", count(lowest))
        group.put("bit_depth_readout", master.bitDepth.map { .integer($0) })
        if let starts = master.times.frameStarts {
            var field = FieldToWrite(.vector(starts), units: "s")
            if let start = master.times.start { field.attributes.append(AttributeToWrite("start", .text(start))) }
            group["start_time"] = .field(field)
        }
    }

    /// What readers of one facility look for beside the definition.
    private static func special(_ master: MasterToWrite) -> GroupToWrite {
        var special = GroupToWrite("NXcollection")
        special.put("nimages", .integer(master.shape.frames))
        special.put("ntrigger", .integer(1))
        special.put("x_pixels_in_detector", .integer(master.shape.fast))
        special.put("y_pixels_in_detector", .integer(master.shape.slow))
        if let mask = master.mask {
            special.put("pixel_mask", .unsigned8(mask, shape: master.shape.frame))
        }
        return special
    }

    /// The images under the names that readers look for.
    private static func putLinks(_ master: MasterToWrite, _ group: inout GroupToWrite) {
        group["data"] = .hardLink(to: master.dataPath)
        if master.blocks.isEmpty {
            group[blockName(0)] = .hardLink(to: master.dataPath)
        } else {
            for (number, block) in master.blocks.enumerated() {
                group[blockName(number)] = .externalLink(file: block.file, path: block.path)
            }
        }
    }

    /// The word that readers know for the material of a sensor; nil where none is stated.
    private static func sensor(_ words: String?) -> String? {
        switch words?.lowercased() {
        case nil, "?", "unknown", "": nil
        case "si", "silicon": "Si"
        case "cdte", "cadmium telluride": "CdTe"
        case "gaas", "gallium arsenide": "GaAs"
        default: words
        }
    }

    private static func count(_ value: Double) -> ValueToWrite {
        Int(exactly: value).map { .integer($0) } ?? .number(value)
    }

    /// Millimetres in metres, without the noise of the division.
    private static func metres(_ millimetres: Double) -> Double {
        let scaled = (millimetres * 1e9).rounded()
        return abs(scaled / 1e9 - millimetres) <= 1e-12 * abs(millimetres) ? scaled / 1e12 : millimetres / 1000
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.filter(\.isFinite).sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads an NXdetector and its modules.
///
/// - Source: NXmx, NXdetector, NXdetector_module of the NeXus definitions; geometry.md sections 6 to 9.
struct DetectorReader {
    let tree: NeXusTree
    let axes: AxisTable
    /// Shape of the stored images, slowest first, when known.
    let imageShape: [Int]?

    func detector(at group: Node, fields: inout FieldReader) -> Detector {
        var detector = Detector(id: group.path, place: .object(path: group.path, attribute: nil))
        detector.description = fields.text("description", in: group)
        detector.sensorThickness = fields.single("sensor_thickness", in: group, as: .length)
        detector.sensorMaterial = fields.text("sensor_material", in: group)
        if let (_, dataset) = fields.field("sensor_material", in: group), detector.sensorMaterial != nil,
            let text = textAsWritten(dataset.value, dataset.type)
        {
            detector.sensorMaterial?.value = text
        }
        // Since v2024.02 the limits may stand in the channels.
        for holder in [group] + tree.groups("NXdetector_channel", in: group) {
            detector.saturation = detector.saturation ?? fields.number("saturation_value", in: holder)
            detector.underload = detector.underload ?? fields.number("underload_value", in: holder)
        }
        for holder in [group] + tree.groups("NXdetector_channel", in: group) {
            if let threshold = fields.single("threshold_energy", in: holder, as: .energy) {
                detector.thresholds.append(threshold)
            }
        }
        detector.bitDepth = firstInteger("bit_depth_readout", in: group, &fields)
        detector.scalingFactor = fields.number("data_scaling_factor", in: group)
        for name in ["distance", "detector_distance"] {
            guard let distance = fields.single(name, in: group, as: .length) else { continue }
            detector.statedDistances.append((name, distance))
        }
        if let centre = beamCentre(of: group, &fields) { detector.statedBeamCentres = [centre] }
        readAgain(group, to: &detector)

        let carrier = axes.dependency(of: group)
        let modules = tree.groups("NXdetector_module", in: group, customaryName: "module")
        let pixelSize = FastSlow(
            fast: fields.single("x_pixel_size", in: group, as: .length),
            slow: fields.single("y_pixel_size", in: group, as: .length))
        let reader = ModuleReader(
            tree: tree, axes: axes, detectorBase: carrier?.value, isOnlyModule: modules.count == 1,
            image: imageSize(of: group, &fields), pixelSize: pixelSize)
        detector.panels = modules.map { reader.panel(at: $0, fields: &fields) }
        detector.axes = chains(from: carrier?.value, modules: modules)
        return detector
    }

    /// Distance and beam centre that the writer keeps apart, where they say something else.
    private func readAgain(_ group: Node, to detector: inout Detector) {
        guard let specific = tree.child("detectorSpecific", of: group) else { return }
        var fields = FieldReader(tree)
        detector.announcedSize = announcedSize(in: specific, &fields)
        // By this field dxtbx knows a file of DECTRIS, of which it takes the depth of the image.
        if tree.child("eiger_fw_version", of: specific) != nil {
            detector.imageDepth = firstInteger("bit_depth_image", in: group, &fields)
        }
        if let distance = fields.single("detector_distance", in: specific, as: .length), distance.value > 0,
            !detector.statedDistances.contains(where: { abs($0.value.value - distance.value) < 1e-6 })
        {
            detector.statedDistances.append(("detectorSpecific/detector_distance", distance))
        }
        if var centre = beamCentre(of: specific, &fields), centre.value.fast > 0, centre.value.slow > 0,
            !detector.statedBeamCentres.contains(where: { $0.value == centre.value })
        {
            centre.item = "detectorSpecific/beam_center_x"
            detector.statedBeamCentres.append(centre)
        }
    }

    /// Axes that move the detector, inner ones first; pixel directions are left out.
    private func chains(from carrier: AxisID?, modules: [Node]) -> [AxisID] {
        var found: [AxisID] = []
        func add(_ id: AxisID?) {
            for id in axes.chain(from: id) where !found.contains(id) { found.append(id) }
        }
        var directions: Set<AxisID> = []
        for module in modules {
            for name in ["fast_pixel_direction", "slow_pixel_direction"] {
                guard let axis = axes[tree.child(name, of: module)]?.axis else { continue }
                directions.insert(axis.id)
                add(axis.dependsOn.value)
            }
            add(axes[tree.child("module_offset", of: module)]?.axis.id)
            add(axes.dependency(of: module)?.value)
        }
        add(carrier)
        return found.filter { !directions.contains($0) }
    }

    private func firstInteger(_ name: String, in group: Node, _ fields: inout FieldReader) -> Sourced<Int>? {
        guard let numbers = fields.integers(name, in: group), let first = numbers.value.first else { return nil }
        return Sourced(first, numbers.origin)
    }

    /// Lengths come in millimetres; pixels and units that are neither come as they stand.
    private func beamCentre(of group: Node, _ fields: inout FieldReader) -> StatedBeamCentre? {
        guard let x = fields.number("beam_center_x", in: group), let y = fields.number("beam_center_y", in: group),
            let place = x.origin.place, let node = tree.child("beam_center_x", of: group)
        else { return nil }
        let units = fields.units(of: node)
        let length = units.flatMap { Quantity.length.conversion(from: $0) }
        let pixels = ["pixel", "pixels", "px"]
        let unit = length != nil ? "mm" : units.map { pixels.contains($0.lowercased()) ? "px" : $0 }
        return StatedBeamCentre(
            value: FastSlow(fast: length?(x.value) ?? x.value, slow: length?(y.value) ?? y.value), unit: unit,
            item: "beam_center_x", isAtZeroSwing: false, place: place)
    }

    /// Pixels of a stored frame: by the shape of the data, else by the numbers of DECTRIS.
    func imageSize(of group: Node, _ fields: inout FieldReader) -> FastSlow<Int>? {
        let own = SignalReader(tree: tree).images(in: group)?.data.value.shape
        if let shape = own ?? imageShape, shape.count >= 2 {
            return FastSlow(fast: shape[shape.count - 1], slow: shape[shape.count - 2])
        }
        return tree.child("detectorSpecific", of: group).flatMap { announcedSize(in: $0, &fields)?.value }
    }

    private func announcedSize(in specific: Node, _ fields: inout FieldReader) -> Sourced<FastSlow<Int>>? {
        guard let fast = firstInteger("x_pixels_in_detector", in: specific, &fields), fast.value > 0,
            let slow = firstInteger("y_pixels_in_detector", in: specific, &fields), slow.value > 0
        else { return nil }
        return fast.map { FastSlow(fast: $0, slow: slow.value) }
    }
}

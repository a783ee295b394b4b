// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Reads the master file of a DECTRIS detector that follows no definition: no axes, so the image frame as for headers.
///
/// - Source: master files of the DECTRIS FileWriter, names as in `dectris/documentation:filewriter/README.md`.
struct DectrisMaster {
    let tree: NeXusTree
    let entry: Node
    private let instrument: Node
    private let detector: Node

    /// nil when the entry has not the numbers that DECTRIS writes of a detector.
    init?(tree: NeXusTree, entry: Node) {
        guard let instrument = tree.groups("NXinstrument", in: entry, customaryName: "instrument").first,
            let detector = tree.groups("NXdetector", in: instrument, customaryName: "detector").first
        else { return nil }
        let marks = ["detector_number", "detector_distance", "beam_center_x", "x_pixel_size", "sensor_thickness"]
        guard marks.allSatisfy({ tree.hasLink($0, in: detector) }) else { return nil }
        self.tree = tree
        self.entry = entry
        self.instrument = instrument
        self.detector = detector
    }

    /// - Parameter signals: Gains the datasets of the image data.
    func experiment(faults: inout [ReadingFault], signals: inout [(entry: String, blocks: [Node])]) -> Experiment {
        var fields = FieldReader(tree)
        let none = AxisTable(of: entry, in: tree)
        let signal = SignalReader(tree: tree).images(of: entry, detectors: [detector])
        let images = signal?.data
        if let signal { signals.append((entry.path, signal.blocks)) }
        let reader = DetectorReader(tree: tree, axes: none, imageShape: images?.value.shape)
        var found = reader.detector(at: detector, fields: &fields)
        found.panels = [panel(of: found, size: reader.imageSize(of: detector, &fields), &fields)]
        var beam = BeamReader(tree: tree, axes: none).beam(in: [instrument], source: nil, fields: &fields)
        beam.direction = Sourced(Vector3(0, 0, -1), .assumed("the image frame has Z to the source"))

        let sample = tree.groups("NXsample", in: entry, customaryName: "sample").first
        let turning = sample.flatMap { goniometer(of: $0, &fields) }
        var scan = ScanReader(tree: tree, axes: none).scan(
            of: entry, images: images, detectors: [detector], pixelDirections: [], fields: &fields)
        scan.axes = turning.map { [$0.setting] } ?? []
        let identity = IdentityReader(tree: tree).identity(
            of: entry, instrument: instrument, source: nil, sample: sample, fields: &fields)
        faults += fields.faults
        var experiment = Experiment(
            id: entry.path, frame: .image, beam: beam,
            gravity: Sourced(Vector3(0, -1, 0), .assumed("the file gives no direction of gravity")),
            axes: turning.map { [$0.axis] } ?? [],
            goniometer: turning.map {
                Goniometer(
                    sampleAxis: Sourced($0.axis.id, .derived("the one axis")), axes: [$0.axis.id],
                    place: $0.axis.place)
            }, detectors: [found], scans: [scan], identity: identity, imageData: images,
            place: .object(path: entry.path, attribute: nil))
        experiment.unread = fields.unread
        return experiment
    }

    /// Fast along +X, slow along -Y, the beam centre on the axis, at the stated distance.
    private func panel(of found: Detector, size: FastSlow<Int>?, _ fields: inout FieldReader) -> Panel {
        let pixel = FastSlow(
            fast: fields.single("x_pixel_size", in: detector, as: .length),
            slow: fields.single("y_pixel_size", in: detector, as: .length))
        var panel = Panel(
            id: detector.path, size: size, placement: nil, pixelOrigin: .unstated, pixelOriginBasis: .practice,
            statedPixelSize: pixel, place: found.place)
        guard let fast = pixel.fast?.value, let slow = pixel.slow?.value, fast > 0, slow > 0 else {
            panel.placementFault = "the pixel size is absent or has no usable units"
            return panel
        }
        guard let distance = found.statedDistances.first?.value.value, distance > 0 else {
            panel.placementFault = "the distance is absent or 0"
            return panel
        }
        guard let centre = found.statedBeamCentres.first, centre.unit == "px" else {
            panel.placementFault = "the beam centre is absent or not in pixels"
            return panel
        }
        panel.placement = .fixed(
            PanelPlane(
                origin: Vector3(-centre.value.fast * fast, centre.value.slow * slow, -distance),
                fast: Vector3(fast, 0, 0), slow: Vector3(0, -slow, 0)))
        return panel
    }

    /// `sample/goniometer/omega` as the one axis, along +X.
    private func goniometer(of sample: Node, _ fields: inout FieldReader) -> (axis: Axis, setting: ScanAxis)? {
        guard let group = tree.child("goniometer", of: sample), let node = tree.child("omega", of: group),
            let omega = fields.quantity("omega", in: group, as: .angle, takenWithoutUnits: true),
            let first = omega.value.first
        else { return nil }
        let place = Place.object(path: node.path, attribute: nil)
        let axis = Axis(
            id: AxisID(node.path), motion: Sourced(.rotation, .assumed("omega of DECTRIS is a rotation")),
            equipment: Sourced(.goniometer, .derived("it stands in the goniometer of the sample")),
            dependsOn: Sourced(nil, .assumed("the one axis")),
            vector: Sourced(.unitX, .assumed("the file gives no direction; +X of the image is taken")),
            offset: Sourced(.zero, .assumed("the axis runs through the sample")), usesVectorAsWritten: true,
            place: place)
        let end = fields.quantity("omega_end", in: group, as: .angle, takenWithoutUnits: true)
        let ends = end.flatMap { $0.value.count == omega.value.count ? $0.value : nil }
        let setting = ScanAxis(
            axis: axis.id,
            settings: omega.value.count == 1 ? .constant(first) : .explicit(starts: omega.value, ends: ends),
            valueCount: omega.value.count, endCount: end?.value.count, place: place)
        return (axis, setting)
    }
}

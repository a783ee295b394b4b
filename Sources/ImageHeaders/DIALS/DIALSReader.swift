// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import JSON

/// Builds the model of one experiment of a list.
struct DIALSReader {
    let root: JSONValue
    let entry: JSONValue
    let number: Int
    let source: SourceID

    private var place: Place { .file(source) }
    private var stated: Origin { .stated(.file(source)) }

    func experiment() throws(DIALSFault) -> DIALSExperiment {
        guard let beam = member("beam") else { throw .missing(experiment: number, member: "beam") }
        guard let upstream = Self.vector(beam["direction"])?.normalised else {
            throw .missing(experiment: number, member: "beam.direction")
        }
        guard let detector = member("detector") else { throw .missing(experiment: number, member: "detector") }
        var model = Beam(direction: Sourced(-upstream, stated))
        if let wavelength = beam["wavelength"]?.double { model.wavelengths = Sourced([wavelength], stated) }
        if let probe = beam["probe"]?.string { model.probe = Sourced(Probe(word: probe), stated) }
        if let flux = beam["flux"]?.double, flux > 0 {
            model.fluxes = [(DIALSExperiment.fluxItem, Sourced([flux], stated))]
        }
        var experiment = Experiment(
            id: "\(number + 1)", frame: .image, beam: model,
            gravity: Sourced(
                Vector3(0, -1, 0), .assumed("gravity is along -Y; an experiment list does not give it")),
            place: place)
        let panels = try DIALSDetector(detector, number: number, source: source).panels()
        experiment.detectors = [self.detector(panels, detector)]
        let chain = member("goniometer").map { DIALSGoniometer($0, source: source).chain() } ?? []
        experiment.axes = chain.map(\.axis)
        if let inner = chain.first {
            experiment.goniometer = Goniometer(
                sampleAxis: Sourced(inner.axis.id, stated), axes: chain.map(\.axis.id), place: place)
        }
        let scan = DIALSScan(member("scan"), chain: chain, source: source)
        experiment.scans = [scan.scan(id: "\(number + 1)")]
        let imageset = member("imageset")
        experiment.imageData = Sourced(ImageData(kind: "external"), stated)
        let images = imageset?["images"]?.elements?.compactMap(\.string) ?? []
        return DIALSExperiment(
            experiment: experiment, template: imageset?["template"]?.string, images: images, imageRange: scan.range,
            indices: imageset?["single_file_indices"]?.elements?.compactMap(\.integer), leftOut: leftOut(beam))
    }

    /// The object that the experiment points to by index.
    private func member(_ name: String) -> JSONValue? {
        guard let index = entry[name]?.integer, let all = root[name]?.elements, all.indices.contains(index) else {
            return nil
        }
        return all[index]
    }

    private func leftOut(_ beam: JSONValue) -> [String] {
        var names = ["crystal", "profile", "scaling_model"].filter { member($0) != nil }
        if let fraction = beam["polarization_fraction"]?.double {
            names.append(
                fraction == 0.999
                    ? "beam.polarization_fraction (0.999 is a default, not a measurement)"
                    : "beam.polarization_fraction")
        }
        // What stands there beside the value that a list has by itself.
        for (name, usual) in [("transmission", 1.0), ("divergence", 0), ("sigma_divergence", 0)] {
            if let value = beam[name]?.double, value != usual { names.append("beam." + name) }
        }
        for name in ["mask", "gain", "pedestal", "dx", "dy"] where member("imageset")?[name]?.string?.isEmpty == false {
            names.append("imageset." + name)
        }
        let panels = member("detector")?["panels"]?.elements ?? []
        if panels.contains(where: { $0["mask"]?.elements?.isEmpty == false }) { names.append("detector.panels.mask") }
        if panels.contains(where: { ($0["pedestal"]?.double ?? 0) != 0 }) { names.append("detector.panels.pedestal") }
        // Seconds of a clock from 1970 on; small numbers are times from the first image on.
        if member("scan")?["epochs"]?.elements?.contains(where: { ($0.double ?? 0) > 1e8 }) == true {
            names.append("scan.epochs (times without a zone)")
        }
        return names
    }

    private func detector(_ panels: [Panel], _ value: JSONValue) -> Detector {
        var detector = Detector(id: "1", panels: panels, place: place)
        let first = value["panels"]?.elements?.first
        if let name = first?["identifier"]?.string, !name.isEmpty { detector.description = Sourced(name, stated) }
        if let thickness = first?["thickness"]?.double, thickness > 0 {
            detector.sensorThickness = Sourced(thickness, stated)
        }
        if let material = first?["material"]?.string, !material.isEmpty {
            detector.sensorMaterial = Sourced(material, stated)
        }
        if let trusted = first?["trusted_range"]?.elements?.compactMap(\.double), trusted.count == 2 {
            detector.saturation = Sourced(trusted[1], stated)
            detector.underload = Sourced(trusted[0], stated)
        }
        if let gain = first?["gain"]?.double, gain > 0 { detector.gain = Sourced(gain, stated) }
        return detector
    }

    /// Three finite numbers.
    static func vector(_ value: JSONValue?) -> Vector3? {
        guard let parts = value?.elements?.compactMap(\.double), parts.count == 3 else { return nil }
        let vector = Vector3(parts[0], parts[1], parts[2])
        return vector.isFinite ? vector : nil
    }
}

/// The panels of a detector, their local frames composed down the hierarchy.
private struct DIALSDetector {
    let value: JSONValue
    let number: Int
    let source: SourceID

    init(_ value: JSONValue, number: Int, source: SourceID) {
        self.value = value
        self.number = number
        self.source = source
    }

    func panels() throws(DIALSFault) -> [Panel] {
        let all = value["panels"]?.elements ?? []
        guard !all.isEmpty else { throw .missing(experiment: number, member: "detector.panels") }
        let frames = parentFrames(count: all.count)
        var panels: [Panel] = []
        for (index, panel) in all.enumerated() {
            panels.append(try self.panel(panel, index: index, of: all.count, in: frames[index]))
        }
        return panels
    }

    /// For each panel the frame of the group that holds it; walked with a list, not by recursion.
    private func parentFrames(count: Int) -> [Transform] {
        var frames = [Transform](repeating: .identity, count: count)
        var open: [(JSONValue, Transform)] = value["hierarchy"].map { [($0, Transform.identity)] } ?? []
        while let (group, outer) = open.popLast() {
            let frame = outer * Self.frame(group)
            for child in group["children"]?.elements ?? [] {
                if let index = child["panel"]?.integer {
                    if frames.indices.contains(index) { frames[index] = frame }
                } else {
                    open.append((child, frame))
                }
            }
        }
        return frames
    }

    /// The local frame of a group: columns fast, slow and their normal, displaced by its origin.
    private static func frame(_ group: JSONValue) -> Transform {
        guard let fast = DIALSReader.vector(group["fast_axis"])?.normalised,
            let slow = DIALSReader.vector(group["slow_axis"])?.normalised,
            let normal = fast.cross(slow).normalised, let origin = DIALSReader.vector(group["origin"])
        else { return .identity }
        return Transform(rotation: Matrix3(rows: fast, slow, normal).transposed, translation: origin)
    }

    private func panel(
        _ value: JSONValue, index: Int, of count: Int, in frame: Transform
    ) throws(DIALSFault) -> Panel {
        let name = "detector.panels[\(index)]"
        guard let origin = DIALSReader.vector(value["origin"]),
            let fast = DIALSReader.vector(value["fast_axis"])?.normalised,
            let slow = DIALSReader.vector(value["slow_axis"])?.normalised,
            let pixel = value["pixel_size"]?.elements?.compactMap(\.double), pixel.count == 2,
            let size = value["image_size"]?.elements?.compactMap(\.integer), size.count == 2, size[0] > 0, size[1] > 0
        else { throw .missing(experiment: number, member: name) }
        let plane = PanelPlane(origin: origin, fast: pixel[0] * fast, slow: pixel[1] * slow).moved(by: frame)
        let place = Place.file(source)
        let stated = Origin.stated(place)
        var panel = Panel(
            id: "\(index + 1)", size: FastSlow(fast: size[0], slow: size[1]), placement: .fixed(plane),
            pixelOrigin: .pixelCorner, pixelOriginBasis: .practice,
            statedPixelSize: FastSlow(fast: Sourced(pixel[0], stated), slow: Sourced(pixel[1], stated)), place: place)
        if count > 1, let offset = value["raw_image_offset"]?.elements?.compactMap(\.integer), offset.count == 2 {
            panel.dataOrigin = Sourced([offset[1], offset[0]], stated)
            panel.dataSize = Sourced([size[1], size[0]], stated)
        }
        return panel
    }
}

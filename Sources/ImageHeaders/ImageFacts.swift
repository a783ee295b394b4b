// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// What an image header without axes says, whatever its format; the rest of the geometry is assumed and says so.
///
/// Image frame: fast along +X, slow along -Y, Z to the source.
/// - Source: conversion.md sections 5 and 6.
struct ImageFacts {
    var id: String
    var place: Place
    /// Ångström.
    var wavelength: Sourced<Double>?
    var unusableWavelength: Sourced<String>?
    /// Millimetres, perpendicular.
    var distance: Sourced<Double>?
    /// Pixels, at zero swing.
    var beamCentre: Sourced<FastSlow<Double>>?
    /// Why a beam centre that is stated cannot be used.
    var beamCentreFault: String?
    /// Why no plane holds the pixels, whatever the header says.
    var placementFault: String?
    /// Millimetres.
    var pixelSize: Sourced<FastSlow<Double>>?
    var size: FastSlow<Int>?
    /// Degrees about +X.
    var swing: Sourced<Double>?
    var axisName: String?
    var startAngle: Sourced<Double>?
    var angleIncrement: Sourced<Double>?
    /// Seconds.
    var exposure: Sourced<Double>?
    var period: Sourced<Double>?
    /// Settings of axes whose direction the header does not give.
    var unplaced: [UnplacedSetting] = []

    /// The experiment of one image. Nothing is invented: a missing wavelength stays nil, a missing distance, beam centre
    /// or pixel size leaves the panel without a place and says why.
    func experiment() -> Experiment {
        var beam = Beam(
            direction: Sourced(
                Vector3(0, 0, -1), .assumed("the beam runs along -Z of the image frame; the header gives no direction"))
        )
        beam.wavelengths = wavelength?.map { [$0] }
        beam.unusableWavelength = unusableWavelength
        var experiment = Experiment(
            id: id, frame: .image, beam: beam,
            gravity: Sourced(
                Vector3(0, -1, 0), .assumed("gravity is along -Y of the image frame; the header does not give it")),
            place: place)
        if startAngle != nil || angleIncrement != nil {
            let axis = goniometerAxis
            experiment.axes = [axis]
            experiment.goniometer = Goniometer(
                sampleAxis: Sourced(axis.id, .assumed("the header names one rotation axis at most")), axes: [axis.id],
                place: place)
        }
        let panel = panel
        experiment.detectors = [Detector(id: "1", panels: [panel], place: place)]
        var scan = scan(axes: experiment.axes.map(\.id))
        // A swing is part of the place of the panel, where there is one.
        if panel.placement == nil, let swing {
            scan.unplaced.append(UnplacedSetting(name: "two-theta", value: swing, unit: "deg"))
        }
        experiment.scans = [scan]
        experiment.imageData = Sourced(
            ImageData(kind: "embedded", shape: size.map { [$0.slow, $0.fast] } ?? []), .stated(place))
        return experiment
    }

    private var goniometerAxis: Axis {
        let why = Origin.assumed("the rotation axis is +X, along the fast direction; the header does not give it")
        return Axis(
            id: AxisID(axisName ?? "omega"), motion: Sourced(.rotation, why), equipment: Sourced(.goniometer, why),
            dependsOn: Sourced(nil, why), vector: Sourced(.unitX, why), offset: Sourced(.zero, why), place: place)
    }

    private func scan(axes: [AxisID]) -> Scan {
        let start = startAngle?.value ?? 0
        let increment = angleIncrement?.value ?? 0
        let origin = startAngle?.origin.place ?? angleIncrement?.origin.place ?? place
        func stated(_ value: Sourced<Double>?) -> Stated? {
            value.map { Stated(value: $0.value, decimals: 4, place: $0.origin.place ?? place) }
        }
        let scanAxes = axes.map { axis in
            ScanAxis(
                axis: axis,
                settings: increment == 0
                    ? .constant(start) : .uniform(start: start, step: increment, increment: increment),
                angle: StatedRange(start: stated(startAngle), increment: stated(angleIncrement)), place: origin)
        }
        var scan = Scan(
            id: id, frameCount: Sourced(1, .derived("the file holds one image")), axes: scanAxes, place: place)
        scan.exposure = exposure?.map { [$0] }
        scan.period = period?.map { [$0] }
        scan.unplaced = unplaced
        return scan
    }

    private var panel: Panel {
        var panel = Panel(
            id: "1", size: size, placement: nil, pixelOrigin: .unstated, pixelOriginBasis: .practice,
            statedPixelSize: FastSlow(fast: pixelSize?.map(\.fast), slow: pixelSize?.map(\.slow)), place: place)
        switch (distance, beamCentre, pixelSize) {
        case _ where placementFault != nil: panel.placementFault = placementFault
        case (let distance?, let centre?, let pixel?):
            let plane = PanelPlane(
                origin: Vector3(
                    -centre.value.fast * pixel.value.fast, centre.value.slow * pixel.value.slow, -distance.value),
                fast: Vector3(pixel.value.fast, 0, 0), slow: Vector3(0, -pixel.value.slow, 0))
            panel.placement = .fixed(swung(plane))
        default:
            let missing = [
                distance == nil ? "distance" : nil, beamCentre == nil ? "beam centre" : nil,
                pixelSize == nil ? "pixel size" : nil,
            ].compactMap { $0 }
            let onlyCentre = missing == ["beam centre"]
            panel.placementFault =
                onlyCentre && beamCentreFault != nil
                ? beamCentreFault : "the header gives no " + missing.joined(separator: ", ")
        }
        return panel
    }

    /// The plane turned by the swing about +X.
    private func swung(_ plane: PanelPlane) -> PanelPlane {
        guard let angle = swing?.value, angle != 0,
            let rotation = Matrix3.rotation(about: .unitX, degrees: angle)
        else { return plane }
        return PanelPlane(
            origin: rotation * plane.origin, fast: rotation * plane.fast, slow: rotation * plane.slow)
    }
}

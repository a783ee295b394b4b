// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

extension ImageHeader {
    /// The experiment of one image of a file that has no loops, in the image frame.
    ///
    /// - Parameters:
    ///   - id: Name of the image.
    ///   - size: Pixels along fast and slow, from the header of the stored pixels; nil when it is unknown.
    ///   - elementType: Type of the stored elements in the words of imgCIF.
    ///   - place: Where the image is described.
    public func experiment(id: String, size: FastSlow<Int>?, elementType: String?, place: Place) -> Experiment {
        var facts = ImageFacts(
            id: id, place: place, wavelength: wavelength, unusableWavelength: unusableWavelength, distance: distance,
            beamCentre: beamCentre, pixelSize: pixelSize, size: size, swing: swing, axisName: oscillationAxisName,
            startAngle: startAngle, angleIncrement: angleIncrement, exposure: exposure, period: period)
        facts.beamCentreFault = beamCentreFault
        facts.unplaced = unplacedSettings
        facts.placementFault = CurvedDetector.fault(name: detector?.value, size: size)
        var experiment = facts.experiment()
        experiment.beam.energy = energy
        experiment.identity.title = Sourced(id, .stated(place))
        experiment.identity.startTime = date
        experiment.beam.polarisationRatio = polarisation
        if let flux {
            experiment.beam.fluxes = [("Flux", flux.map { [$0] })]
            experiment.beam.totalFlux = flux.map { [$0] }
        }
        // Above 1 it can only be per cent.
        if let transmission {
            let fraction = transmission.map { [$0 > 1 ? $0 / 100 : $0] }
            experiment.beam.transmissions = [("Filter_transmission", fraction)]
        }
        complete(&experiment.detectors[0])
        experiment.imageData?.value.elementType = elementType
        return experiment
    }

    /// Adds what the comment header states to an experiment read from loops; loops outrank it.
    ///
    /// Stated distances and beam centres stand beside those of the loops, so that rules can compare them.
    public func complete(_ experiment: inout Experiment) {
        if experiment.beam.wavelengths == nil, experiment.beam.unusableWavelength == nil {
            experiment.beam.wavelengths = wavelength?.map { [$0] }
            experiment.beam.unusableWavelength = unusableWavelength
        }
        if experiment.detectors.count == 1 { complete(&experiment.detectors[0]) }
        for index in experiment.scans.indices where experiment.scans.count == 1 {
            let scan = experiment.scans[index]
            experiment.scans[index].exposure = scan.exposure ?? exposure?.map { [$0] }
            experiment.scans[index].period = scan.period ?? period?.map { [$0] }
        }
        experiment.identity.startTime = experiment.identity.startTime ?? date
    }

    /// Adds description, sensor, limit, stated distance and beam centre to a detector.
    private func complete(_ detector: inout Detector) {
        detector.description = detector.description ?? self.detector
        detector.sensorMaterial = detector.sensorMaterial ?? sensorMaterial
        detector.sensorThickness = detector.sensorThickness ?? sensorThickness
        detector.saturation = detector.saturation ?? countCutoff
        if detector.thresholds.isEmpty, let threshold { detector.thresholds = [threshold] }
        if let distance { detector.statedDistances.append((item: "Detector_distance", value: distance)) }
        if let centre = beamCentre, let place = centre.origin.place {
            detector.statedBeamCentres.append(
                StatedBeamCentre(value: centre.value, unit: "px", item: "Beam_xy", isAtZeroSwing: true, place: place))
        }
    }
}

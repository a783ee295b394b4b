// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

extension ImageHeader {
    /// Adds what the comment header states to an experiment read from loops; loops outrank it.
    ///
    /// Stated distances and beam centres stand beside those of the loops, so that rules can compare them.
    func complete(_ experiment: inout Experiment) {
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
    func complete(_ detector: inout Detector) {
        detector.description = detector.description ?? self.detector
        detector.sensorMaterial = detector.sensorMaterial ?? sensorMaterial
        detector.sensorThickness = detector.sensorThickness ?? sensorThickness
        detector.saturation = detector.saturation ?? countCutoff
        if let distance { detector.statedDistances.append((item: "Detector_distance", value: distance)) }
        if let centre = beamCentre, let place = centre.origin.place {
            detector.statedBeamCentres.append(
                StatedBeamCentre(value: centre.value, unit: "px", item: "Beam_xy", isAtZeroSwing: true, place: place))
        }
    }
}

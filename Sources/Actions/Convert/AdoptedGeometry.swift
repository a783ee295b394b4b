// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings

/// A scan with beam, detector and goniometer of an experiment list in the place of those of its headers.
///
/// - Source: docs/guide/convert.md.
struct AdoptedGeometry {
    let experiment: Experiment
    let notes: [ConversionNote]

    /// - Parameters:
    ///   - list: An experiment of a list.
    ///   - header: What the headers of the images say.
    ///   - file: Name of the list.
    ///   - keepsScan: The settings of the axis that turns are those of the headers.
    init(_ list: Experiment, over header: Experiment, file: String, keepsScan: Bool) {
        var merged = header
        merged.frame = list.frame
        merged.axes = list.axes
        merged.mentions = []
        merged.goniometer = list.goniometer
        if header.frame != .imgCIF { merged.gravity = list.gravity }
        merged.beam.direction = list.beam.direction
        merged.beam.wavelengths = list.beam.wavelengths ?? header.beam.wavelengths
        merged.beam.fluxes = header.beam.fluxes.isEmpty ? list.beam.fluxes : header.beam.fluxes
        merged.beam.probe = header.beam.probe ?? list.beam.probe
        var notes: [ConversionNote] = []
        if let given = list.detectors.first {
            var detector = header.detectors.first ?? given
            detector.panels = given.panels
            detector.axes = []
            detector.saturation = detector.saturation ?? given.saturation
            detector.sensorMaterial = detector.sensorMaterial ?? given.sensorMaterial
            detector.sensorThickness = detector.sensorThickness ?? given.sensorThickness
            if let a = detector.saturation?.value, let b = given.saturation?.value, a != b {
                notes.append(
                    ConversionNote(
                        "COUNT-004",
                        "greatest valid count is \(Wording.number(a, digits: 12)) in the headers and "
                            + "\(Wording.number(b, digits: 12)) in '\(file)'; that of the headers is written"))
            }
            merged.detectors = [detector]
        }
        if var scan = merged.scans.first, let given = list.scans.first {
            let turning = header.axisGraph.scanAxis(of: scan).flatMap { scan.axis($0)?.settings }
            scan.axes = given.axes
            if keepsScan, let turning {
                let index = given.axes.firstIndex { if case .constant = $0.settings { false } else { true } } ?? 0
                if scan.axes.indices.contains(index) { scan.axes[index].settings = turning }
            }
            merged.scans = [scan]
        }
        experiment = merged.withDetectorAxes()
        let shift = Self.shift(experiment, header)
        let words = shift.map { "panels are displaced by up to \(Wording.number($0, digits: 3)) mm from the headers" }
        notes.append(
            ConversionNote(
                "GEOM-020", "geometry of '\(file)' is used; \(words ?? "the headers place no panel")"))
        self.notes = notes
    }

    /// The greatest distance between the corners of panels, millimetres; nil where the headers place none.
    private static func shift(_ one: Experiment, _ other: Experiment) -> Double? {
        let planes = [one, other].map { experiment -> [(PanelPlane, FastSlow<Int>?)] in
            let graph = experiment.axisGraph
            let settings = experiment.scans.first?.settings(frame: 0) ?? FrameSettings()
            return (experiment.detectors.first?.panels ?? []).compactMap { panel in
                (try? graph.plane(of: panel, settings: settings).get()).map { ($0, panel.size) }
            }
        }
        guard planes[0].count == planes[1].count, !planes[0].isEmpty else { return nil }
        var greatest = 0.0
        for (a, b) in zip(planes[0], planes[1]) {
            let size = a.1 ?? b.1 ?? FastSlow(fast: 1, slow: 1)
            for i in [0, Double(size.fast)] {
                for j in [0, Double(size.slow)] {
                    greatest = max(greatest, (a.0.position(fast: i, slow: j) - b.0.position(fast: i, slow: j)).length)
                }
            }
        }
        return greatest
    }
}

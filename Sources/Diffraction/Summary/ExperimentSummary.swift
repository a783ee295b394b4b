// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What an experiment comes to: the facts that a person or a program asks of a description first.
///
/// Lengths are millimetres, angles degrees, wavelengths ångströms; coordinates are in `frame`. Every fact names where it
/// comes from. What cannot be computed is nil, with a sentence in `faults`.
/// - Source: reports.md section 6.
public struct ExperimentSummary: Sendable {
    /// The id of the experiment.
    public var id: String
    /// The frame of reference of vectors and positions.
    public var frame: FrameOfReference
    /// Where the experiment is described.
    public var place: Place
    /// One value, or one a component or a frame; see `Beam.wavelengths`.
    public var wavelengths: Sourced<[Double]>?
    /// Unit vector from source to sample.
    public var beamDirection: Sourced<Vector3>
    /// Unit vector, downwards.
    public var gravity: Sourced<Vector3>
    /// The axes that carry the sample, innermost first.
    public var goniometer: [AxisSummary]
    /// The axes that carry the panels, innermost first, pixel axes left out.
    public var detector: [AxisSummary]
    /// The scans, in the order of the source.
    public var scans: [ScanSummary]
    /// The panels of all detectors, in the order of the source.
    public var panels: [PanelSummary]
    /// Why something is not there, each sentence once.
    public var faults: [String]
    /// How many members of a list are left out, by its name; empty for a whole summary.
    public var unshown: [(list: String, count: Int)] = []

    /// - Cost: One evaluation of the chains for each panel and scan.
    public init(_ experiment: Experiment) { self.init(experiment, graph: experiment.axisGraph) }

    /// - Parameters:
    ///   - graph: That of the experiment, when the caller has built it.
    ///   - most: How many axes, scans and panels are kept, at most, and how many views over all panels.
    public init(_ experiment: Experiment, graph: AxisGraph, most: Int = .max) {
        var left: [(list: String, count: Int)] = []
        func cut<Element>(_ all: [Element], _ name: String) -> [Element] {
            if all.count > most { left.append((name, all.count - most)) }
            return Array(all.prefix(most))
        }
        var faults = FaultCollector()
        id = experiment.id
        frame = experiment.frame
        place = experiment.place
        wavelengths = experiment.beam.wavelengths
        beamDirection = experiment.beam.direction
        gravity = experiment.gravity
        panels = PanelSummary.all(of: experiment, graph: graph, most: most, faults: &faults)
        let panelCount = experiment.detectors.reduce(0) { $0 + $1.panels.count }
        if panelCount > panels.count { left.append(("panels", panelCount - panels.count)) }
        let views = panels.first?.views.count ?? 0
        if views > 0, views < experiment.scans.count {
            left.append(("scans of each panel", experiment.scans.count - views))
        }
        goniometer = cut(AxisSummary.goniometer(of: experiment, graph: graph, faults: &faults), "goniometer")
        detector = cut(AxisSummary.detector(of: experiment, graph: graph, faults: &faults), "detector")
        scans = cut(experiment.scans, "scans").map { ScanSummary($0, graph: graph) }
        self.faults = faults.sentences
        unshown = left
        for index in scans.indices { scans[index].addResolution(of: panels, scan: index) }
    }

    /// Axes, scans, panels and their views.
    public var size: Int {
        panels.reduce(goniometer.count + detector.count + scans.count) { $0 + 1 + $1.views.count }
    }

    /// The panel that the beam meets in the first scan, else the first panel.
    public var principalPanel: PanelSummary? { panels.first { $0.views.first?.isBeamOnFace == true } ?? panels.first }

    /// The principal panel as the first frame of the first scan sees it.
    public var principalView: PanelView? { principalPanel?.views.first }
}

/// Sentences about what could not be computed, each once.
struct FaultCollector {
    private(set) var sentences: [String] = []
    private var seen = Set<String>()

    mutating func add(_ sentence: String) {
        if seen.insert(sentence).inserted { sentences.append(sentence) }
    }

    /// The value of a result; a failure is kept as a sentence.
    mutating func value<Value>(_ result: Result<Value, ChainFault>) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let fault):
            add(fault.sentence)
            return nil
        }
    }

    mutating func value<Value>(_ result: Result<Value, PlacementFault>) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let fault):
            add(fault.sentence)
            return nil
        }
    }
}

extension Beam {
    /// The wavelength that one number stands for: the mean by weight, else the first that is positive; ångströms.
    public var representativeWavelength: Double? {
        guard let stated = wavelengths?.value else { return nil }
        if let weights = weights?.value, weights.count == stated.count {
            let total = weights.reduce(0, +)
            let mean = zip(stated, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
            if total > 0, mean > 0, mean.isFinite { return mean }
        }
        return stated.first { $0 > 0 && $0.isFinite }
    }
}

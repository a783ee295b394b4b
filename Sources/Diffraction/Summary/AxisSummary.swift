// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An axis of a chain as the source describes it.
public struct AxisSummary: Sendable {
    /// The id of the axis.
    public var id: AxisID
    /// `rotation`, `translation`, `general` or the word of the source.
    public var type: String
    /// As written.
    public var vector: Vector3
    /// Millimetres.
    public var offset: Vector3
    /// Unit vector in the frame of the experiment, as outer axes turn it in the first frame of the first scan; nil where
    /// the chain does not say.
    public var direction: Vector3?
    /// In the first frame of the first scan, degrees or millimetres; nil for an axis that has none.
    public var setting: Double?
    /// The next axis outward; nil at the base.
    public var dependsOn: AxisID?
    /// Where the axis is described.
    public var origin: Origin

    init(_ axis: Axis, graph: AxisGraph, settings: FrameSettings) {
        id = axis.id
        type = axis.motion.value.word
        vector = axis.vector.value
        offset = axis.offset.value
        dependsOn = axis.dependsOn.value
        origin = .stated(axis.place)
        let isMotion = [.rotation, .translation].contains(axis.motion.value)
        setting = isMotion ? settings[axis.id] : nil
        // A chain that is followed for each of its axes takes the square of its length.
        guard let own = try? graph.direction(of: axis).get(),
            let links = try? graph.links(from: axis.id).get(), links.count <= Self.mostOutward,
            let outer = try? graph.transform(of: links.dropFirst(), settings: settings).get()
        else { return }
        direction = (outer.rotation * own).normalised?.withoutNegativeZero
    }

    private static let mostOutward = 200

    /// The chain of the sample, innermost first; the axes in the order of the source when they form no chain.
    static func goniometer(
        of experiment: Experiment, graph: AxisGraph, faults: inout FaultCollector
    ) -> [AxisSummary] {
        let chain = graph.sampleAxis(of: experiment.goniometer).flatMap { axis in
            axis.map { graph.chain(from: $0) } ?? .success([])
        }
        if let chain = faults.value(chain), !chain.isEmpty {
            return chain.map { AxisSummary(graph.axes[$0], graph: graph, settings: experiment.firstSettings) }
        }
        return (experiment.goniometer?.axes ?? []).compactMap { graph[$0] }.map {
            AxisSummary($0, graph: graph, settings: experiment.firstSettings)
        }
    }

    /// The axes that carry any panel, innermost first, each once; else those the source lists for the detector.
    static func detector(
        of experiment: Experiment, graph: AxisGraph, faults: inout FaultCollector
    ) -> [AxisSummary] {
        var seen = Set<Int>()
        var found: [AxisSummary] = []
        var known = Set<AxisID>()
        let settings = experiment.firstSettings
        for panel in experiment.detectors.flatMap(\.panels) {
            guard let carrier = faults.value(graph.carrier(of: panel)), let inner = carrier,
                known.insert(inner).inserted, let chain = faults.value(graph.chain(from: inner))
            else { continue }
            for index in chain where seen.insert(index).inserted {
                found.append(AxisSummary(graph.axes[index], graph: graph, settings: settings))
            }
        }
        guard found.isEmpty else { return found }
        return experiment.detectors.flatMap(\.axes).compactMap { graph[$0] }.map {
            AxisSummary($0, graph: graph, settings: settings)
        }
    }
}

extension Experiment {
    /// Settings of the first frame of the first scan; all at 0 without one.
    fileprivate var firstSettings: FrameSettings { scans.first?.settings(frame: 0) ?? FrameSettings() }
}

extension AxisMotion {
    /// The word of the standards, or that of the source.
    public var word: String {
        switch self {
        case .rotation: "rotation"
        case .translation: "translation"
        case .general: "general"
        case .unknown(let word): word
        }
    }
}

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
    /// The next axis outward; nil at the base.
    public var dependsOn: AxisID?
    /// Where the axis is described.
    public var origin: Origin

    init(_ axis: Axis) {
        id = axis.id
        type = axis.motion.value.word
        vector = axis.vector.value
        offset = axis.offset.value
        dependsOn = axis.dependsOn.value
        origin = .stated(axis.place)
    }

    /// The chain of the sample, innermost first; the axes in the order of the source when they form no chain.
    static func goniometer(
        of experiment: Experiment, graph: AxisGraph, faults: inout FaultCollector
    ) -> [AxisSummary] {
        let chain = graph.sampleAxis(of: experiment.goniometer).flatMap { axis in
            axis.map { graph.chain(from: $0) } ?? .success([])
        }
        if let chain = faults.value(chain), !chain.isEmpty { return chain.map { AxisSummary(graph.axes[$0]) } }
        return (experiment.goniometer?.axes ?? []).compactMap { graph[$0].map(AxisSummary.init) }
    }

    /// The axes that carry any panel, innermost first, each once; else those the source lists for the detector.
    static func detector(
        of experiment: Experiment, graph: AxisGraph, faults: inout FaultCollector
    ) -> [AxisSummary] {
        var seen = Set<Int>()
        var found: [AxisSummary] = []
        var known = Set<AxisID>()
        for panel in experiment.detectors.flatMap(\.panels) {
            guard let carrier = faults.value(graph.carrier(of: panel)), let inner = carrier,
                known.insert(inner).inserted, let chain = faults.value(graph.chain(from: inner))
            else { continue }
            for index in chain where seen.insert(index).inserted { found.append(AxisSummary(graph.axes[index])) }
        }
        guard found.isEmpty else { return found }
        return experiment.detectors.flatMap(\.axes).compactMap { graph[$0].map(AxisSummary.init) }
    }
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

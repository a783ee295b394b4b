// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// How the axes of an experiment are used: which are set, which move, which chains they stand in.
struct AxisUse: Sendable {
    /// Axes with a setting other than 0 in some frame, or steps as pixel axes.
    private(set) var displaced: Set<AxisID> = []
    /// Axes with a row or values, whatever they are.
    private(set) var set: Set<AxisID> = []
    /// Axes of pixel indices: surface axes of imgCIF, pixel directions of NeXus.
    private(set) var pixelAxes: Set<AxisID> = []
    /// Axes from the sample outward.
    private(set) var goniometerChain: Set<AxisID> = []
    /// Axes that carry panels, pixel axes included.
    private(set) var detectorChain: Set<AxisID> = []
    /// Axes that some chain leads through: named by an axis or a group, or pixel axes. In imgCIF every axis.
    private(set) var reached: Set<AxisID> = []

    init(_ view: ExperimentView) {
        for scan in view.experiment.scans {
            for axis in scan.axes {
                set.insert(axis.axis)
                if axis.settings.isDisplaced, axis.settings.hasNumber { displaced.insert(axis.axis) }
            }
        }
        for detector in view.experiment.detectors {
            for panel in detector.panels {
                switch panel.placement {
                case .surface(let axes):
                    pixelAxes.formUnion([axes.fast.axis, axes.slow.axis])
                case .module(_, let fast, let slow, _):
                    pixelAxes.formUnion([fast.id, slow.id])
                case .fixed, nil: break
                }
            }
        }
        displaced.formUnion(pixelAxes)
        set.formUnion(pixelAxes)
        for sighting in view.sightings { detectorChain.formUnion(sighting.axes) }
        detectorChain.formUnion(view.experiment.detectors.flatMap(\.axes))
        let goniometer = view.experiment.goniometer
        // A chain that breaks off is told by AXIS-001; the axes before the break still carry the sample.
        goniometerChain.formUnion(goniometer?.axes ?? [])
        let starts = (goniometer?.sampleAxis.map { [$0.value] } ?? []) + (goniometer?.axes ?? [])
        goniometerChain.formUnion(view.graph.axes(onChainsFrom: starts).map { view.graph.axes[$0].id })
        reached = view.block == nil ? reachedAxes(view) : Set(view.experiment.axes.map(\.id))
    }

    /// The rotations that turn over a scan, whatever they belong to; pixel axes left out.
    func turning(in scan: Scan, _ graph: AxisGraph) -> [AxisID] {
        scan.axes.filter { row in
            graph[row.axis]?.motion.value == .rotation && !pixelAxes.contains(row.axis)
                && row.settings.travelOfStarts(frames: scan.frameCount.value) > 1e-6
        }.map(\.axis)
    }

    /// Fields beside the axes of a group, such as a range or an average, are none as long as nothing depends on them.
    private func reachedAxes(_ view: ExperimentView) -> Set<AxisID> {
        let directions = ["fast_pixel_direction", "slow_pixel_direction"]
        let ofModules = view.experiment.axes.map(\.id).filter { directions.contains($0.name) }
        var open = ofModules + Array(pixelAxes) + view.experiment.mentions.map(\.axis) + view.sightings.flatMap(\.axes)
        if let sample = view.experiment.goniometer?.sampleAxis { open.append(sample.value) }
        var found: Set<AxisID> = []
        while let id = open.popLast() {
            guard found.insert(id).inserted, let outward = view.graph[id]?.dependsOn.value else { continue }
            open.append(outward)
        }
        return found
    }
}

extension [AxisID] {
    /// Their names for a sentence: last parts of paths, or whole paths where last parts are alike.
    var words: [String] {
        let names = map(\.name)
        return Set(names).count == Set(self).count ? names : map(\.text)
    }
}

extension ExperimentView {
    /// The first axis that may carry the sample or a panel and whose values were not read.
    var unreadAxis: (id: AxisID, reason: String)? {
        for axis in experiment.axes {
            if let fault = axis.faults.first(where: { $0.kind == .valueUnread }) { return (axis.id, fault.found) }
        }
        return nil
    }
}

extension Verdicts {
    /// True when the values of all axes were read; otherwise the reason is noted.
    mutating func areAxesRead(_ view: ExperimentView) -> Bool {
        guard let (id, reason) = view.unreadAxis else { return true }
        notChecked(.unread("the value of '\(id)' is \(reason)"))
        return false
    }
}

extension SettingSeries {
    /// Not only NaN, which an axis has that is a direction alone.
    var hasNumber: Bool {
        switch self {
        case .constant(let value): return !value.isNaN
        case .uniform(let start, _, _): return !start.isNaN
        case .explicit(let starts, _): return starts.contains { !$0.isNaN }
        }
    }

    /// Some frame stands elsewhere than at 0.
    var isDisplaced: Bool {
        switch self {
        case .constant(let value): return value != 0
        case .uniform(let start, let step, let increment): return start != 0 || step != 0 || increment != 0
        case .explicit(let starts, _): return starts.contains { $0 != 0 }
        }
    }
}

extension SettingSeries {
    /// Greatest less least setting at the start of a frame.
    func travelOfStarts(frames: Int) -> Double {
        switch self {
        case .constant: return 0
        case .uniform(_, let step, _): return abs(step) * Double(max(frames, 1) - 1)
        case .explicit(let starts, _):
            let finite = starts.filter(\.isFinite)
            return (finite.max() ?? 0) - (finite.min() ?? 0)
        }
    }
}

extension ExperimentView {
    /// How the axes are used.
    var axisUse: AxisUse { memo.result("use of axes") { AxisUse(self) } }

    /// The rotations on the chains of the goniometer that can be followed, those nearer the base first.
    var goniometerRotations: [Axis] {
        guard let goniometer = experiment.goniometer else { return [] }
        let starts = (goniometer.sampleAxis.map { [$0.value] } ?? []) + goniometer.axes
        return graph.axes(onChainsFrom: starts).map { graph.axes[$0] }.filter { $0.motion.value == .rotation }
    }

    /// The goniometer rotation nearest the base; nil when there is none or its chain cannot be followed.
    var principalAxis: Axis? { goniometerRotations.first }

    /// The direction of an axis as the axes it hangs on turn it at the first frame; a unit vector.
    func direction(of axis: Axis, in scan: Scan) -> Vector3? {
        guard case .success(let own) = graph.direction(of: axis),
            case .success(let outer) = graph.transform(from: axis.dependsOn.value, settings: scan.settings(frame: 0))
        else { return nil }
        return (outer.rotation * own).normalised
    }
}

extension Equipment {
    /// The word of the dictionary, or that of the file.
    var word: String {
        switch self {
        case .goniometer: return "goniometer"
        case .detector: return "detector"
        case .source: return "source"
        case .gravity: return "gravity"
        case .general: return "general"
        case .unknown(let word): return word
        }
    }
}

extension AxisMotion {
    /// The word of the dictionary, or that of the file.
    var word: String {
        switch self {
        case .rotation: return "rotation"
        case .translation: return "translation"
        case .general: return "general"
        case .unknown(let word): return word
        }
    }
}

extension Vector3 {
    /// "(0, -1, 0)"
    var words: String { Wording.vector(x, y, z) }

    /// The components for programs.
    var datum: Datum { .list([.number(x), .number(y), .number(z)]) }
}

extension Verdicts {
    /// Subjects of these axes in the experiment that is looked at.
    func axes(_ ids: some Sequence<AxisID>) -> [Subject] { ids.map { subject(.axis, $0.text) } }
}

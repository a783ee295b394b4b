// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// One panel at the settings of the first frame of one scan; shared by all rules, for it holds much.
public final class Sighting: Sendable {
    /// Nil when the experiment has no scan; all axes then stand at 0.
    public let scan: Scan?
    public let detector: Detector
    public let panel: Panel
    /// Axes that carry the panel, innermost first, pixel axes included; empty when the chain cannot be followed.
    public let axes: [AxisID]
    /// The axis of the base swing; nil when nothing turns the panel.
    public let swing: AxisID?
    public let settings: FrameSettings
    /// Millimetres in the frame of the experiment.
    public let plane: Result<PanelPlane, PlacementFault>
    /// As `plane` with the base swing at 0.
    public let planeWithoutSwing: Result<PanelPlane, PlacementFault>
    /// As `plane` with every rotation that carries the panel at 0: arms of several circles brought back to the beam.
    public let planeWithoutTurns: Result<PanelPlane, PlacementFault>

    private init(
        scan: Scan?, detector: Detector, panel: Panel, axes: [AxisID], swing: AxisID?, settings: FrameSettings,
        plane: Result<PanelPlane, PlacementFault>, planeWithoutSwing: Result<PanelPlane, PlacementFault>,
        planeWithoutTurns: Result<PanelPlane, PlacementFault>
    ) {
        self.scan = scan
        self.detector = detector
        self.panel = panel
        self.axes = axes
        self.swing = swing
        self.settings = settings
        self.plane = plane
        self.planeWithoutSwing = planeWithoutSwing
        self.planeWithoutTurns = planeWithoutTurns
    }

    /// Every panel in every scan, scans first.
    ///
    /// - Cost: One evaluation for each panel and each distinct setting of its axes.
    static func all(of experiment: Experiment, graph: AxisGraph) -> [Sighting] {
        let scans: [Scan?] = experiment.scans.isEmpty ? [nil] : experiment.scans
        let panels = experiment.detectors.flatMap { detector in detector.panels.map { (detector, $0) } }
        let carried = panels.map { axes(of: $0.1, graph: graph) }
        let unread = Set(
            experiment.axes.filter { axis in axis.faults.contains { $0.kind == .valueUnread } }.map(\.id))
        var known: [[Double]: Sighting] = [:]
        var sightings: [Sighting] = []
        for scan in scans {
            let settings = scan?.settings(frame: 0) ?? FrameSettings()
            for (index, (detector, panel)) in panels.enumerated() {
                let key = [Double(index)] + carried[index].map { settings[$0] }
                if let same = known[key] {
                    sightings.append(same.moved(to: scan, settings))
                    continue
                }
                let still = graph.settings(settings, withoutSwingOf: panel)
                let straight = unturned(settings, carried[index], graph)
                // What a setting that was not read would place is not known.
                let lost = carried[index].first { unread.contains($0) }
                let place = { (settings: FrameSettings) -> Result<PanelPlane, PlacementFault> in
                    if let lost { return .failure(.notPlaced("the value of axis '\(lost)' was not read")) }
                    return graph.plane(of: panel, settings: settings)
                }
                let plane = place(settings)
                let sighting = Sighting(
                    scan: scan, detector: detector, panel: panel, axes: carried[index],
                    swing: (try? graph.swing(of: panel).get()) ?? nil, settings: settings, plane: plane,
                    planeWithoutSwing: still == settings ? plane : place(still),
                    planeWithoutTurns: straight == settings ? plane : place(straight))
                known[key] = sighting
                sightings.append(sighting)
            }
        }
        return sightings
    }

    private static func axes(of panel: Panel, graph: AxisGraph) -> [AxisID] {
        var starts: [AxisID] = []
        switch panel.placement {
        case .surface(let axes): starts = [axes.fast.axis, axes.slow.axis]
        case .module(let base, let fast, let slow, _):
            starts = [fast.id, slow.id] + (base.map { [$0] } ?? [])
        case .fixed, nil: break
        }
        var seen = Set<AxisID>()
        var axes: [AxisID] = []
        for start in starts {
            guard let chain = try? graph.chain(from: start).get() else {
                if seen.insert(start).inserted { axes.append(start) }
                continue
            }
            for index in chain where seen.insert(graph.axes[index].id).inserted { axes.append(graph.axes[index].id) }
        }
        return axes
    }

    private func moved(to scan: Scan?, _ settings: FrameSettings) -> Sighting {
        Sighting(
            scan: scan, detector: detector, panel: panel, axes: axes, swing: swing, settings: settings, plane: plane,
            planeWithoutSwing: planeWithoutSwing, planeWithoutTurns: planeWithoutTurns)
    }

    /// The settings with every rotation of the chain at 0.
    private static func unturned(_ settings: FrameSettings, _ axes: [AxisID], _ graph: AxisGraph) -> FrameSettings {
        var straight = settings
        for id in axes where settings[id] != 0 && graph[id]?.motion.value == .rotation { straight.values[id] = 0 }
        return straight
    }
}

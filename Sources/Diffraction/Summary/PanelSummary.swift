// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A panel and what each scan makes of it.
public struct PanelSummary: Sendable {
    /// The id of the detector.
    public var detector: String
    /// The id of the panel.
    public var id: String
    /// Pixels along fast and slow.
    public var size: FastSlow<Int>?
    /// Millimetres from one pixel to the next, as the geometry has it; as stated when there is no geometry.
    public var pixelSize: FastSlow<Double>?
    /// What the point (0, 0) is.
    public var pixelOrigin: PixelOrigin
    /// Why that is taken.
    public var pixelOriginBasis: PixelOriginBasis
    /// One for each scan, at its first frame; one without a scan when there is none.
    public var views: [PanelView]
    /// Where the panel is described.
    public var origin: Origin

    /// - Parameter most: How many panels are kept, at most, and how many views over all of them.
    static func all(
        of experiment: Experiment, graph: AxisGraph, most: Int, faults: inout FaultCollector
    ) -> [PanelSummary] {
        let count = min(most, experiment.detectors.reduce(0) { $0 + $1.panels.count })
        let moments: [(String?, FrameSettings)] =
            experiment.scans.isEmpty
            ? [(nil, FrameSettings())]
            : experiment.scans.prefix(max(1, most / max(1, count))).map { ($0.id, $0.settings(frame: 0)) }
        var summaries: [PanelSummary] = []
        for detector in experiment.detectors {
            for panel in detector.panels.prefix(count - summaries.count) {
                var summary = PanelSummary(detector: detector.id, panel: panel)
                for (scan, settings) in moments {
                    summary.views.append(
                        PanelView(
                            panel, scan: scan, settings: settings, beam: experiment.beam, graph: graph, faults: &faults)
                    )
                }
                if let steps = summary.views.lazy.compactMap({ $0.plane?.steps }).first {
                    summary.pixelSize = FastSlow(fast: steps.fast.cleared(to: 12), slow: steps.slow.cleared(to: 12))
                }
                summaries.append(summary)
            }
        }
        return summaries
    }

    private init(detector: String, panel: Panel) {
        self.detector = detector
        id = panel.id
        size = panel.size
        pixelOrigin = panel.pixelOrigin
        pixelOriginBasis = panel.pixelOriginBasis
        views = []
        origin = .stated(panel.place)
        if let fast = panel.statedPixelSize.fast, let slow = panel.statedPixelSize.slow {
            pixelSize = FastSlow(fast: fast.value, slow: slow.value)
        }
    }
}

/// A panel at the first frame of a scan.
public struct PanelView: Sendable {
    /// nil when the experiment has no scan; all axes then stand at 0.
    public var scan: String?
    /// nil when the axes do not place the panel.
    public var plane: PanelPlane?
    /// How the beam meets the plane; nil without a plane.
    public var meeting: BeamMeeting?
    /// Millimetres.
    public var perpendicularDistance: Double?
    /// The rotation nearest the base, and its setting in degrees; nil when nothing turns the panel.
    public var swing: (axis: AxisID, angle: Double)?
    /// nil without plane, size or wavelength.
    public var resolution: ResolutionLimits?
    /// The beam meets the face of the panel.
    public var isBeamOnFace: Bool
    /// What all of this is computed from.
    public var origin: Origin

    /// Where the beam meets the panel, downstream or not.
    public var centre: BeamCentre? { meeting?.centre }

    init(
        _ panel: Panel, scan: String?, settings: FrameSettings, beam: Beam, graph: AxisGraph,
        faults: inout FaultCollector
    ) {
        self.scan = scan
        isBeamOnFace = false
        origin = .derived(scan.map { "axes and settings of scan '\($0)', first frame" } ?? "axes, all at 0")
        if case .success(.some(let axis)) = graph.swing(of: panel) { swing = (axis, settings[axis]) }
        guard let plane = faults.value(graph.plane(of: panel, settings: settings)) else { return }
        let meeting = plane.meeting(beam: beam.direction.value)
        self.plane = plane
        self.meeting = meeting
        perpendicularDistance = plane.perpendicularDistance
        guard let size = panel.size else { return }
        if case .hits(let centre) = meeting { isBeamOnFace = centre.isOnFace(size: size, origin: panel.pixelOrigin) }
        guard let wavelength = beam.representativeWavelength else { return }
        resolution = plane.resolution(
            size: size, origin: panel.pixelOrigin, beam: beam.direction.value, wavelength: wavelength)
    }
}

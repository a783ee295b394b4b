// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The panels of one frame: which of its pixels they are and where these stand.
public struct FramePanels: Sendable {
    /// One panel.
    public struct Part: Sendable {
        /// The pixels of the panel in the frame.
        public let area: Area
        /// Where they stand, millimetres; index (0, 0) is the first pixel of the area.
        public let plane: PanelPlane
        /// What the point (0, 0) is.
        public let origin: PixelOrigin
    }

    public let parts: [Part]
    /// Why the pixels are shown as they are stored and not where they stand; nil where they are placed.
    public let whyStored: String?

    /// - Parameters:
    ///   - settings: Those of the frame.
    ///   - size: Planes, and pixels along slow and fast, of the decoded frame.
    public init(
        of experiment: Experiment, _ graph: AxisGraph, settings: FrameSettings, planes: Int, slow: Int, fast: Int
    ) {
        switch Self.placed(experiment, graph, settings, whole: Area(planes: 0..<planes, slow: 0..<slow, fast: 0..<fast))
        {
        case .success(let parts):
            self.parts = parts
            whyStored = nil
        case .failure(let reason):
            whyStored = reason.words
            let gap = planes > 1 ? max(2, slow / 50) : 0
            parts = (0..<planes).map { number in
                Part(
                    area: Area(planes: number..<(number + 1), slow: 0..<slow, fast: 0..<fast),
                    plane: PanelPlane(
                        origin: Vector3(0, -Double(number * (slow + gap)), 0), fast: .unitX, slow: -.unitY),
                    origin: .pixelCorner)
            }
        }
    }

    init(parts: [Part]) {
        self.parts = parts
        whyStored = nil
    }

    private struct Reason: Error { let words: String }

    private static func placed(
        _ experiment: Experiment, _ graph: AxisGraph, _ settings: FrameSettings, whole: Area
    ) -> Result<[Part], Reason> {
        guard experiment.detectors.count == 1, let panels = experiment.detectors.first?.panels, !panels.isEmpty else {
            return .failure(
                Reason(
                    words: experiment.detectors.count > 1
                        ? "the frames of \(experiment.detectors.count) detectors are not told apart"
                        : "nothing places the detector"))
        }
        var parts: [Part] = []
        let order = PlaneOrder(panels, planes: whole.planes.count)
        for (number, panel) in panels.enumerated() {
            let plane: PanelPlane
            switch graph.plane(of: panel, settings: settings) {
            case .success(let found): plane = found
            case .failure(let fault): return .failure(Reason(words: fault.sentence))
            }
            guard plane.normal != nil else { return .failure(Reason(words: "panel '\(panel.id)' has no plane")) }
            guard panel.dataStride?.value.allSatisfy({ $0 == 1 }) != false else {
                return .failure(Reason(words: "the pixels of panel '\(panel.id)' do not lie side by side"))
            }
            guard let area = order.area(of: panel, number, whole), whole.holds(area) else {
                return .failure(Reason(words: "the pixels of panel '\(panel.id)' are not those of the image"))
            }
            parts.append(Part(area: area, plane: plane, origin: panel.pixelOrigin))
        }
        return .success(parts)
    }
}

/// On which plane of a frame the pixels of each panel lie.
private struct PlaneOrder {
    /// Planes and panels of each array; imgCIF lays the arrays of a detector one over the other.
    private let planesPerArray: Int
    private let panelsPerArray: Int
    /// Panels of each plane, where their windows do not say on which plane they are; 0: they do not fit.
    private let perPlane: Int

    init(_ panels: [Panel], planes: Int) {
        let last =
            panels.map { panel -> Int in
                guard let (origin, size) = panel.window, origin.count == 3 else { return 0 }
                return origin[0].addingReportingOverflow(size[0]).partialValue
            }.max() ?? 0
        let arrays = last > 0 && planes % last == 0 ? planes / last : 1
        let isEven = panels.count % arrays == 0
        planesPerArray = isEven ? last : 0
        panelsPerArray = isEven ? panels.count / arrays : panels.count
        perPlane = planes > 0 && panels.count % planes == 0 ? panels.count / planes : 0
    }

    /// The pixels of a panel in the frame; nil where the source does not say and the sizes do not tell.
    func area(of panel: Panel, _ number: Int, _ whole: Area) -> Area? {
        if let (first, size) = panel.window {
            let ranges = zip(first, size).compactMap { start, length -> Range<Int>? in
                let (end, overflow) = start.addingReportingOverflow(length)
                return start >= 0 && length > 0 && !overflow ? start..<end : nil
            }
            guard ranges.count == first.count, let slow = ranges.dropLast().last, let fast = ranges.last else {
                return nil
            }
            if ranges.count == 3 {
                let (start, overflow) = ranges[0].lowerBound.addingReportingOverflow(
                    number / max(1, panelsPerArray) * planesPerArray)
                guard !overflow, start < Int.max, ranges[0].count == 1 else { return nil }
                return Area(planes: start..<(start + 1), slow: slow, fast: fast)
            }
            guard whole.planes.count == 1 || perPlane > 0 else { return nil }
            let plane = perPlane > 0 ? number / perPlane : 0
            return Area(planes: plane..<(plane + 1), slow: slow, fast: fast)
        }
        guard perPlane == 1, let size = panel.size, size.fast == whole.fast.count, size.slow == whole.slow.count else {
            return nil
        }
        return Area(planes: number..<(number + 1), slow: whole.slow, fast: whole.fast)
    }
}

extension Panel {
    /// The first element and the lengths of what it is of the stored array, slowest first; of imgCIF, whose sections fix an
    /// index above slow and fast by its first element alone, one plane.
    fileprivate var window: (first: [Int], size: [Int])? {
        if let first = dataOrigin?.value, let size = dataSize?.value {
            return first.count == size.count && (2...3).contains(first.count) ? (first, size) : nil
        }
        guard let firstElement, firstElement.count == 3, let size else { return nil }
        return (firstElement, [1, size.slow, size.fast])
    }
}

extension FramePanels.Part {
    /// Pixels along fast and slow.
    public var size: FastSlow<Int> { FastSlow(fast: area.fast.count, slow: area.slow.count) }

    /// The beam meets the face.
    public func holds(_ beam: Vector3) -> Bool {
        guard case .hits(let centre) = plane.meeting(beam: beam) else { return false }
        return centre.isOnFace(size: size, origin: origin)
    }
}

extension FramePanels {
    /// Where the beam meets the detector: on a panel, else on the plane of the panel that is nearest to it.
    public func meeting(beam: Vector3) -> (part: Part, centre: BeamCentre)? {
        let met = parts.compactMap { part -> (part: Part, centre: BeamCentre)? in
            guard case .hits(let centre) = part.plane.meeting(beam: beam) else { return nil }
            return (part, centre)
        }
        return met.first { $0.centre.isOnFace(size: $0.part.size, origin: $0.part.origin) }
            ?? met.min { $0.part.distance(to: $0.centre) < $1.part.distance(to: $1.centre) }
    }
}

extension FramePanels.Part {
    /// Pixels from the outline to a centre beyond it.
    fileprivate func distance(to centre: BeamCentre) -> Double {
        func excess(_ value: Double, _ count: Int) -> Double {
            max(0, origin.outlineStart - value, value - origin.outlineStart - Double(count))
        }
        return excess(centre.pixels.fast, size.fast) + excess(centre.pixels.slow, size.slow)
    }
}

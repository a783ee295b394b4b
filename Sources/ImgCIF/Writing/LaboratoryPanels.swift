// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// A panel as the description writes it: two surface axes below the axis that carries it.
struct DescribedPanel {
    /// Number of the array it belongs to, from 0.
    var array: Int
    /// Identifier of its section; nil when it is the whole array.
    var section: String?
    var size: FastSlow<Int>
    var fastAxis: String
    var slowAxis: String
    /// Millimetres.
    var steps: FastSlow<Double>
    /// Index of the first pixel in the array, slowest first, from 0; empty without a section.
    var start: [Int]
}

/// One array of pixels of a frame.
struct DescribedArray {
    var id: String
    var element: String
    var detector: String
    /// Pixels, fastest first.
    var dimensions: [Int]
}

/// Panels of an experiment in the imgCIF laboratory, each on fresh surface axes with half a step of displacement.
///
/// The offset of the fast axis takes back what the displacement adds, so that position (0, 0) stays where it was, or
/// goes to the centre of the first pixel when that is asked for.
struct LaboratoryPanels {
    private(set) var panels: [DescribedPanel] = []
    private(set) var arrays: [DescribedArray] = []
    private let experiment: Experiment
    private let graph: AxisGraph
    private let choice: DescriptionRequest.PixelOriginChoice

    init(
        _ experiment: Experiment, graph: AxisGraph, choice: DescriptionRequest.PixelOriginChoice,
        axes: inout LaboratoryAxes
    ) throws(DescriptionFault) {
        self.experiment = experiment
        self.graph = graph
        self.choice = choice
        for detector in experiment.detectors {
            let detectorID = detector.id.hasPrefix("/") ? AxisID(detector.id).name : detector.id
            var arrayOfKey: [String: Int] = [:]
            for panel in detector.panels {
                let key = Self.arrayKey(panel, in: detector, experiment.frame)
                if arrayOfKey[key] == nil {
                    arrayOfKey[key] = arrays.count
                    let number = arrays.count + 1
                    arrays.append(
                        DescribedArray(
                            id: "ARRAY\(number)", element: "ELEMENT\(number)", detector: CIFText.code(detectorID),
                            dimensions: []))
                }
                try add(panel, array: arrayOfKey[key] ?? 0, axes: &axes)
            }
        }
        setDimensions()
    }

    /// Panels with one key are parts of one array: the sections of an imgCIF array, the modules of an NXdetector.
    private static func arrayKey(_ panel: Panel, in detector: Detector, _ frame: FrameOfReference) -> String {
        guard panel.dataOrigin != nil else { return "panel " + panel.id }
        guard frame == .imgCIF, let slash = panel.id.firstIndex(of: "/") else { return "detector " + detector.id }
        return "array " + panel.id[..<slash]
    }

    private mutating func add(_ panel: Panel, array: Int, axes: inout LaboratoryAxes) throws(DescriptionFault) {
        guard let size = panel.size else { throw .unplaced(panel: panel.id, reason: "its size is not known") }
        let carrier = try Self.carrier(of: panel, graph)
        let local = try localPlane(of: panel, carrier: carrier)
        var plane = PanelPlane(
            origin: axes.rotation * local.origin, fast: axes.rotation * local.fast, slow: axes.rotation * local.slow)
        if choice == .centre, panel.pixelOrigin != .pixelCentre { plane = plane.moved(byPixels: 0.5) }
        let steps = FastSlow(
            fast: plane.steps.fast.cleared(to: 13), slow: plane.steps.slow.cleared(to: 13))
        guard let fast = plane.fast.normalised, let slow = plane.slow.normalised else {
            throw .unplaced(panel: panel.id, reason: "a pixel has no size")
        }
        let number = panels.count + 1
        let suffix = experiment.detectors.map(\.panels.count).reduce(0, +) > 1 ? "_\(number)" : ""
        let fastName = axes.newName("pixel_fast" + suffix)
        let slowName = axes.newName("pixel_slow" + suffix)
        let corner = plane.origin - 0.5 * plane.fast - 0.5 * plane.slow
        func axis(_ id: String, _ vector: Vector3, _ offset: Vector3, on outer: String?) -> DescribedAxis {
            DescribedAxis(
                id: id, motion: "translation", equipment: "detector", dependsOn: outer,
                vector: vector.cleared(to: 15), offset: offset.cleared(to: 12))
        }
        axes.append(axis(fastName, fast, corner, on: carrier.flatMap { axes.name($0) }))
        axes.append(axis(slowName, slow, .zero, on: fastName))
        panels.append(
            DescribedPanel(
                array: array, section: "SECTION\(number)", size: size, fastAxis: fastName, slowAxis: slowName,
                steps: steps, start: panel.dataOrigin?.value ?? []))
    }

    /// The axis that carries a panel; `module_offset` of NeXus is part of the face and left out.
    static func carrier(of panel: Panel, _ graph: AxisGraph) throws(DescriptionFault) -> AxisID? {
        switch graph.carrier(of: panel) {
        case .success(let carrier):
            guard case .module = panel.placement, let carrier, carrier.name == "module_offset",
                let axis = graph[carrier], axis.motion.value == .translation
            else { return carrier }
            return axis.dependsOn.value
        case .failure(let fault): throw .unplaced(panel: panel.id, reason: fault.sentence)
        }
    }

    /// The plane in coordinates of its carrier, with every other axis at zero.
    private func localPlane(of panel: Panel, carrier: AxisID?) throws(DescriptionFault) -> PanelPlane {
        var settings = FrameSettings()
        if case .success(.some(let base)) = graph.carrier(of: panel), base != carrier {
            settings = settings.setting(base, to: experiment.scans.first?.setting(of: base, frame: 0) ?? 0)
        }
        let outer: Transform
        switch graph.transform(from: carrier, settings: settings) {
        case .success(let transform): outer = transform
        case .failure(let fault): throw .unplaced(panel: panel.id, reason: fault.sentence)
        }
        switch graph.plane(of: panel, settings: settings) {
        case .success(let plane): return plane.moved(by: outer.inverse)
        case .failure(let fault): throw .unplaced(panel: panel.id, reason: fault.sentence)
        }
    }

    /// Dimensions of each array: those of an only panel, or what the sections span.
    private mutating func setDimensions() {
        for index in arrays.indices {
            let own = panels.indices.filter { panels[$0].array == index }
            guard let first = own.first else { continue }
            let rank = own.map { panels[$0].start.count }.max() ?? 0
            if own.count == 1, panels[first].start.allSatisfy({ $0 == 0 }), rank <= 2 {
                arrays[index].dimensions = [panels[first].size.fast, panels[first].size.slow]
                panels[first].section = nil
                continue
            }
            var extent = [Int](repeating: 0, count: max(2, rank))
            for panel in own {
                let start = Array(panels[panel].start.reversed())
                let size = [panels[panel].size.fast, panels[panel].size.slow]
                for dimension in extent.indices {
                    let first = dimension < start.count ? start[dimension] : 0
                    let length = dimension < 2 ? size[dimension] : 1
                    let (end, overflow) = first.addingReportingOverflow(length)
                    extent[dimension] = max(extent[dimension], overflow ? 0 : end)
                }
            }
            arrays[index].dimensions = extent
        }
        guard arrays.count == 1, let shape = experiment.imageData?.value.shape, shape.count >= 2 else { return }
        let whole = Array(shape.reversed().prefix(arrays[0].dimensions.count))
        if whole.count == arrays[0].dimensions.count, zip(whole, arrays[0].dimensions).allSatisfy({ $0 >= $1 }),
            panels.contains(where: { $0.section != nil })
        {
            arrays[0].dimensions = whole
        }
    }
}

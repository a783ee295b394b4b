// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why a panel has no plane at some settings.
public enum PlacementFault: Error, Sendable, Hashable {
    /// The source does not place the panel; the sentence of the reader.
    case notPlaced(String)
    case chain(ChainFault)
    /// An axis of the pixel indices is no translation: the panel is not flat or not regular.
    case surfaceAxisTurns(AxisID)
    /// The two pixel axes start from different points; millimetres.
    case originsDisagree(fast: AxisID, slow: AxisID, distance: Double)
    /// The index of an axis runs backwards and the number of pixels is not given.
    case sizeUnknown(AxisID)
    /// The two pixel axes hang on different axes, or another axis stands between them.
    case pixelAxesApart(fast: AxisID, slow: AxisID)
    /// A step, a displacement or a position is not a finite number.
    case notFinite

    /// Why the panel has no place, as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .notPlaced(let why): why
        case .chain(let fault): fault.sentence
        case .surfaceAxisTurns(let axis): "pixel axis '\(axis)' is not a translation"
        case .originsDisagree(let fast, let slow, let distance):
            "pixel axes '\(fast)' and '\(slow)' start \(distance) mm apart"
        case .sizeUnknown(let axis): "pixel axis '\(axis)' runs backwards and the number of pixels is not given"
        case .pixelAxesApart(let fast, let slow): "pixel axes '\(fast)' and '\(slow)' do not hang on one axis"
        case .notFinite: "a number that places the panel is not finite"
        }
    }
}

extension AxisGraph {
    /// The greatest distance between the starts of two pixel axes that passes as one point, millimetres.
    public static let originTolerance = 1e-6

    /// The plane of a panel at given settings, millimetres in the frame of the experiment.
    ///
    /// - Parameter settings: Those of a frame of a scan; settings of pixel axes come from the panel itself.
    /// - Source: imgCIF ARRAY_STRUCTURE_LIST_AXIS and AXIS; NXmx NXdetector_module; geometry.md section 6.
    public func plane(of panel: Panel, settings: FrameSettings) -> Result<PanelPlane, PlacementFault> {
        let plane: Result<PanelPlane, PlacementFault>
        switch panel.placement {
        case nil: plane = .failure(.notPlaced(panel.placementFault ?? "nothing places panel '\(panel.id)'"))
        case .fixed(let given): plane = .success(given)
        case .surface(let axes): plane = self.plane(onSurface: axes, size: panel.size, settings: settings)
        case .module(let base, let fast, let slow, let steps):
            plane = self.plane(ofModule: Module(base: base, fast: fast, slow: slow, steps: steps), settings: settings)
        }
        return plane.flatMap { $0.isFinite ? .success($0) : .failure(.notFinite) }
    }

    /// The axis whose chain carries the panel: the axes outside it move the panel as a whole; nil for the laboratory.
    public func carrier(of panel: Panel) -> Result<AxisID?, PlacementFault> {
        switch panel.placement {
        case nil: return .failure(.notPlaced(panel.placementFault ?? "nothing places panel '\(panel.id)'"))
        case .fixed: return .success(nil)
        case .module(let base, let fast, let slow, _):
            return .success(base ?? [fast, slow].compactMap(\.dependsOn.value).first { index(of: $0) != nil })
        case .surface(let axes): return carrier(ofSurface: axes)
        }
    }

    /// The swing of a panel: the rotation nearest the base of its chain; nil when nothing turns it.
    ///
    /// - Source: imgcif.md 9.4.
    public func swing(of panel: Panel) -> Result<AxisID?, PlacementFault> {
        let inner: Result<AxisID?, PlacementFault>
        if case .surface(let axes) = panel.placement {
            inner = .success(axes.fast.axis)
        } else {
            inner = carrier(of: panel)
        }
        return inner.flatMap { inner in
            guard let inner else { return .success(nil) }
            return outermostRotation(from: inner).mapError(PlacementFault.chain)
        }
    }

    /// The same settings with the swing of a panel put to 0.
    public func settings(_ settings: FrameSettings, withoutSwingOf panel: Panel) -> FrameSettings {
        guard case .success(.some(let swing)) = swing(of: panel) else { return settings }
        return settings.setting(swing, to: 0)
    }
}

extension PanelPlane {
    /// Every number is finite.
    public var isFinite: Bool { origin.isFinite && fast.isFinite && slow.isFinite }

    /// Unit vector at right angles to the plane, fast × slow; nil when the two are parallel or 0.
    public var normal: Vector3? { fast.cross(slow).normalised }

    /// Length of a step along fast and slow, millimetres.
    public var steps: FastSlow<Double> { FastSlow(fast: fast.length, slow: slow.length) }

    /// The same plane counted from another origin of the pixel (0, 0).
    ///
    /// - Parameter pixels: Added to the index that becomes (0, 0), along fast and along slow.
    public func moved(byPixels pixels: Double) -> PanelPlane {
        PanelPlane(origin: position(fast: pixels, slow: pixels), fast: fast, slow: slow)
    }

    /// The same plane after a motion.
    public func moved(by transform: Transform) -> PanelPlane {
        PanelPlane(origin: transform * origin, fast: transform.rotation * fast, slow: transform.rotation * slow)
    }
}

extension PixelOrigin {
    /// Where the outer corner of the first pixel stands, in pixels: 0, or -0.5 when index 0 is the centre.
    public var outlineStart: Double { self == .pixelCentre ? -0.5 : 0 }

    /// Where the centre of the first pixel stands, in pixels: 0.5, or 0 when index 0 is the centre.
    public var firstCentre: Double { outlineStart + 0.5 }
}

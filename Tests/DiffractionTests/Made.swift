// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import TestSupport

/// Axes and vectors from a seed; tests print the seed with what fails.
extension SeededNumbers {
    /// A vector with a direction.
    mutating func direction() -> Vector3 {
        while true {
            let v = Vector3(
                .random(in: -1...1, using: &self), .random(in: -1...1, using: &self),
                .random(in: -1...1, using: &self))
            if v.length > 0.1, let unit = v.normalised { return unit }
        }
    }

    /// An offset of some hundred millimetres.
    mutating func offset() -> Vector3 { Double.random(in: 0...300, using: &self) * direction() }

    /// A chain of rotations and translations with settings: `a0` at the base, the last axis innermost.
    mutating func chain(length: Int, translationsOfNeXus: Bool = false) -> (axes: [Axis], settings: FrameSettings) {
        var axes: [Axis] = []
        var settings = FrameSettings()
        for n in 0..<length {
            let turns = Bool.random(using: &self)
            var axis = Axis.made("a\(n)", turns ? .rotation : .translation, direction(), on: n == 0 ? nil : "a\(n - 1)")
            axis.offset.value = offset()
            axis.usesVectorAsWritten = translationsOfNeXus && !turns
            settings.values[axis.id] = Double.random(in: -720...720, using: &self)
            axes.append(axis)
        }
        return (axes, settings)
    }

    /// A panel before the sample or behind it, at any tilt, with pixels that need not be square or at right angles.
    mutating func plane() -> PanelPlane {
        let fast = 0.1 * direction()
        let slow = 0.2 * direction()
        return PanelPlane(origin: offset(), fast: fast, slow: slow)
    }
}

extension Axis {
    /// An axis in few words; the equipment is the detector.
    static func made(
        _ id: String, _ motion: AxisMotion, _ vector: Vector3, on outer: String? = nil, offset: Vector3 = .zero
    ) -> Axis {
        let here = Origin.stated(.file)
        return Axis(
            id: AxisID(id), motion: Sourced(motion, here), equipment: Sourced(.detector, here),
            dependsOn: Sourced(outer.map { AxisID($0) }, here), vector: Sourced(vector, here),
            offset: Sourced(offset, here), place: .file)
    }
}

extension Experiment {
    /// An experiment of axes alone.
    static func made(
        _ axes: [Axis], frame: FrameOfReference = .imgCIF, beam: Vector3? = nil, gravity: Vector3 = Vector3(0, -1, 0)
    ) -> Experiment {
        let along = beam ?? (frame == .mcStas ? .unitZ : Vector3(0, 0, -1))
        return Experiment(
            id: "made", frame: frame, beam: Beam(direction: Sourced(along, .stated(.file))),
            gravity: Sourced(gravity, .stated(.file)), axes: axes, place: .file)
    }
}

extension Panel {
    /// A panel with an axis for each index.
    static func surface(_ fast: SurfaceAxis, _ slow: SurfaceAxis, size: FastSlow<Int>? = nil) -> Panel {
        Panel(
            id: "panel", size: size, placement: .surface(FastSlow(fast: fast, slow: slow)), pixelOrigin: .pixelCentre,
            pixelOriginBasis: .dictionary, place: .file)
    }

    /// A panel of NXmx with steps in millimetres.
    static func module(base: String?, fast: Axis, slow: Axis, steps: FastSlow<Double>) -> Panel {
        let sourced = FastSlow(fast: Sourced(steps.fast, .stated(.file)), slow: Sourced(steps.slow, .stated(.file)))
        return Panel(
            id: "module", size: nil,
            placement: .module(base: base.map { AxisID($0) }, fast: fast, slow: slow, steps: sourced),
            pixelOrigin: .pixelCorner, pixelOriginBasis: .practice, place: .file)
    }
}

extension SurfaceAxis {
    static func made(_ id: String, displacement: Double = 0, increment: Double, isDecreasing: Bool = false)
        -> SurfaceAxis
    {
        SurfaceAxis(
            axis: AxisID(id), displacement: Sourced(displacement, .stated(.file)),
            increment: Sourced(increment, .stated(.file)), isDecreasing: isDecreasing)
    }
}

extension FastSlow where Value == Double {
    /// The greater of the two differences.
    func difference(from fast: Double, _ slow: Double) -> Double {
        max((self.fast - fast).magnitude, (self.slow - slow).magnitude)
    }
}

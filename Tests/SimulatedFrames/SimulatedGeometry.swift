// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// How a simulated experiment is built: twenty kinds of geometry, and what any of them can be changed into.
public struct SimulatedGeometry: Sendable {
    /// Ångströms and millimetres.
    public var wavelength = 1.0
    public var distance = 100.0
    /// Pixels along fast and slow of the whole detector, and the side of a pixel in millimetres.
    public var size = FastSlow(fast: 384, slow: 384)
    public var pixel = 0.2
    /// Where the beam meets the detector with swing and tilt at 0; corner of the first pixel is (0, 0).
    public var centre = FastSlow(fast: 190.0, slow: 195.0)
    /// Degrees: swing about X, tilt about Y, turn of the detector about the beam.
    public var swing = 0.0
    public var tilt = 0.0
    public var turn = 0.0
    /// The face is seen from behind: fast, slow and the beam make the other hand.
    public var isMirrored = false
    /// Panels along fast and slow with pixels between them that are none.
    public var panels = FastSlow(fast: 1, slow: 1)
    public var gap = 0
    /// Degrees: kappa and phi stand here while omega turns; kappa is 50 degrees from omega.
    public var kappa = 0.0
    public var phi = 0.0
    public var omegaAxis = Vector3(1, 0, 0)
    public var start = 0.0
    /// Degrees of a frame; below 0 the scan runs back.
    public var step = 1.0
    public var frames = 360
    /// Orthogonal cell, ångströms, and its orientation by three angles in degrees.
    public var cell = Vector3(31, 39, 47)
    public var orientation = Vector3(10, 20, 30)
    public var frame = FrameOfReference.imgCIF

    public init() {}

    /// Geometry `number` of twenty.
    public static func numbered(_ number: Int) -> SimulatedGeometry {
        var geometry = SimulatedGeometry()
        var numbers = SeededNumbers(UInt64(number) + 77)
        func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * numbers.unit() }
        geometry.wavelength = between(0.75, 1.25)
        geometry.distance = between(85, 140)
        geometry.centre = FastSlow(fast: between(150, 235), slow: between(150, 235))
        geometry.orientation = Vector3(between(0, 360), between(0, 360), between(0, 360))
        geometry.cell = Vector3(between(27, 34), between(35, 42), between(43, 52))
        geometry.start = between(-180, 180)
        geometry.turn = Double(number % 4) * 90
        if number % 3 == 1 { geometry.step = -1 }
        if number % 5 == 1 { geometry.swing = between(-18, 18) }
        if number % 5 == 2 { geometry.tilt = between(-8, 8) }
        if number % 5 == 3 {
            geometry.kappa = between(-60, 60)
            geometry.phi = between(-90, 90)
        }
        if number % 4 == 2 {
            geometry.panels = FastSlow(fast: 2, slow: 3)
            geometry.gap = 8
        }
        if number % 7 == 3 { geometry.omegaAxis = Vector3(0, -1, 0) }
        if number % 7 == 5 { geometry.omegaAxis = Vector3(-1, 0, 0) }
        if number % 6 == 5 { geometry.isMirrored = true }
        return geometry
    }

    // MARK: The description

    /// The model that describes it.
    public var experiment: Experiment {
        let why = Origin.derived("simulated")
        var beam = Beam(direction: Sourced(Vector3(0, 0, -1), why))
        beam.wavelengths = Sourced([wavelength], why)
        var experiment = Experiment(
            id: "simulated", frame: frame, beam: beam, gravity: Sourced(Vector3(0, -1, 0), why), place: .file)
        func axis(
            _ id: String, _ motion: AxisMotion, _ equipment: Equipment, _ vector: Vector3, on outer: String?
        ) -> Axis {
            Axis(
                id: AxisID(id), motion: Sourced(motion, why), equipment: Sourced(equipment, why),
                dependsOn: Sourced(outer.map { AxisID($0) }, why), vector: Sourced(vector, why),
                offset: Sourced(.zero, why), place: .file)
        }
        let across = omegaAxis.cross(Vector3(0, 0, -1)).normalised ?? .unitY
        let (s, c) = Trigonometry.sineAndCosine(degrees: 50)
        let (ts, tc) = Trigonometry.sineAndCosine(degrees: turn)
        let fast = Vector3(tc, ts, 0)
        let slow = Vector3(ts, -tc, 0)
        experiment.axes = [
            axis("omega", .rotation, .goniometer, omegaAxis, on: nil),
            axis("kappa", .rotation, .goniometer, c * omegaAxis + s * across, on: "omega"),
            axis("phi", .rotation, .goniometer, omegaAxis, on: "kappa"),
            axis("two_theta", .rotation, .detector, Vector3(1, 0, 0), on: nil),
            axis("trans", .translation, .detector, Vector3(0, 0, -1), on: "two_theta"),
            axis("tilt", .rotation, .detector, Vector3(0, 1, 0), on: "trans"),
            axis("slow", .translation, .detector, slow, on: "tilt"),
            axis("fast", .translation, .detector, isMirrored ? -fast : fast, on: "slow"),
        ]
        experiment.goniometer = Goniometer(
            sampleAxis: Sourced(AxisID("phi"), why), axes: ["omega", "kappa", "phi"].map { AxisID($0) }, place: .file)
        var detector = Detector(
            id: "detector", axes: ["two_theta", "trans", "tilt"].map { AxisID($0) }, place: .file)
        detector.panels = windows.enumerated().map { number, window in
            panel(number, window, why)
        }
        experiment.detectors = [detector]
        let settings: [(String, SettingSeries)] = [
            ("omega", .uniform(start: start, step: step, increment: step)), ("kappa", .constant(kappa)),
            ("phi", .constant(phi)), ("two_theta", .constant(swing)), ("trans", .constant(distance)),
            ("tilt", .constant(tilt)),
        ]
        experiment.scans = [
            Scan(
                id: "SCAN1", frameCount: Sourced(frames, why),
                axes: settings.map { ScanAxis(axis: AxisID($0.0), settings: $0.1, place: .file) }, place: .file)
        ]
        return experiment
    }

    /// Pixels of the panels in the frame.
    var windows: [Area] {
        func ranges(_ length: Int, _ count: Int) -> [Range<Int>] {
            let each = (length - (count - 1) * gap) / count
            return (0..<count).map { ($0 * (each + gap))..<($0 * (each + gap) + each) }
        }
        return ranges(size.slow, panels.slow).flatMap { slow in
            ranges(size.fast, panels.fast).map { Area(slow: slow, fast: $0) }
        }
    }

    private func panel(_ number: Int, _ window: Area, _ why: Origin) -> Panel {
        func surface(_ id: String, _ first: Int, _ centre: Double) -> SurfaceAxis {
            SurfaceAxis(
                axis: AxisID(id), displacement: Sourced((Double(first) - centre) * pixel, why),
                increment: Sourced(pixel, why))
        }
        return Panel(
            id: "panel\(number)", size: FastSlow(fast: window.fast.count, slow: window.slow.count),
            placement: .surface(
                FastSlow(
                    fast: surface("fast", window.fast.lowerBound, centre.fast),
                    slow: surface("slow", window.slow.lowerBound, centre.slow))),
            pixelOrigin: .pixelCorner, pixelOriginBasis: .dictionary,
            dataOrigin: Sourced([window.slow.lowerBound, window.fast.lowerBound], why),
            dataSize: Sourced([window.slow.count, window.fast.count], why), place: .file)
    }
}

/// What a description can have wrong.
public enum PlantedFault: Sendable, CaseIterable {
    case beamMoved, rotationReversed, exchanged
    /// Mirrored on the plane through the rotation axis, and on the plane across it.
    case mirrored, mirroredAlong
}

extension Experiment {
    /// The same description with a fault; the pixels stay as they are.
    public func with(_ fault: PlantedFault, pixel: Double = 0.2) -> Experiment {
        var experiment = self
        func change(_ id: String, _ body: (inout Axis) -> Void) {
            for index in experiment.axes.indices where experiment.axes[index].id.text == id {
                body(&experiment.axes[index])
            }
        }
        switch fault {
        case .rotationReversed: change("omega") { $0.vector.value = -$0.vector.value }
        case .mirrored, .mirroredAlong:
            let spindle = axes.first { $0.id.text == "omega" }?.vector.value ?? .unitX
            let fast = axes.first { $0.id.text == "fast" }?.vector.value ?? .unitX
            let isFast = (fast.dot(spindle).magnitude < 0.5) == (fault == .mirrored)
            change(isFast ? "fast" : "slow") { $0.vector.value = -$0.vector.value }
        case .exchanged:
            let vectors = ["fast", "slow"].map { id in
                experiment.axes.first { $0.id.text == id }?.vector.value ?? .unitX
            }
            change("fast") { $0.vector.value = vectors[1] }
            change("slow") { $0.vector.value = vectors[0] }
        case .beamMoved:
            // By 5 pixels: 3 along fast and 4 along slow.
            for index in experiment.detectors[0].panels.indices {
                guard case .surface(var axes) = experiment.detectors[0].panels[index].placement else { continue }
                axes.fast.displacement.value -= 3 * pixel
                axes.slow.displacement.value += 4 * pixel
                experiment.detectors[0].panels[index].placement = .surface(axes)
            }
        }
        return experiment
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Experiment {
    /// The same experiment with axes for panels that are placed outright (miniCBF, SMV, experiment lists).
    ///
    /// The distance becomes the setting of a translation along the beam and, when the normal of the face has no X, the
    /// swing that of a rotation about X below it. No pixel moves. Panels that hang on axes already stay as they are.
    /// - Parameter withSwing: The rotation is there even when it stands at 0, for scans that are to be put together.
    /// - Source: imgcif.md section 13.
    public func withDetectorAxes(withSwing: Bool = false) -> Experiment {
        guard detectors.contains(where: { $0.panels.contains { $0.fixedPlane != nil } }) else { return self }
        var experiment = self
        var taken = Set(axes.map(\.id.text))
        for detector in detectors.indices {
            guard let plane = detectors[detector].panels.lazy.compactMap(\.fixedPlane).first else { continue }
            var mount = DetectorMount(plane: plane, beam: beam.direction.value)
            if withSwing, mount.canSwing, mount.swing == nil { mount.swing = 0 }
            experiment.hang(detector, on: mount, naming: &taken)
        }
        return experiment
    }

    /// A panel that is placed outright stands at an angle that a swing gives.
    var hasSwungFace: Bool {
        detectors.lazy.flatMap(\.panels).compactMap(\.fixedPlane).contains {
            DetectorMount(plane: $0, beam: beam.direction.value).swing != nil
        }
    }

    private mutating func hang(_ index: Int, on mount: DetectorMount, naming taken: inout Set<String>) {
        func name(_ wanted: String) -> AxisID {
            var text = wanted
            var number = 2
            while !taken.insert(text).inserted {
                text = "\(wanted)_\(number)"
                number += 1
            }
            return AxisID(text)
        }
        let place = detectors[index].place
        let why = Origin.derived("a detector axis for a panel that the source places without axes")
        func axis(_ id: AxisID, _ motion: AxisMotion, _ vector: Vector3, _ offset: Vector3, on outer: AxisID?) -> Axis {
            Axis(
                id: id, motion: Sourced(motion, why), equipment: Sourced(.detector, why),
                dependsOn: Sourced(outer, why), vector: Sourced(vector, why), offset: Sourced(offset, why),
                place: place)
        }
        var settings: [(AxisID, Double)] = []
        var base: AxisID?
        if let swing = mount.swing {
            let id = name("two_theta")
            axes.append(axis(id, .rotation, .unitX, .zero, on: nil))
            settings.append((id, swing))
            base = id
        }
        let distance = name("detector_distance")
        axes.append(axis(distance, .translation, mount.direction, .zero, on: base))
        settings.append((distance, mount.distance))
        detectors[index].axes = [base, distance].compactMap { $0 }
        for panel in detectors[index].panels.indices {
            guard let plane = detectors[index].panels[panel].fixedPlane?.moved(by: mount.toFace),
                let fast = plane.fast.normalised, let slow = plane.slow.normalised
            else { continue }
            let suffix = detectors[index].panels.count > 1 ? "_\(panel + 1)" : ""
            let (fastID, slowID) = (name("pixel_fast" + suffix), name("pixel_slow" + suffix))
            axes.append(axis(fastID, .translation, fast, plane.origin, on: distance))
            axes.append(axis(slowID, .translation, slow, .zero, on: fastID))
            func surface(_ id: AxisID, _ step: Double) -> SurfaceAxis {
                SurfaceAxis(axis: id, displacement: Sourced(0, why), increment: Sourced(step, why))
            }
            let steps = plane.steps
            detectors[index].panels[panel].placement = .surface(
                FastSlow(fast: surface(fastID, steps.fast), slow: surface(slowID, steps.slow)))
        }
        for scan in scans.indices {
            scans[scan].axes += settings.map { id, value in
                ScanAxis(axis: id, settings: .constant(value), place: place)
            }
        }
    }
}

extension Panel {
    /// The plane of a panel that is placed without axes.
    var fixedPlane: PanelPlane? {
        if case .fixed(let plane) = placement { return plane }
        return nil
    }
}

/// A translation, below a rotation where there is a swing, that carries a plane.
private struct DetectorMount {
    /// Degrees about X; nil without one.
    var swing: Double?
    /// The face stands as one on a swing about X does, at 0 or at an angle.
    var canSwing = false
    /// Millimetres along `direction`.
    var distance: Double
    /// Of the translation, at zero swing.
    var direction: Vector3
    /// From the laboratory to what the translation carries.
    var toFace: Transform

    init(plane: PanelPlane, beam: Vector3) {
        direction = beam.normalised ?? Vector3(0, 0, -1)
        var turn = Transform.identity
        // A face whose normal has no X is that of a swing about X: it takes (0, 0, -1) to (0, sin, -cos).
        if let face = plane.normal, abs(face.x) < 1e-9, direction == Vector3(0, 0, -1) {
            canSwing = true
            let away = face.dot(plane.origin) < 0 ? -face : face
            let angle = away.angle(to: direction)
            let signed = away.y < 0 ? -angle : angle
            if angle > 1e-9, angle < 179, let rotation = Matrix3.rotation(about: .unitX, degrees: signed) {
                swing = signed.cleared(to: 11)
                turn = Transform(rotation: rotation)
            }
        }
        let flat = plane.moved(by: turn.inverse)
        let along = flat.meeting(beam: direction).centre?.distance ?? flat.perpendicularDistance ?? 0
        distance = along.cleared(to: 12)
        toFace = Transform(translation: -(distance * direction)) * turn.inverse
    }

}

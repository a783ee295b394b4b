// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import RuleEngine

/// An experiment beside the entry of the instrument library for its detector.
struct InstrumentSight {
    let entry: InstrumentLibrary.Entry
    let sighting: Sighting
    /// Unit vectors of the pixels at zero swing, in the frame of the experiment.
    let fast: Vector3
    let slow: Vector3
    /// Towards the source.
    let toSource: Vector3

    /// - Returns: nil where nothing is compared; the reason stands in `verdicts`.
    init?(_ view: ExperimentView, _ verdicts: inout Verdicts) {
        guard let beam = view.experiment.beam.direction.value.normalised, !view.isBeamAstray,
            let sighting = view.firstSightings.first
        else { return nil }
        guard let entry = view.libraryEntry(for: sighting) else {
            verdicts.notChecked(.absent("no entry of the instrument library is for this detector or beamline"))
            return nil
        }
        guard verdicts.areSound(verdicts.subjects(of: [sighting])),
            let plane = try? sighting.planeWithoutSwing.get(), let fast = plane.fast.normalised,
            let slow = plane.slow.normalised
        else { return nil }
        self.entry = entry
        self.sighting = sighting
        self.fast = fast
        self.slow = slow
        toSource = -beam
    }

    /// A direction by the pixels: along fast, against slow, towards the source.
    func byPixels(_ direction: Vector3) -> Vector3 {
        Vector3(direction.dot(fast), -direction.dot(slow), direction.dot(toSource))
    }

    /// The same of a direction of the entry.
    func expected(_ direction: Vector3) -> Vector3 {
        Vector3(direction.dot(entry.fast), -direction.dot(entry.slow), direction.dot(.unitZ))
    }

    /// The order of fast, slow and the way to the source is that of a picture as the source sees it.
    static func isMirrored(_ fast: Vector3, _ slow: Vector3, _ toSource: Vector3) -> Bool {
        fast.cross(slow).dot(toSource) > 0
    }

    /// The corner of the first pixel as seen from the source; nil where gravity does not tell it.
    static func corner(_ fast: Vector3, _ slow: Vector3, _ toSource: Vector3, gravity: Vector3) -> String? {
        let beam = -toSource
        guard abs(gravity.dot(beam)) < 0.1, let down = gravity.normalised else { return nil }
        let right = beam.cross(-down)
        let (across, along) = ((fast + slow).dot(right), (fast + slow).dot(down))
        guard abs(across) > 0.5, abs(along) > 0.5 else { return nil }
        return (along > 0 ? "top " : "bottom ") + (across > 0 ? "left" : "right")
    }
}

extension InstrumentSight {
    /// What of the detector is found in the data, and what the library has.
    typealias Difference = (feature: String, found: String, expected: String)

    /// How order or corner of the pixels differ.
    func orientation(in view: ExperimentView) -> Difference? {
        guard entry.hasDetector else { return nil }
        func order(_ isMirrored: Bool) -> String { isMirrored ? "mirrored" : "that of the view from the source" }
        let found = Self.isMirrored(fast, slow, toSource)
        let expected = Self.isMirrored(entry.fast, entry.slow, .unitZ)
        if found != expected { return ("order of pixels", order(found), order(expected)) }
        guard let down = Self.gravity(view), let libraryDown = entry.gravity,
            let own = Self.corner(fast, slow, toSource, gravity: down),
            let theirs = Self.corner(entry.fast, entry.slow, .unitZ, gravity: libraryDown), own != theirs
        else { return nil }
        return ("corner of the first pixel", own, theirs)
    }

    /// How the sense of the swing differs, where the orientation does not.
    func swing(in view: ExperimentView) -> Difference? {
        guard let expected = entry.swing.map(expected), let id = sighting.swing, let axis = view.graph[id],
            case .success(let direction) = view.graph.direction(of: axis), let found = direction.normalised,
            byPixels(found).dot(expected) < -0.9
        else { return nil }
        return ("sense of the swing '\(id)'", found.words, "the opposite")
    }

    /// Down, where the file or its frame says it.
    private static func gravity(_ view: ExperimentView) -> Vector3? {
        let gravity = view.experiment.gravity
        if gravity.origin.place != nil { return gravity.value }
        return view.experiment.frame == .mcStas ? -.unitY : nil
    }
}

extension ExperimentView {
    fileprivate func libraryEntry(for sighting: Sighting) -> InstrumentLibrary.Entry? {
        let detector = sighting.detector
        // A detector of several panels has no one number of pixels.
        let isAlone = experiment.detectors.count == 1 && detector.panels.count == 1
        let make = block?.column("_diffrn_source.make").flatMap { $0.count > 0 ? $0.text(0) : nil }
        let sight = InstrumentLibrary.Sight(
            texts: [detector.id, detector.description?.value, detector.make?.value].compactMap(\.self),
            facility: experiment.identity.facility?.value, beamline: experiment.identity.beamline?.value,
            make: make, date: experiment.identity.startTime?.value, pixels: isAlone ? sighting.panel.size : nil)
        return library?.entry(for: sight)
    }
}

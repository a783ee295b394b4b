// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    /// One of two descriptions, with what brings it to the frame both are compared in.
    struct Side {
        let experiment: Experiment
        let graph: AxisGraph
        /// The identity when both are in one frame.
        let rotation: FrameRotation
        /// "first" or "second".
        let name: String

        func plane(_ panel: Panel, _ settings: FrameSettings) -> Result<PanelPlane, PlacementFault> {
            graph.plane(of: panel, settings: settings).map(rotation.toMcStas)
        }

        func orientation(_ settings: FrameSettings) -> Result<Transform, ChainFault> {
            graph.sampleTransform(of: experiment.goniometer, settings: settings).map(rotation.toMcStas)
        }
    }

    /// A frame that both descriptions have, of scans that belong together.
    struct Moment {
        /// The scan and the frame, counted from 1, for people.
        let text: String
        var edge = FrameMoment.start
        let first: FrameSettings
        let second: FrameSettings
    }

    mutating func compareGeometry(_ first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance) {
        let before = differences.count
        defer {
            if differences.count > before { nameGravity(first, second, tolerance: tolerance) }
        }
        guard let a = side(first, name: "first", beside: second), let b = side(second, name: "second", beside: first)
        else { return }
        let moments = Self.moments(first, second)
        for (d, e) in Self.pairs(first.detectors, second.detectors, id: \.id) {
            for (p, q) in Self.pairs(d.panels, e.panels, id: \.id) where !Self.areExchanged(p, q) {
                comparePanels((p, a), (q, b), moments: moments, tolerance: tolerance)
            }
        }
        compareOrientation(a, b, moments: moments + Self.ends(first, second), tolerance: tolerance)
    }

    /// Names the direction of gravity under which both agree, when one description leaves it open.
    private mutating func nameGravity(_ first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance) {
        guard first.frame != second.frame else { return }
        for isFirst in [true, false] {
            let open = isFirst ? first : second
            guard open.frame != .mcStas, open.gravity.origin.place == nil else { continue }
            for gravity in [Vector3(0, -1, 0), Vector3(0, 1, 0), Vector3(-1, 0, 0), Vector3(1, 0, 0)] {
                var tried = open
                tried.gravity = Sourced(gravity, .stated(open.place))
                let trial = Comparison(
                    geometryOf: isFirst ? tried : first, isFirst ? second : tried, tolerance: tolerance)
                guard trial.isSilent else { continue }
                note("with gravity \(gravity.components) in the \(isFirst ? "first" : "second") the geometries agree")
                return
            }
        }
    }

    /// Compares positions and orientations alone.
    private init(geometryOf first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance) {
        rounding = 0.01
        compareGeometry(first, second, tolerance: tolerance)
    }

    private mutating func side(_ experiment: Experiment, name: String, beside other: Experiment) -> Side? {
        let graph = experiment.axisGraph
        guard experiment.frame != other.frame else {
            return Side(experiment: experiment, graph: graph, rotation: .identity, name: name)
        }
        switch experiment.rotationToMcStas() {
        case .success(let rotation):
            if experiment.frame != .mcStas {
                note("the \(name) is brought from the \(experiment.frame.rawValue) frame to McStas")
                if case .assumed(let why) = experiment.gravity.origin { note("gravity of the \(name): \(why)") }
            }
            return Side(experiment: experiment, graph: graph, rotation: rotation, name: name)
        case .failure(let fault):
            cannotCompare("positions and orientations: in the \(name), \(fault.sentence)")
            return nil
        }
    }

    /// First and last frame of every scan; the axes at 0 without scans.
    private static func moments(_ first: Experiment, _ second: Experiment) -> [Moment] {
        let scans = pairs(first.scans, second.scans, id: \.id)
        guard !scans.isEmpty else {
            let settings = (first.scans.first?.settings(frame: 0), second.scans.first?.settings(frame: 0))
            return [
                Moment(text: "frame 1", first: settings.0 ?? FrameSettings(), second: settings.1 ?? FrameSettings())
            ]
        }
        return scans.flatMap { a, b -> [Moment] in
            let last = max(1, min(a.frameCount.value, b.frameCount.value)) - 1
            return (last == 0 ? [0] : [0, last]).map { k in
                Moment(
                    text: "frame \(k + 1) of scan '\(a.id)'", first: a.settings(frame: k), second: b.settings(frame: k))
            }
        }
    }

    /// The end of the last frame of every scan for which both descriptions give it: a sweep about another axis, or in the
    /// other sense, starts as its twin does.
    private static func ends(_ first: Experiment, _ second: Experiment) -> [Moment] {
        pairs(first.scans, second.scans, id: \.id).compactMap { a, b in
            let last = max(1, min(a.frameCount.value, b.frameCount.value)) - 1
            guard a.givesEnds(ofFrame: last), b.givesEnds(ofFrame: last) else { return nil }
            return Moment(
                text: "frame \(last + 1) of scan '\(a.id)'", edge: .end, first: a.settings(frame: last, at: .end),
                second: b.settings(frame: last, at: .end))
        }
    }

    /// Millimetres by which the sample may stand elsewhere; the sphere of confusion of a good goniometer is that wide.
    private static let sampleShift = 0.001

    private mutating func compareOrientation(
        _ a: Side, _ b: Side, moments: [Moment], tolerance: ComparisonTolerance
    ) {
        let goniometers = (a.experiment.goniometer, b.experiment.goniometer)
        guard let first = goniometers.0, let second = goniometers.1 else {
            for (goniometer, isInFirst) in [(goniometers.0, true), (goniometers.1, false)] {
                guard let goniometer else { continue }
                let names = goniometer.axes.map(\.name).joined(separator: ", ")
                oneSided.append(
                    OneSidedFact(
                        subject: "", fact: "goniometer", isInFirst: isInFirst,
                        value: ComparedValue(text: names, origin: .stated(goniometer.place))))
            }
            return
        }
        var worst: (amount: Double, text: String, matrices: (Matrix3, Matrix3))?
        var worstShift: (amount: Double, text: String, places: (Vector3, Vector3))?
        var settings = ApartSettings()
        for moment in moments {
            let results = (a.orientation(moment.first), b.orientation(moment.second))
            guard case .success(let r) = results.0, case .success(let s) = results.1 else {
                for (side, result) in [(a, results.0), (b, results.1)] {
                    if case .failure(let fault) = result {
                        cannotCompare("orientation of the sample: in the \(side.name), \(fault.sentence)")
                    }
                }
                return
            }
            let amount = r.rotation.greatestDifference(from: s.rotation)
            let shift = (r.translation - s.translation).length
            if !(amount <= tolerance.matrix) || !(shift <= Self.sampleShift) {
                settings.add(a, b, first, second, moment)
            }
            if !(shift <= max(worstShift?.amount ?? 0, Self.sampleShift)) {
                worstShift = (shift, moment.edge.words + moment.text, (r.translation, s.translation))
            }
            if !(amount <= worst?.amount ?? tolerance.matrix) {
                worst = (amount, moment.edge.words + moment.text, (r.rotation, s.rotation))
            }
        }
        guard worst != nil || worstShift != nil else { return }
        if !settings.differences.isEmpty, Self.areAlike(a, b, first, second) {
            differences += settings.differences
            return
        }
        // Where the sample lies otherwise, that moves it as well.
        if let worstShift, worst == nil {
            differences.append(
                Difference(
                    kind: .geometry, subject: "sample", fact: "position at the \(worstShift.text)",
                    first: ComparedValue(text: worstShift.places.0.components + " mm", origin: .stated(first.place)),
                    second: ComparedValue(text: worstShift.places.1.components + " mm", origin: .stated(second.place)),
                    amount: worstShift.amount, unit: "mm"))
        }
        guard let worst else { return }
        differences.append(
            Difference(
                kind: .geometry, subject: "sample", fact: "orientation at the \(worst.text)",
                first: ComparedValue(text: worst.matrices.0.text, origin: .stated(first.place)),
                second: ComparedValue(text: worst.matrices.1.text, origin: .stated(second.place)),
                amount: worst.amount, unit: nil))
    }
}

extension FrameMoment {
    fileprivate var words: String { self == .start ? "start of " : "end of " }
}

extension Scan {
    /// Every axis that moves has an end stated for the frame.
    fileprivate func givesEnds(ofFrame k: Int) -> Bool {
        axes.allSatisfy { $0.settings.end(ofFrame: k) != nil || $0.isStill }
    }
}

extension ScanAxis {
    fileprivate var isStill: Bool { settings.travel(frames: 2) == 0 }
}

extension Matrix3 {
    /// The rows for people, rounded to six decimals.
    var text: String { [first, second, third].map(\.components).joined(separator: " ") }
}

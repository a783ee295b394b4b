// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What decides whether two images belong to one scan.
struct FrameFacts {
    /// With axes for the detector, so that a distance is a setting whatever the file.
    let experiment: Experiment
    /// The only scan; nil when the file has several, or several frames.
    let scan: Scan?
    /// See `SeriesFile.likeness`.
    let likeness: Int?

    init(_ experiment: Experiment, withSwing: Bool = false, likeness: Int? = nil) {
        self.likeness = likeness
        self.experiment = experiment.withDetectorAxes(withSwing: withSwing)
        let scans = self.experiment.scans
        scan = scans.count == 1 && scans[0].frameCount.value == 1 ? scans[0] : nil
    }

    var scanCount: Int { experiment.scans.count }

    /// Greatest difference of two settings, offsets or vectors that count as one, degrees or millimetres.
    private static let tolerance = 1e-3

    /// Why the next file does not go on with the scan, when it does not.
    func change(to next: FrameFacts) -> SeriesChange {
        guard let mine = SeriesFacts(experiment), let theirs = SeriesFacts(next.experiment) else { return .instrument }
        // The tolerances of the grouping are closer than those of the rule.
        return mine.change(to: theirs, tolerance: SeriesFacts.Tolerance(wavelength: 1e-4, distance: Self.tolerance))
            ?? .instrument
    }

    /// The next file goes on with the scan.
    ///
    /// - Parameter frames: By how many frames it comes after this one.
    func isContinued(by next: FrameFacts, after frames: Int = 1) -> Bool {
        guard let scan, let nextScan = next.scan, isSameInstrument(as: next) else { return false }
        var moving = 0
        var turn = 0.0
        let axes = scan.axes.map(\.axis) + nextScan.axes.map(\.axis)
        for (index, axis) in axes.enumerated() where !axes[..<index].contains(axis) {
            let (now, then) = (Setting(scan, axis), Setting(nextScan, axis))
            let slack = max(0.05 * abs(now.increment), Self.tolerance)
            guard abs(now.increment - then.increment) <= slack else { return false }
            let isRotation = experiment.axes.first { $0.id == axis }?.motion.value == .rotation
            let step = isRotation ? (then.start - now.start).remainder(dividingBy: 360) : then.start - now.start
            if abs(now.increment) > 0 {
                let travel = now.increment * Double(frames)
                let expected = isRotation ? travel.remainder(dividingBy: 360) : travel
                guard abs(step - expected) <= slack * Double(frames) else { return false }
                moving += 1
                if isRotation { turn = step }
            } else {
                guard abs(step) <= Self.tolerance else { return false }
            }
        }
        return moving <= 1 && Self.isContinued(scan.unplaced, by: nextScan.unplaced, turn)
    }

    /// Settings without a direction stay as they are, or move on with the axis that turns: the header may name it twice.
    private static func isContinued(_ now: [UnplacedSetting], by next: [UnplacedSetting], _ turn: Double) -> Bool {
        guard now.map(\.name) == next.map(\.name) else { return false }
        let slack = max(0.05 * abs(turn), tolerance)
        return zip(now, next).allSatisfy { a, b in
            let step = b.value.value - a.value.value
            return abs(step) <= tolerance || abs((step - turn).remainder(dividingBy: 360)) <= slack
        }
    }

    private struct Setting {
        var start: Double
        var increment: Double

        init(_ scan: Scan, _ axis: AxisID) {
            let series = scan.axis(axis)?.settings ?? .constant(0)
            start = series.start(ofFrame: 0) ?? 0
            increment = (series.end(ofFrame: 0) ?? start) - start
        }
    }

    /// Wavelength, axes, panels and detector agree.
    func isSameInstrument(as other: FrameFacts) -> Bool {
        if let likeness, likeness == other.likeness { return true }
        guard experiment.frame == other.experiment.frame, hasSameWavelength(as: other), hasSameAxes(as: other) else {
            return false
        }
        let (mine, theirs) = (experiment.detectors, other.experiment.detectors)
        return mine.count == theirs.count && zip(mine, theirs).allSatisfy(Self.isSame)
    }

    private func hasSameWavelength(as other: FrameFacts) -> Bool {
        switch (experiment.beam.wavelengths?.value.first, other.experiment.beam.wavelengths?.value.first) {
        // The last digit of a monochromator moves within a scan: 0.97950 against 0.97949 is no new experiment.
        case (let a?, let b?): abs(a - b) <= SeriesFacts.Tolerance().wavelength * abs(a)
        case (nil, nil): true
        default: false
        }
    }

    private func hasSameAxes(as other: FrameFacts) -> Bool {
        guard experiment.axes.count == other.experiment.axes.count else { return false }
        for (a, b) in zip(experiment.axes, other.experiment.axes) {
            guard a.id == b.id, a.motion.value == b.motion.value, a.dependsOn.value == b.dependsOn.value,
                (a.vector.value - b.vector.value).length <= 1e-6,
                (a.offset.value - b.offset.value).length <= Self.tolerance
            else { return false }
        }
        return true
    }

    private static func isSame(_ a: Detector, _ b: Detector) -> Bool {
        guard a.description?.value == b.description?.value, a.panels.count == b.panels.count else { return false }
        for (mine, theirs) in zip(a.panels, b.panels) {
            guard mine.size == theirs.size, isSameSurface(mine, theirs) else { return false }
        }
        return true
    }

    private static func isSameSurface(_ a: Panel, _ b: Panel) -> Bool {
        guard case .surface(let mine) = a.placement, case .surface(let theirs) = b.placement else {
            return a.placement == nil && b.placement == nil
        }
        return isSame(mine.fast, theirs.fast) && isSame(mine.slow, theirs.slow)
    }

    private static func isSame(_ a: SurfaceAxis, _ b: SurfaceAxis) -> Bool {
        a.axis == b.axis && a.isDecreasing == b.isDecreasing && abs(a.increment.value - b.increment.value) <= 1e-9
            && abs(a.displacement.value - b.displacement.value) <= 1e-9
    }
}

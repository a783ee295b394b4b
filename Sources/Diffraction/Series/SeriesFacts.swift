// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What one image says of its place in a series: enough to tell why two neighbours do not belong together.
public struct SeriesFacts: Sendable, Hashable {
    /// A setting of a rotation or of an axis without a direction.
    public struct Setting: Sendable, Hashable {
        /// The name of the axis.
        public var name: String
        /// At the start of the exposure, degrees or millimetres.
        public var start: Double
        /// Change within the exposure; nil where the source gives none.
        public var increment: Double?

        public init(name: String, start: Double, increment: Double?) {
            self.name = name
            self.start = start
            self.increment = increment
        }
    }

    /// Ångström.
    public var wavelength: Double?
    /// Millimetres, as stated or as the detector is moved.
    public var distance: Double?
    /// Pixels along fast and slow.
    public var size: FastSlow<Int>?
    /// Rotations first, in the order of the source.
    public var settings: [Setting]
    /// Facts that a scan does not change, as this image states them.
    public var constants: [SeriesConstant] = []
    /// Axes of loops give the distance and the settings of the detector, so that a scan may move them.
    public var isPlacedByAxes = false
    /// What was counted of the pixels; nil where they were not decoded.
    public var pixels: Pixels?

    /// What was counted of the pixels of one image.
    public struct Pixels: Sendable, Hashable {
        /// Equal for equal images, and but once in 2^64 for others.
        public var digest: UInt64
        /// Pixels that hold counts.
        public var counts: Int
        /// The mean of the counts; nil without counts.
        public var mean: Double?
        /// All counts are alike, or there are none.
        public var isEven: Bool

        public init(digest: UInt64, counts: Int, mean: Double?, isEven: Bool) {
            self.digest = digest
            self.counts = counts
            self.mean = mean
            self.isEven = isEven
        }
    }

    public init(wavelength: Double?, distance: Double?, size: FastSlow<Int>?, settings: [Setting]) {
        self.wavelength = wavelength
        self.distance = distance
        self.size = size
        self.settings = settings
    }

    /// The facts of an experiment of one image; nil for one of several frames or scans.
    public init?(_ experiment: Experiment) {
        guard experiment.scans.count == 1, let scan = experiment.scans.first, scan.frameCount.value == 1 else {
            return nil
        }
        let graph = experiment.axisGraph
        wavelength = experiment.beam.representativeWavelength
        let detector = experiment.detectors.first
        size = detector?.panels.first?.size
        let shifts = (detector?.axes ?? []).filter { graph[$0]?.motion.value == .translation }.compactMap { axis in
            scan.axis(axis)?.settings.start(ofFrame: 0)
        }
        distance = detector?.statedDistances.first?.value.value ?? shifts.max { abs($0) < abs($1) }
        constants = SeriesConstant.all(of: experiment, scan)
        isPlacedByAxes = experiment.frame == .imgCIF
        let standing = constants.filter { $0.fact == .axis }.map(\.name)
        settings = scan.axes.compactMap { row in
            guard graph[row.axis]?.motion.value == .rotation, let start = row.settings.start(ofFrame: 0),
                !standing.contains("of \(row.axis.name)") || detector?.axes.contains(row.axis) != true
            else { return nil }
            return Setting(
                name: row.axis.name, start: start, increment: row.settings.end(ofFrame: 0).map { $0 - start })
        }
        settings += scan.unplaced.filter { !Self.isOfDetector($0) }
            .map { Setting(name: $0.name, start: $0.value.value, increment: nil) }
    }

    /// A swing or an offset, which no goniometer has.
    static func isOfDetector(_ setting: UnplacedSetting) -> Bool { setting.unit == "mm" || setting.name == "two-theta" }

    /// How far neighbours may be apart and still be one scan.
    public struct Tolerance: Sendable, Hashable {
        /// Share of the wavelength.
        public var wavelength: Double
        /// Millimetres.
        public var distance: Double
        /// Pixels, of the beam centre.
        public var centre: Double
        /// Degrees, of settings of the detector.
        public var angle: Double
        /// Share of exposure, period, threshold and the greatest valid count.
        public var share: Double

        public init(
            wavelength: Double = 1e-4, distance: Double = 0.5, centre: Double = 0.5, angle: Double = 0.05,
            share: Double = 0.05
        ) {
            self.wavelength = wavelength
            self.distance = distance
            self.centre = centre
            self.angle = angle
            self.share = share
        }
    }

    /// Images between this one and another that the angle of the one axis that turns leaves room for; nil where none or several
    /// turn, or by another increment.
    public func skipped(to next: SeriesFacts) -> Double? {
        let turning = settings.filter { ($0.increment ?? 0) != 0 }
        guard turning.count == 1, let now = turning.first, let increment = now.increment,
            let then = next.settings.first(where: { $0.name == now.name }), let other = then.increment,
            abs(other - increment) <= max(0.05 * abs(increment), 0.001)
        else { return nil }
        return (then.start - now.start) / increment - 1
    }

    /// What keeps the next image from going on with the scan of this one; nil when nothing that is known does.
    public func change(to next: SeriesFacts, tolerance: Tolerance = Tolerance()) -> SeriesChange? {
        if let a = size, let b = next.size, a != b { return .size(a, b) }
        if let a = wavelength, let b = next.wavelength, abs(a - b) > tolerance.wavelength * abs(a) {
            return .wavelength(a, b)
        }
        if let a = distance, let b = next.distance, abs(a - b) > tolerance.distance { return .distance(a, b) }
        for now in settings {
            guard let then = next.settings.first(where: { $0.name == now.name }) else { continue }
            let step = (then.start - now.start).remainder(dividingBy: 360)
            guard let increment = now.increment, increment != 0 else { continue }
            let slack = max(0.05 * abs(increment), 0.001)
            if let other = then.increment, abs(other - increment) > slack {
                return .increment(axis: now.name, increment, other)
            }
            let expected = increment.remainder(dividingBy: 360)
            if abs(step) <= slack / 2, abs(expected) > slack {
                return .angleStays(axis: now.name, at: now.start, increment: increment)
            }
            if abs((step - expected).remainder(dividingBy: 360)) > slack {
                return .angleJumps(axis: now.name, now.start, then.start, expected: now.start + increment)
            }
        }
        let turned = settings.first { ($0.increment ?? 0) != 0 }?.increment ?? 0
        for now in settings where (now.increment ?? 0) == 0 {
            guard let then = next.settings.first(where: { $0.name == now.name }) else { continue }
            let step = then.start - now.start
            // A header may name the axis that turns twice.
            let isOfScan = abs((step - turned).remainder(dividingBy: 360)) <= max(0.05 * abs(turned), 0.001)
            if abs(step) > 0.001, !isOfScan { return .setting(now.name, now.start, then.start) }
        }
        for now in constants {
            guard let then = next.constants.first(where: now.isTwin), now.differs(from: then, within: tolerance) else {
                continue
            }
            return .constant(now, then)
        }
        return nil
    }
}

/// Why a scan ends between two images of one template.
public enum SeriesChange: Sendable, Hashable {
    /// The next image begins where this one did, although each turns.
    case angleStays(axis: String, at: Double, increment: Double)
    case wavelength(Double, Double)
    case distance(Double, Double)
    case size(FastSlow<Int>, FastSlow<Int>)
    case increment(axis: String, Double, Double)
    case angleJumps(axis: String, Double, Double, expected: Double)
    case setting(String, Double, Double)
    /// A fact that a scan does not change, while the scan goes on.
    case constant(SeriesConstant, SeriesConstant)
    /// The header of the next image cannot be read; why.
    case unreadable(String)
    /// Axes, panels or detector of the two differ.
    case instrument

    /// No new scan begins so: the headers contradict what a series is. Another angle or setting may be meant.
    public var isFault: Bool {
        switch self {
        case .angleStays, .wavelength, .distance, .size, .unreadable, .constant: true
        case .increment, .angleJumps, .setting, .instrument: false
        }
    }

    /// Changes of one kind have the same number.
    public var kind: Int {
        switch self {
        case .unreadable: 0
        case .size: 1
        case .wavelength: 2
        case .distance: 3
        case .angleStays: 4
        case .increment: 5
        case .angleJumps: 6
        case .setting: 7
        case .instrument: 8
        case .constant(let fact, _): 9 + (SeriesConstant.Fact.allCases.firstIndex(of: fact.fact) ?? 0)
        }
    }

    /// The change in words, without a full stop.
    public var sentence: String {
        func text(_ value: Double) -> String { DecimalText.rounded(value, decimals: 6) }
        func size(_ size: FastSlow<Int>) -> String { "\(size.fast) x \(size.slow)" }
        switch self {
        case .angleStays(let axis, let at, let increment):
            return "\(axis) stays at \(text(at)) deg although each image turns by \(text(increment)) deg"
        case .wavelength(let a, let b): return "the wavelength goes from \(text(a)) to \(text(b)) angstrom"
        case .distance(let a, let b): return "the distance goes from \(text(a)) to \(text(b)) mm"
        case .size(let a, let b): return "the number of pixels goes from \(size(a)) to \(size(b))"
        case .increment(let axis, let a, let b):
            return "the increment of \(axis) goes from \(text(a)) to \(text(b)) deg"
        case .angleJumps(let axis, let a, let b, let expected):
            return "\(axis) goes from \(text(a)) to \(text(b)) deg where \(text(expected)) deg would go on"
        case .constant(let a, let b): return "the \(a.title) goes from \(a.words) to \(b.words)"
        case .setting(let name, let a, let b): return "\(name) goes from \(text(a)) to \(text(b))"
        case .unreadable(let why): return "the header cannot be read: \(why)"
        case .instrument: return "axes, panels or detector are others"
        }
    }
}

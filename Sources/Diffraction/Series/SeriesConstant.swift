// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A fact that the images of one scan share, as one of them states it: numbers, or a text.
public struct SeriesConstant: Sendable, Hashable {
    /// Which fact it is.
    public enum Fact: String, Sendable, Hashable, CaseIterable {
        case beamCentre = "beam centre"
        case firstPixel = "place of the first pixel with all axes at 0"
        case pixelSize = "pixel size"
        case detector
        case swing
        case offset = "offset of the detector"
        case threshold
        case exposure
        case period = "frame period"
        case limit = "greatest valid count"
        case thickness = "thickness of the sensor"
        case material = "material of the sensor"
        case polarisation
        case elements = "type of the elements"
        /// A rotation of the detector that stands while an image is taken; `name` says which.
        case axis = "setting"

        /// The unit of the numbers; empty for texts and plain numbers.
        public var unit: String {
            switch self {
            case .beamCentre: "px"
            case .firstPixel, .pixelSize, .offset, .thickness: "mm"
            case .swing, .axis: "deg"
            case .threshold: "eV"
            case .exposure, .period: "s"
            case .detector, .limit, .material, .polarisation, .elements: ""
            }
        }
    }

    /// Which fact it is.
    public var fact: Fact
    /// The name of the axis or of the header item, where there are several of one kind; else empty.
    public var name: String
    /// In the unit of the fact; empty for a text.
    public var numbers: [Double]
    /// As written; empty for numbers.
    public var text: String

    public init(_ fact: Fact, name: String = "", numbers: [Double] = [], text: String = "") {
        self.fact = fact
        self.name = name
        self.numbers = numbers
        self.text = text
    }

    /// The value for people, with its unit.
    public var words: String {
        guard !numbers.isEmpty else { return "'\(text)'" }
        let texts = numbers.map { DecimalText.rounded($0, decimals: 6) }
        let value = texts.count > 1 ? "(" + texts.joined(separator: ", ") + ")" : texts[0]
        return fact.unit.isEmpty ? value : value + " " + fact.unit
    }

    /// What the fact is called: "beam centre", "setting of tth".
    public var title: String { name.isEmpty ? fact.rawValue : "\(fact.rawValue) \(name)" }

    /// Both are the same fact.
    func isTwin(of other: SeriesConstant) -> Bool { fact == other.fact && name == other.name }

    /// The value is another, by more than the tolerance.
    func differs(from other: SeriesConstant, within tolerance: SeriesFacts.Tolerance) -> Bool {
        guard numbers.count == other.numbers.count else { return true }
        guard !numbers.isEmpty else { return Self.plain(text) != Self.plain(other.text) }
        return zip(numbers, other.numbers).contains { a, b in
            let share = max(a.magnitude, b.magnitude)
            let limit =
                switch fact {
                case .beamCentre: tolerance.centre
                case .firstPixel: tolerance.centre * 0.1
                case .swing, .axis: tolerance.angle
                case .offset: tolerance.distance
                case .pixelSize, .thickness: 0.005 * share
                case .polarisation: 0.02
                default: tolerance.share * share
                }
            return !((a - b).magnitude <= limit)
        }
    }

    private static func plain(_ text: String) -> [Character] { text.lowercased().filter { !$0.isWhitespace } }
}

extension SeriesConstant {
    /// What the experiment of one image states and a scan does not change.
    static func all(of experiment: Experiment, _ scan: Scan) -> [SeriesConstant] {
        var found: [SeriesConstant] = []
        func add(_ fact: Fact, name: String = "", _ numbers: Double?...) {
            let known = numbers.compactMap { $0 }
            if !known.isEmpty, known.count == numbers.count, known.allSatisfy(\.isFinite) {
                found.append(SeriesConstant(fact, name: name, numbers: known))
            }
        }
        func add(_ fact: Fact, _ text: Sourced<String>?) {
            if let text = text?.value, !text.isEmpty { found.append(SeriesConstant(fact, text: text)) }
        }
        let graph = experiment.axisGraph
        if let detector = experiment.detectors.first {
            if let centre = detector.statedBeamCentres.first(where: { $0.unit == "px" })?.value {
                add(.beamCentre, centre.fast, centre.slow)
            } else if let centre = detector.statedBeamCentres.first(where: { $0.unit == "mm" })?.value,
                let pixel = detector.panels.first?.statedPixelSize, let fast = pixel.fast?.value,
                let slow = pixel.slow?.value, fast > 0, slow > 0
            {
                add(.beamCentre, centre.fast / fast, centre.slow / slow)
            }
            let pixel = detector.panels.first?.statedPixelSize
            add(.pixelSize, pixel?.fast?.value, pixel?.slow?.value)
            if experiment.frame == .imgCIF, let panel = detector.panels.first,
                case .success(let plane) = graph.plane(of: panel, settings: FrameSettings())
            {
                add(.firstPixel, plane.origin.x, plane.origin.y, plane.origin.z)
            }
            if case .fixed(let plane)? = detector.panels.first?.placement {
                add(.swing, Trigonometry.arcTangent(y: -plane.slow.z, x: -plane.slow.y))
            }
            add(.detector, detector.description)
            add(.threshold, detector.thresholds.first?.value)
            add(.limit, detector.saturation?.value)
            add(.thickness, detector.sensorThickness?.value)
            add(.material, detector.sensorMaterial)
            for axis in detector.axes where graph[axis]?.motion.value == .rotation {
                guard let series = scan.axis(axis)?.settings, let start = series.start(ofFrame: 0),
                    series.end(ofFrame: 0) ?? start == start
                else { continue }
                add(.axis, name: "of \(axis.name)", start)
            }
        }
        for setting in scan.unplaced where SeriesFacts.isOfDetector(setting) {
            let isSwing = setting.unit == "deg"
            add(isSwing ? .swing : .offset, name: isSwing ? "" : "(\(setting.name))", setting.value.value)
        }
        add(.exposure, scan.exposure?.value.first)
        add(.period, scan.period?.value.first)
        add(.polarisation, experiment.beam.polarisationRatio?.value)
        add(.elements, experiment.imageData.flatMap { data in data.value.elementType.map { Sourced($0, data.origin) } })
        return found
    }
}

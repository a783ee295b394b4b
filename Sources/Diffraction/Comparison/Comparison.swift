// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How far two descriptions may be apart and still be one.
public struct ComparisonTolerance: Sendable, Hashable {
    /// Pixels, of the position of a pixel.
    public var position: Double
    /// Of an element of a rotation matrix.
    public var matrix: Double
    /// Degrees, between directions.
    public var direction: Double

    public init(position: Double = 0.001, matrix: Double = 1e-6, direction: Double = 0.01) {
        self.position = position
        self.matrix = matrix
        self.direction = direction
    }
}

/// What a difference is about.
public enum DifferenceKind: Sendable, Hashable {
    /// Where a pixel stands, or how the sample lies: GEOM-019.
    case geometry
    /// A limit, a scale, the wavelength, a time or a temperature: COUNT-011.
    case value
    /// How many frames, scans, panels or pixels there are.
    case count
    /// A name or another text.
    case text
}

/// A value of one of the two descriptions, and where it stands.
public struct ComparedValue: Sendable, Hashable {
    /// The value in words, with its unit.
    public var text: String
    /// Where the value comes from.
    public var origin: Origin

    public init(text: String, origin: Origin) {
        self.text = text
        self.origin = origin
    }
}

/// A fact that two descriptions tell differently.
public struct Difference: Sendable, Hashable {
    /// What kind of fact differs.
    public var kind: DifferenceKind
    /// What the fact belongs to, such as "panel 'ARRAY1'"; empty for the experiment as a whole.
    public var subject: String
    /// Such as "wavelength" or "position of pixel (0, 0) in frame 1 of scan 'SCAN1'".
    public var fact: String
    /// What the first description says.
    public var first: ComparedValue
    /// What the second description says.
    public var second: ComparedValue
    /// How far the two are apart, in `unit`; nil for texts.
    public var amount: Double?
    /// Unit of the difference; nil for texts.
    public var unit: String?

    /// One line: the fact and both values.
    public var sentence: String {
        let unit = self.unit.map { " \($0)" } ?? ""
        let apart = amount.map { ", \(DecimalText.rounded($0, decimals: 6))\(unit) apart" } ?? ""
        let prefix = subject.isEmpty ? "" : "\(subject): "
        return "\(prefix)\(fact) is \(first.text) in the first and \(second.text) in the second\(apart)"
    }
}

/// A fact that only one of the two descriptions tells.
public struct OneSidedFact: Sendable, Hashable {
    /// What the fact is about: the beam, a panel, a scan.
    public var subject: String
    /// The fact that only one description has, in words.
    public var fact: String
    /// The first description tells it.
    public var isInFirst: Bool
    /// What that description says.
    public var value: ComparedValue
}

/// Two descriptions of one experiment, side by side, whatever their containers and frames of reference.
///
/// Positions are those of the corners and the middle of every panel, at the first and the last frame of every scan;
/// orientations those of the sample at the same frames. Descriptions in one frame of reference are compared there, others
/// in McStas, each brought there by its own M.
/// - Source: rules GEOM-019 and COUNT-011.
public struct Comparison: Sendable {
    /// Facts that both have and tell differently.
    public internal(set) var differences: [Difference] = []
    /// Facts that one description has alone.
    public internal(set) var oneSided: [OneSidedFact] = []
    /// What the comparison took for granted, such as pixel origins and gravity.
    public internal(set) var notes: [String] = []
    /// What could not be compared, and why.
    public internal(set) var notCompared: [String] = []

    /// Nothing differs, and everything could be compared.
    public var isSilent: Bool { differences.isEmpty && notCompared.isEmpty }

    /// Relative difference of two numbers that rounding accounts for: programs that turn one form into another print few
    /// digits, and two files of one form state what they state.
    let rounding: Double

    public init(_ first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance = ComparisonTolerance()) {
        rounding = first.frame == second.frame ? 1e-4 : 0.01
        compareBeams(first, second, tolerance: tolerance)
        compareIdentity(first.identity, second.identity)
        compareDetectors(first, second)
        compareScans(first, second)
        compareImages(first, second)
        compareStated(first, second)
        compareGeometry(first, second, tolerance: tolerance)
    }

    mutating func note(_ sentence: String) {
        if !notes.contains(sentence) { notes.append(sentence) }
    }

    mutating func cannotCompare(_ sentence: String) {
        if !notCompared.contains(sentence) { notCompared.append(sentence) }
    }
}

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
    public var text: String
    public var origin: Origin
}

/// A fact that two descriptions tell differently.
public struct Difference: Sendable, Hashable {
    public var kind: DifferenceKind
    /// What the fact belongs to, such as "panel 'ARRAY1'"; empty for the experiment as a whole.
    public var subject: String
    /// Such as "wavelength" or "position of pixel (0, 0) in frame 1 of scan 'SCAN1'".
    public var fact: String
    public var first: ComparedValue
    public var second: ComparedValue
    /// How far the two are apart, in `unit`; nil for texts.
    public var amount: Double?
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
    public var subject: String
    public var fact: String
    /// The first description tells it.
    public var isInFirst: Bool
    public var value: ComparedValue
}

/// Two descriptions of one experiment, side by side, whatever their containers and frames of reference.
///
/// Positions are those of the corners and the middle of every panel, at the first and the last frame of every scan;
/// orientations those of the sample at the same frames. Descriptions in one frame of reference are compared there, others
/// in McStas, each brought there by its own M.
/// - Source: rules GEOM-019 and COUNT-011.
public struct Comparison: Sendable {
    public internal(set) var differences: [Difference] = []
    public internal(set) var oneSided: [OneSidedFact] = []
    /// What the comparison took for granted, such as pixel origins and gravity.
    public internal(set) var notes: [String] = []
    /// What could not be compared, and why.
    public internal(set) var notCompared: [String] = []

    /// Nothing differs, and everything could be compared.
    public var isSilent: Bool { differences.isEmpty && notCompared.isEmpty }

    public init(_ first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance = ComparisonTolerance()) {
        compareBeams(first, second, tolerance: tolerance)
        compareIdentity(first.identity, second.identity)
        compareDetectors(first, second)
        compareScans(first, second)
        compareImages(first, second)
        compareGeometry(first, second, tolerance: tolerance)
    }

    mutating func note(_ sentence: String) {
        if !notes.contains(sentence) { notes.append(sentence) }
    }

    mutating func cannotCompare(_ sentence: String) {
        if !notCompared.contains(sentence) { notCompared.append(sentence) }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Transport

/// Two files that describe one experiment, side by side.
public struct FileComparison: Sendable {
    /// One of the two files.
    public struct Side: Sendable {
        public let path: String
        public let kind: FileKind
        public let definition: String?
        public let failures: [Failure]
        /// Experiments by their ids.
        public let experiments: [String]
        private let origins: OriginWords

        public init(
            path: String, kind: FileKind, definition: String?, failures: [Failure], experiments: [String],
            origins: OriginWords
        ) {
            self.path = path
            self.kind = kind
            self.definition = definition
            self.failures = failures
            self.experiments = experiments
            self.origins = origins
        }

        /// Where a value comes from: "26:13 _axis.vector[1]", "/entry/sample".
        public func words(on origin: Origin) -> String { origins.words(on: origin) }
    }

    /// An experiment of the first file with one of the second, in their order.
    public struct Pair: Sendable {
        public let first: String
        public let second: String
        public let comparison: Comparison
        /// Numbers that two versions of a description give differently, item by item (META-007).
        public var items: [ItemDifference] = []
        /// Their frames; nil where frames were not asked for, or one of the two has none.
        public var frames: ComparedFrames?

        public init(first: String, second: String, comparison: Comparison) {
            self.first = first
            self.second = second
            self.comparison = comparison
        }
    }

    public let first: Side
    public let second: Side
    public let pairs: [Pair]

    public init(first: Side, second: Side, pairs: [Pair]) {
        self.first = first
        self.second = second
        self.pairs = pairs
    }

    /// Facts that both tell, and differently.
    public var differenceCount: Int {
        pairs.reduce(abs(first.experiments.count - second.experiments.count)) { sum, pair in
            // Items name what facts come from; where no fact differs they are one of their own.
            sum + (pair.comparison.differences.isEmpty ? min(pair.items.count, 1) : pair.comparison.differences.count)
                + (pair.frames?.differences.isEmpty == false ? 1 : 0)
        }
    }

    /// Everything that both describe could be compared.
    public var isComplete: Bool {
        !pairs.isEmpty && pairs.allSatisfy { $0.comparison.notCompared.isEmpty && $0.frames?.isComplete != false }
    }
}

/// What came of holding the frames of two descriptions against each other (IMAGE-015).
public struct ComparedFrames: Sendable, Hashable {
    /// Frames that the first announces.
    public var inFirst: Int
    /// Frames that the second announces.
    public var inSecond: Int
    /// Frames whose pixels were compared.
    public var compared: Int
    /// What differs, a line for each kind; empty where all that was compared agrees.
    public var differences: [String]
    /// What was not compared, and why.
    public var notCompared: [String]
    /// Every frame that was chosen was compared, or lies in files that this run does not open.
    public var isComplete: Bool

    public init(
        inFirst: Int, inSecond: Int, compared: Int, differences: [String], notCompared: [String], isComplete: Bool
    ) {
        self.inFirst = inFirst
        self.inSecond = inSecond
        self.compared = compared
        self.differences = differences
        self.notCompared = notCompared
        self.isComplete = isComplete
    }
}

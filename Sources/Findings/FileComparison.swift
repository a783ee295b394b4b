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
        }
    }

    /// Everything that both describe could be compared.
    public var isComplete: Bool { !pairs.isEmpty && pairs.allSatisfy { $0.comparison.notCompared.isEmpty } }
}

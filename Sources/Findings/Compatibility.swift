// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The verdicts of a reference checker on a file beside ours.
public struct Compatibility: Sendable, Hashable {
    /// One of its tests; of those that look at an image, one that fails whatever the image holds.
    public struct Row: Sendable, Hashable {
        public let test: String
        public let isPass: Bool
        /// Why, in our words.
        public let reason: String
        /// What about the program makes the verdict; nil when the file earns it.
        public let limit: String?
        /// Our rules on the same faults that have a finding, at level A, B or C.
        public let findings: [RuleID]
        /// Why the two verdicts differ; nil when they agree.
        public let difference: String?

        /// No rule of ours on the same faults has a finding.
        public var isPassHere: Bool { findings.isEmpty }

        public init(
            test: String, isPass: Bool, reason: String, limit: String?, findings: [RuleID], difference: String?
        ) {
            self.test = test
            self.isPass = isPass
            self.reason = reason
            self.limit = limit
            self.findings = findings
            self.difference = difference
        }
    }

    /// "checkImgCIF 2025-06-05".
    public let program: String
    /// The block it looks at: the first.
    public let block: String
    public let rows: [Row]
    /// What ends the program later, or before.
    public let stops: [String]

    public init(program: String, block: String, rows: [Row], stops: [String]) {
        self.program = program
        self.block = block
        self.rows = rows
        self.stops = stops
    }
}

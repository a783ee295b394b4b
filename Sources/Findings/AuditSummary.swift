// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What an audit has found of a collection of files.
public struct AuditSummary: Sendable {
    /// A rule, and how many files it spoke of.
    public struct RuleCount: Sendable, Hashable {
        public let rule: String
        public let level: String
        public let title: String
        public let files: Int

        public init(rule: String, level: String, title: String, files: Int) {
            self.rule = rule
            self.level = level
            self.title = title
            self.files = files
        }
    }

    /// One data set or file that is told on its own.
    public struct Member: Sendable, Hashable {
        public let path: String
        public let kind: String
        public let status: FileStatus
        /// Findings of level A, B, C, G.
        public let counts: [Int]
        /// "3600 frames, 0.979491 Å".
        public let outline: String
        /// Why it did not pass.
        public let reason: String
        /// Files that are checked through it.
        public let parts: Int
        /// Rules that spoke of it, each once.
        public let rules: [String]

        public init(
            path: String, kind: String, status: FileStatus, counts: [Int], outline: String, reason: String, parts: Int,
            rules: [String]
        ) {
            self.path = path
            self.kind = kind
            self.status = status
            self.counts = counts
            self.outline = outline
            self.reason = reason
            self.parts = parts
            self.rules = rules
        }
    }

    /// One run of the audit.
    public struct Run: Sendable, Hashable {
        public let number: Int
        public let began: String
        public let state: String
        public let checked: Int
        public let bytes: Int

        public init(number: Int, began: String, state: String, checked: Int, bytes: Int) {
            self.number = number
            self.began = began
            self.state = state
            self.checked = checked
            self.bytes = bytes
        }
    }

    public var head: RunHead
    public var roots: [String] = []
    public var tiers = ""
    /// All regular files, whatever they are.
    public var files = 0
    public var bytes = 0
    /// Files that are told, by how they ended.
    public var statuses = RunEnd()
    /// Checked through a master or with their series.
    public var parts = 0
    /// Planned and not yet checked.
    public var open = 0
    /// Whose content lies elsewhere, and its bytes.
    public var elsewhere = 0
    public var elsewhereBytes = 0
    /// Most files first.
    public var rules: [RuleCount] = []
    /// Worst first; as many as were asked for.
    public var members: [Member] = []
    public var memberCount = 0
    public var runs: [Run] = []

    public init(_ head: RunHead) { self.head = head }
}

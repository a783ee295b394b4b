// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which rules run, at which level and with which tolerances.
///
/// - Source: rules.md, Profiles.
public struct Profile: Sendable, Hashable {
    /// What a profile says of one rule.
    public struct Setting: Sendable, Hashable {
        public var level: Level?
        public var parameters: [String: ParameterValue]
        /// Why the rule is switched off; nil: it runs.
        public var off: String?

        public init(level: Level? = nil, parameters: [String: ParameterValue] = [:], off: String? = nil) {
            self.level = level
            self.parameters = parameters
            self.off = off
        }
    }

    public var name: String
    /// The profiles it was built on, in the order they were applied.
    public var extends: [String]
    /// Releases of standards to check against: "imgCIF", "nexus", "datacite".
    public var standards: [String: String]
    /// A run fails when a finding is at this level or above.
    public var failAt: Level
    /// An answered finding still fails.
    public var answeredFails: Bool
    public var rules: [RuleID: Setting]

    public init(
        name: String, extends: [String] = [], standards: [String: String] = [:], failAt: Level = .A,
        answeredFails: Bool = true, rules: [RuleID: Setting] = [:]
    ) {
        self.name = name
        self.extends = extends
        self.standards = standards
        self.failAt = failAt
        self.answeredFails = answeredFails
        self.rules = rules
    }

    /// The finding makes its file fail under this profile.
    ///
    /// - Parameter failAt: Takes the place of the level of the profile (`--fail-at`).
    public func isFailing(_ finding: Finding, failAt: Level? = nil) -> Bool {
        finding.fails(at: failAt ?? self.failAt, answeredFails: answeredFails)
    }
}

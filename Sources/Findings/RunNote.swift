// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a run has to say that belongs to no finding.
public struct RunNote: Sendable, Hashable {
    /// What kind of note it is; the word is for programs.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A finding of the baseline is not there any more.
        case mended
        /// There are fewer cases of a finding than the baseline has.
        case partlyMended
        /// An answer meets no finding.
        case answerUnmet
        /// The last day of an answer is past.
        case answerExpired
        /// The last day of an answer is near.
        case answerExpires
        /// The files that the run was asked for were not all looked at.
        case interrupted
        /// A path that was to stand for locations stands for none.
        case substituteUnmet
    }

    public let kind: Kind
    public let rule: RuleID?
    /// The file that it is about; nil for the run as a whole.
    public let path: String?
    /// One sentence, lower case, without a full stop.
    public let text: String

    public init(_ kind: Kind, rule: RuleID? = nil, path: String? = nil, _ text: String) {
        self.kind = kind
        self.rule = rule
        self.path = path
        self.text = text
    }
}

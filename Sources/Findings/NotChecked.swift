// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A rule that could not look, and why. Never a finding.
public struct NotChecked: Sendable, Hashable {
    public let rule: RuleID
    public let reason: Reason

    public init(rule: RuleID, _ reason: Reason) {
        self.rule = rule
        self.reason = reason
    }

    /// Why, in a sentence without a full stop.
    public var because: String { reason.sentence }
}

/// Why a rule could not look: a word for programs and a sentence for people.
///
/// - Source: rules.md, Evaluation 2: absent, gated and switched off are harmless; what is there and was not read is not.
public struct Reason: Sendable, Hashable {
    /// The kinds of reason.
    public enum Word: Sendable, Hashable {
        /// What the rule reads is not in the file.
        case absent
        /// A rule that this one needs has a finding.
        case gated
        /// The rule does not speak of what this file is.
        case kind
        /// The profile switches the rule off.
        case off
        /// The run was not asked to look there: no network, no frames, no definitions.
        case mode
        /// Findings beyond those that are shown.
        case unshown
        /// It is there and could not be read.
        case unread
        /// It is there and our policy does not open it.
        case refused
        /// It is beyond a limit of ours.
        case limit
        /// The definition or dictionary that says what is right is not known, or could not be read.
        case definition
        /// A word of a later release.
        case other(String)

        private static let known: [Word] = [
            .absent, .gated, .kind, .off, .mode, .unshown, .unread, .refused, .limit, .definition,
        ]

        /// The word as reports write it.
        public var text: String {
            switch self {
            case .absent: "absent"
            case .gated: "gated"
            case .kind: "kind"
            case .off: "off"
            case .mode: "mode"
            case .unshown: "unshown"
            case .unread: "unread"
            case .refused: "refused"
            case .limit: "limit"
            case .definition: "definition"
            case .other(let text): text
            }
        }

        public init(text: String) { self = Self.known.first { $0.text == text } ?? .other(text) }

        /// A rule that did not look for this reason would have looked at something that is there.
        public var isUnread: Bool {
            switch self {
            case .absent, .gated, .kind, .off, .mode, .unshown: false
            case .unread, .refused, .limit, .definition, .other: true
            }
        }
    }

    public let word: Word
    public let sentence: String

    public init(_ word: Word, _ sentence: String) {
        self.word = word
        self.sentence = sentence
    }

    public static func absent(_ sentence: String) -> Reason { Reason(.absent, sentence) }
    public static func kind(_ sentence: String) -> Reason { Reason(.kind, sentence) }
    public static func mode(_ sentence: String) -> Reason { Reason(.mode, sentence) }
    public static func unread(_ sentence: String) -> Reason { Reason(.unread, sentence) }
    public static func limit(_ sentence: String) -> Reason { Reason(.limit, sentence) }
    public static func definition(_ sentence: String) -> Reason { Reason(.definition, sentence) }

    /// A rule that is needed has a finding: at a subject, said in words, or anywhere.
    public static func gated(_ rule: RuleID, at subject: String? = nil) -> Reason {
        Reason(.gated, "\(rule) has a finding" + (subject.map { " at \($0)" } ?? ""))
    }

    /// - Parameter why: The reason that the profile states.
    public static func off(_ why: String) -> Reason { Reason(.off, "switched off by the profile: \(why)") }

    public static func unshown(_ count: Int) -> Reason {
        Reason(.unshown, "\(count) more findings of this rule are not shown")
    }
}

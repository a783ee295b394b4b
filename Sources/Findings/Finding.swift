// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A value that a finding states, for programs; messages hold the same values in words.
public indirect enum Datum: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case number(Double)
    /// A number with its unit, such as mm, deg, px.
    case quantity(Double, unit: String)
    case list([Datum])
    /// Named values that belong together; names are unlike, and are not "value" and "unit" alone.
    case record([DatumField])
}

/// One named value of a record.
public struct DatumField: Sendable, Hashable {
    public let name: String
    public let value: Datum

    public init(_ name: String, _ value: Datum) {
        self.name = name
        self.value = value
    }
}

/// A named value of a finding; the name is that of the placeholder in the sentence of the rule.
public typealias NamedDatum = (name: String, value: Datum)

/// What a depositor says to a finding, printed beside it.
///
/// - Source: rules.md, Answers.
public struct Answer: Sendable, Hashable {
    public let rule: RuleID
    /// The place as reports print it without the name of the file ("26:13", "/entry/…@units"); nil: every place.
    public let place: String?
    /// The files that are meant, by a path or a pattern with `*`, `?` and `**`; nil: every file.
    public let file: String?
    public let answer: String
    public let author: String?
    public let date: String?
    /// The last day on which the answer holds, ISO 8601.
    public let expires: String?

    public init(
        rule: RuleID, file: String? = nil, place: String?, answer: String, author: String?, date: String?,
        expires: String?
    ) {
        self.rule = rule
        self.file = file
        self.place = place
        self.answer = answer
        self.author = author
        self.date = date
        self.expires = expires
    }
}

/// One fault of one file: rule, sentence, places, values.
public struct Finding: Sendable, Hashable {
    public let rule: RuleID
    /// As the profile has it.
    public let level: Level
    public let title: String
    /// First line: lower case, no full stop, without the place.
    public let message: String
    /// Number of cases that this finding stands for.
    public let count: Int
    /// The first cases; engines keep a few.
    public let places: [ResolvedPlace]
    /// Each name once.
    public let values: [DatumField]
    public let why: String
    public let fix: String
    public let references: [String]
    /// Rules in preview show and fail no run.
    public let isPreview: Bool
    public var answer: Answer?
    /// The baseline of the run holds it, so that it fails nothing.
    public var isKnown: Bool

    public init(
        rule: RuleID, level: Level, title: String, message: String, count: Int, places: [ResolvedPlace],
        values: [DatumField], why: String, fix: String, references: [String], isPreview: Bool = false,
        answer: Answer? = nil, isKnown: Bool = false
    ) {
        self.rule = rule
        self.level = level
        self.title = title
        self.message = message
        self.count = count
        self.places = places
        self.values = values
        self.why = why
        self.fix = fix
        self.references = references
        self.isPreview = isPreview
        self.answer = answer
        self.isKnown = isKnown
    }

    /// The finding makes its file fail.
    ///
    /// - Parameters:
    ///   - limit: The level of the run, or of the profile.
    ///   - answeredFails: A finding that is answered fails as well.
    public func fails(at limit: Level, answeredFails: Bool) -> Bool {
        guard !isPreview, !isKnown, level.isAtLeast(limit) else { return false }
        return answer == nil || answeredFails
    }
}

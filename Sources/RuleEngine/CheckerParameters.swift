// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the generic checkers (NXDL, DDLm), and whoever asks servers, are told by the parameters of rules; nil: what they
/// have by themselves.
public struct CheckerParameters: Sendable, Hashable {
    /// A setting of a checker, which a parameter of a rule may be.
    public enum Name: Sendable, Hashable { case releases, mostValues, nearestName, seconds, retries, redirects }

    /// Releases that the required items are compared with.
    public private(set) var releases: [String]?
    /// How many numbers of a value are compared with the domain of its type.
    public private(set) var mostValues: Int?
    /// Edits up to which a known name is offered for an unknown one.
    public private(set) var nearestName: Int?
    /// Seconds that a server is given.
    public private(set) var seconds: Int?
    /// How often a request is sent again.
    public private(set) var retries: Int?
    /// Redirects that are followed.
    public private(set) var redirects: Int?

    public init() {}

    mutating func take(_ value: ParameterValue, as name: Name) {
        switch (name, value) {
        case (.releases, .words(let words)): releases = words
        case (.mostValues, .number(let number)): mostValues = Int(exactly: number.rounded())
        case (.nearestName, .number(let number)): nearestName = Int(exactly: number.rounded())
        case (.seconds, .number(let number)): seconds = Int(exactly: number.rounded())
        case (.retries, .number(let number)): retries = Int(exactly: number.rounded())
        case (.redirects, .number(let number)): redirects = Int(exactly: number.rounded())
        case (.releases, .number), (.mostValues, .words), (.nearestName, .words): break
        case (.seconds, .words), (.retries, .words), (.redirects, .words): break
        }
    }
}

extension Engine {
    /// The parameters of its rules that are settings of generic checkers, as the profile has them.
    public var checkerParameters: CheckerParameters {
        var parameters = CheckerParameters()
        for ready in rules {
            for parameter in ready.rule.parameters {
                guard let name = parameter.checker else { continue }
                parameters.take(ready.setting?.parameters[parameter.name] ?? parameter.defaultValue, as: name)
            }
        }
        return parameters
    }
}

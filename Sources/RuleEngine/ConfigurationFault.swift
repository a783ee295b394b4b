// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A profile or a file of answers that says something we do not understand: wrong usage, exit 2.
public struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// File or profile at fault.
    public let source: String
    /// What is wrong, in words.
    public let problem: String
    /// The nearest name that would be understood.
    public let suggestion: String?

    public init(source: String, problem: String, suggestion: String? = nil) {
        self.source = source
        self.problem = problem
        self.suggestion = suggestion
    }

    public var description: String {
        "\(source): \(problem)" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How much a finding weighs; A is the gravest and comes first.
///
/// - Source: rules.md, Levels (checkCIF).
public enum Level: String, Sendable, Hashable, Comparable, CaseIterable {
    /// The data cannot be interpreted, or will be interpreted wrongly.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case A
    /// Some software will go wrong, or a "must" of a standard is broken without loss.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case B
    /// Check: incomplete or unusual.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case C
    /// For information.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case G

    /// 0 for A, 3 for G.
    public var rank: Int {
        switch self {
        case .A: return 0
        case .B: return 1
        case .C: return 2
        case .G: return 3
        }
    }

    public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }

    /// This level weighs as much as `limit` or more.
    public func isAtLeast(_ limit: Level) -> Bool { rank <= limit.rank }
}

/// The files that a rule looks at.
public enum Applicability: String, Sendable, Hashable, CaseIterable {
    case imgCIF
    case nxmx = "NXmx"
    case both
    case anyNeXus = "any-NeXus"
    case package
}

/// How far a rule has come.
public enum Status: String, Sendable, Hashable, CaseIterable {
    /// Shown, and fails no run.
    case preview
    case stable
    /// Kept for its number only.
    case deprecated
}

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

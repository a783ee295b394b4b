// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The lasting name of a rule: an area and a number, such as AXIS-002.
public struct RuleID: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let area: String
    public let number: Int

    /// The areas in the order in which their rules run and are reported.
    public static let areas = [
        "FILE", "CIF", "DICT", "NX", "LINK", "AXIS", "PIXEL", "SCAN", "GEOM", "BEAM", "COUNT", "DATA", "IMAGE", "META",
    ]

    /// Reads "AXIS-002"; nil for anything that is not an area, a hyphen and three digits.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 3, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(parts[1]), RuleID.areas.contains(String(parts[0]))
        else { return nil }
        self.area = String(parts[0])
        self.number = number
    }

    /// A literal in our sources; one that is malformed is our defect.
    public init(stringLiteral text: String) {
        guard let id = RuleID(text) else { preconditionFailure("'\(text)' is no rule identifier") }
        self = id
    }

    /// Position of the area in `areas`.
    public var areaRank: Int { RuleID.areas.firstIndex(of: area) ?? RuleID.areas.count }

    public var description: String {
        let digits = String(number)
        return area + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    public static func < (a: RuleID, b: RuleID) -> Bool {
        a.areaRank == b.areaRank ? a.number < b.number : a.areaRank < b.areaRank
    }
}

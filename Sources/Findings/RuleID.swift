// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The lasting name of a rule: an area and a number, such as AXIS-002.
public struct RuleID: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// Position of the area in `areas`.
    public let areaRank: Int
    public let number: Int

    public var area: String { RuleID.areas[areaRank] }

    /// The areas in the order in which their rules run and are reported.
    public static let areas = [
        "FILE", "CIF", "DICT", "NX", "LINK", "AXIS", "PIXEL", "SCAN", "GEOM", "BEAM", "COUNT", "DATA", "IMAGE", "META",
    ]

    /// Reads "AXIS-002"; nil for anything that is not an area, a hyphen and three digits.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count > 4, let hyphen = bytes.index(bytes.endIndex, offsetBy: -4, limitedBy: bytes.startIndex),
            bytes[hyphen] == UInt8(ascii: "-")
        else { return nil }
        let digits = bytes[bytes.index(after: hyphen)...]
        guard digits.allSatisfy({ (48...57).contains($0) }),
            let rank = RuleID.areas.firstIndex(where: { $0.utf8.elementsEqual(bytes[..<hyphen]) })
        else { return nil }
        areaRank = rank
        number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// A literal in our sources; one that is malformed is our defect.
    ///
    /// The catalogue has hundreds of them, each made anew when the program starts: bytes are compared, no text is made.
    public init(stringLiteral text: StaticString) {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var area: UInt64 = 0
        var number = 0
        var at = 0
        while at < bytes.count, at < 8, bytes[at] != UInt8(ascii: "-") {
            area = area << 8 | UInt64(bytes[at])
            at += 1
        }
        let isNumbered = bytes.count == at + 4 && bytes[at] == UInt8(ascii: "-")
        for byte in bytes.dropFirst(at + 1) where isNumbered { number = number * 10 + Int(byte &- 48) }
        guard isNumbered, number < 1000, let rank = RuleID.packedAreas.firstIndex(of: area) else {
            preconditionFailure("'\(text)' is no rule identifier")
        }
        areaRank = rank
        self.number = number
    }

    /// The areas as the bytes of their names in one number.
    private static let packedAreas: [UInt64] = areas.map { $0.utf8.reduce(0) { $0 << 8 | UInt64($1) } }

    public func hash(into hasher: inout Hasher) { hasher.combine(areaRank << 16 | number) }

    /// A place in a flat table of `slots` entries, one for each identifier with a number below 128.
    public var slot: Int { areaRank << 7 | number & 127 }
    /// Entries of a table by `slot`.
    public static let slots = areas.count << 7

    public var description: String {
        let digits = String(number)
        return area + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    public static func < (a: RuleID, b: RuleID) -> Bool {
        a.areaRank == b.areaRank ? a.number < b.number : a.areaRank < b.areaRank
    }
}

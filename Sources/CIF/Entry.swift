// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a value is.
public enum ValueKind: Sendable, Hashable {
    /// A bare `.`: the item does not apply.
    case inapplicable
    /// A bare `?`, or no value at all: unknown.
    case unknown
    case bare
    case quoted
    case tripleQuoted
    /// A text field between semicolons.
    case text
    case list
    case table
    /// A binary section; the number counts `Document.binarySections` from 0.
    case binary(Int)

    /// True for bare `.` and `?`.
    public var isNull: Bool { self == .inapplicable || self == .unknown }
}

/// The place and kind of one value in 8 bytes: offset 40 bits, length 20 bits, kind 4 bits.
struct Entry {
    enum Kind: UInt64 {
        case inapplicable, unknown, bare, quoted, tripleQuoted, text
        /// A text field under the fold or prefix protocol.
        case protocolText
        case list, table, binary
        /// No value where one is needed; the offset is that of the name.
        case missing
        /// Quoted, triple-quoted or text without its end.
        case openQuoted, openTripleQuoted, openText
    }

    static let longLength = (1 << 20) - 1
    static let largestOffset = (1 << 40) - 1

    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    /// - Parameters:
    ///   - offset: Of the first byte of the content, below 2^40.
    ///   - length: Bytes of content; `longLength` sends to the side table.
    @inline(__always)
    init(offset: Int, length: Int, kind: Kind) {
        bits = UInt64(truncatingIfNeeded: offset) << 24 | UInt64(truncatingIfNeeded: length) << 4 | kind.rawValue
    }

    @inline(__always) var offset: Int { Int(truncatingIfNeeded: bits >> 24) }
    @inline(__always) var length: Int { Int(truncatingIfNeeded: bits >> 4) & Entry.longLength }
    @inline(__always) var kind: Kind { Kind(rawValue: bits & 15) ?? .missing }

    /// Bytes of the delimiter before the content.
    @inline(__always) var opening: Int {
        switch kind {
        case .quoted, .openQuoted, .text, .protocolText, .openText: 1
        case .tripleQuoted, .openTripleQuoted: 3
        default: 0
        }
    }
}

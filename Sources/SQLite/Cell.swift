// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// One value of a row.
public enum Cell: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])

    public init(_ number: Int) { self = .integer(Int64(number)) }
    public init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    /// A name of a file: text where it is UTF-8, bytes where it is not, so that no two names become one.
    public init(_ name: Name) {
        if let text = String(validating: name.bytes, as: UTF8.self) {
            self = .text(text)
        } else {
            self = .bytes(name.bytes)
        }
    }
}

extension Cell: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }
}

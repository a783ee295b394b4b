// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The types of NXDL.
///
/// - Source: nxdlTypes.xsd.
enum ValueType: Sendable {
    case char, date, float, int, uint, posint, number, boolean, binary, complex, quaternion, charOrNumber
    /// Anything, or a type that nothing is known of.
    case any

    init(_ name: String) {
        self =
            switch name {
            case "NX_CHAR": .char
            case "NX_DATE_TIME", "ISO8601": .date
            case "NX_FLOAT": .float
            case "NX_INT": .int
            case "NX_UINT": .uint
            case "NX_POSINT": .posint
            case "NX_NUMBER": .number
            case "NX_BOOLEAN": .boolean
            case "NX_BINARY": .binary
            case "NX_COMPLEX", "NX_CCOMPLEX", "NX_PCOMPLEX": .complex
            case "NX_QUATERNION": .quaternion
            case "NX_CHAR_OR_NUMBER": .charOrNumber
            default: .any
            }
    }

    /// Whether it takes some numbers only.
    var hasDomain: Bool { self == .posint || self == .uint || self == .boolean }
}

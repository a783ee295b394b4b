// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// How a stored form stands to a type of NXDL.
enum TypeVerdict: Equatable {
    case fits
    /// Another form that holds the meaning.
    case lenient
    /// The form cannot hold the meaning.
    case mismatch
}

/// Types of NXDL against types of HDF5; any byte order and width.
///
/// - Source: nxdlTypes.xsd; forms that writers use (h5py, PyTango, DECTRIS FileWriter).
enum StoredType {
    static func verdict(_ type: String, _ stored: DataType, shape: [Int]) -> TypeVerdict {
        if case .array(let element, let inner) = stored { return verdict(type, element, shape: shape + inner) }
        let isEnumeration = if case .enumeration = stored { true } else { false }
        switch type {
        case "NX_CHAR", "NX_DATE_TIME", "ISO8601":
            return stored.isString ? .fits : .mismatch
        case "NX_FLOAT":
            return stored.isFloat ? .fits : stored.isInteger ? .lenient : .mismatch
        case "NX_INT":
            return stored.isInteger ? .fits : isEnumeration ? .lenient : .mismatch
        case "NX_UINT":
            guard case .integer(_, let isSigned, _) = stored else { return .mismatch }
            return isSigned ? .lenient : .fits
        case "NX_POSINT":
            return stored.isInteger ? .fits : .mismatch
        case "NX_NUMBER":
            return stored.isNumeric ? .fits : stored.isBoolean ? .lenient : .mismatch
        case "NX_BOOLEAN":
            return stored.isInteger || isEnumeration ? .fits : .mismatch
        case "NX_BINARY":
            if case .opaque = stored { return .fits }
            guard case .integer(let bytes, let isSigned, _) = stored, bytes == 1 else { return .mismatch }
            return isSigned ? .lenient : .fits
        case "NX_COMPLEX", "NX_CCOMPLEX", "NX_PCOMPLEX":
            return isCompound(stored, of: 2) ? .fits : .mismatch
        case "NX_QUATERNION":
            return isCompound(stored, of: 4) || stored.isFloat && shape.last == 4 ? .fits : .mismatch
        case "NX_CHAR_OR_NUMBER":
            return stored.isString || stored.isNumeric ? .fits : stored.isBoolean ? .lenient : .mismatch
        default:
            return .fits
        }
    }

    private static func isCompound(_ stored: DataType, of count: Int) -> Bool {
        guard case .compound(let members) = stored, members.count == count else { return false }
        return members.allSatisfy(\.type.isFloat)
    }

    /// Whether a type takes some numbers only.
    static func hasDomain(_ type: String) -> Bool { ["NX_POSINT", "NX_UINT", "NX_BOOLEAN"].contains(type) }

    /// The first value outside a type, with its index; nil where all that are looked at are inside.
    static func outside(_ type: String, _ value: Value, most: Int) -> (index: Int, value: String)? {
        let range: ClosedRange<Int64>
        switch type {
        case "NX_POSINT": range = 1...Int64.max
        case "NX_UINT": range = 0...Int64.max
        case "NX_BOOLEAN": range = 0...1
        default: return nil
        }
        switch value {
        case .integers(let values):
            return values.prefix(most).firstIndex { !range.contains($0) }.map { ($0, String(values[$0])) }
        case .unsigned(let values):
            guard type != "NX_UINT" else { return nil }
            return values.prefix(most).firstIndex { type == "NX_BOOLEAN" ? $0 > 1 : $0 == 0 }.map {
                ($0, String(values[$0]))
            }
        default:
            return nil
        }
    }

    /// What a type takes, in words.
    static func domain(_ type: String) -> String {
        switch type {
        case "NX_POSINT": "integers above 0"
        case "NX_UINT": "integers from 0"
        default: "0 and 1"
        }
    }
}

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
    static func verdict(_ type: ValueType, _ stored: DataType, shape: [Int]) -> TypeVerdict {
        if case .array(let element, let inner) = stored { return verdict(type, element, shape: shape + inner) }
        let isEnumeration = if case .enumeration = stored { true } else { false }
        switch type {
        case .char, .date:
            return stored.isString ? .fits : .mismatch
        case .float:
            return stored.isFloat ? .fits : stored.isInteger ? .lenient : .mismatch
        case .int:
            return stored.isInteger ? .fits : isEnumeration ? .lenient : .mismatch
        case .uint:
            guard case .integer(_, let isSigned, _) = stored else { return .mismatch }
            return isSigned ? .lenient : .fits
        case .posint:
            return stored.isInteger ? .fits : .mismatch
        case .number:
            return stored.isNumeric ? .fits : stored.isBoolean ? .lenient : .mismatch
        case .boolean:
            return stored.isInteger || isEnumeration ? .fits : .mismatch
        case .binary:
            // The type itself speaks of text, with CR LF at the end of its lines.
            if case .opaque = stored { return .fits }
            if stored.isString { return .fits }
            guard case .integer(let bytes, let isSigned, _) = stored, bytes == 1 else { return .mismatch }
            return isSigned ? .lenient : .fits
        case .complex:
            return isCompound(stored, of: 2) ? .fits : .mismatch
        case .quaternion:
            return isCompound(stored, of: 4) || stored.isFloat && shape.last == 4 ? .fits : .mismatch
        case .charOrNumber:
            return stored.isString || stored.isNumeric ? .fits : stored.isBoolean ? .lenient : .mismatch
        case .any:
            return .fits
        }
    }

    private static func isCompound(_ stored: DataType, of count: Int) -> Bool {
        guard case .compound(let members) = stored, members.count == count else { return false }
        return members.allSatisfy(\.type.isFloat)
    }

    /// The first value outside a type, with its index; nil where all that are looked at are inside.
    static func outside(_ type: ValueType, _ value: Value, most: Int) -> (index: Int, value: String)? {
        let range: ClosedRange<Int64>
        switch type {
        case .posint: range = 1...Int64.max
        case .uint: range = 0...Int64.max
        case .boolean: range = 0...1
        default: return nil
        }
        switch value {
        case .integers(let values):
            return values.prefix(most).firstIndex { !range.contains($0) }.map { ($0, String(values[$0])) }
        case .unsigned(let values):
            guard type != .uint else { return nil }
            return values.prefix(most).firstIndex { type == .boolean ? $0 > 1 : $0 == 0 }.map {
                ($0, String(values[$0]))
            }
        default:
            return nil
        }
    }

    /// What a type takes.
    static func domain(_ type: ValueType) -> NXFault.OutsideDomain.Domain {
        switch type {
        case .posint: .aboveZero
        case .uint: .fromZero
        default: .boolean
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Makes types of libhdf5 from their descriptions.
enum TypeMaking {
    static func make(_ type: DataType) throws(Failure) -> Identifier {
        switch type {
        case .integer(let bytes, let isSigned, let bigEndian): return try integer(bytes, isSigned, bigEndian)
        case .float(let bytes, let bigEndian): return try float(bytes, bigEndian)
        case .string(let fixedBytes, let isUTF8, let padding): return try string(fixedBytes, isUTF8, padding)
        case .enumeration(let base, let members, _): return try enumeration(base, members)
        case .compound(let members): return try compound(members)
        case .array(let element, let shape):
            let inner = try make(element)
            let extent = shape.map { hsize_t(clamping: $0) }
            return try Identifier("make a type", type.words) {
                H5Tarray_create2(inner.id, UInt32(clamping: extent.count), extent)
            }
        case .variableLength(let element):
            let inner = try make(element)
            return try Identifier("make a type", type.words) { H5Tvlen_create(inner.id) }
        case .opaque(let bytes, let tag):
            let made = try Identifier("make a type", type.words) { H5Tcreate(H5T_OPAQUE, bytes) }
            _ = try Door.call("make a type", type.words) { H5Tset_tag(made.id, tag) }
            return made
        case .bitfield(let bytes):
            let made = try Identifier("make a type", type.words) { H5Tcopy(chdf5_bitfield()) }
            try set(made.id, bytes: bytes, bigEndian: false)
            try fillAllBits(made.id, bytes: bytes)
            return made
        case .reference(let isRegion):
            return try Identifier("make a type", type.words) {
                H5Tcopy(isRegion ? chdf5_region_reference() : chdf5_object_reference())
            }
        case .time, .unknown:
            throw Failure(attempt: "make a type", subject: type.words, innermost: "this type cannot be written")
        }
    }

    private static func set(_ type: hid_t, bytes: Int, bigEndian: Bool) throws(Failure) {
        _ = try Door.call("make a type", "\(bytes) bytes") { H5Tset_size(type, bytes) }
        _ = try Door.call("make a type", "\(bytes) bytes") {
            H5Tset_order(type, bigEndian ? H5T_ORDER_BE : H5T_ORDER_LE)
        }
    }

    private static func fillAllBits(_ type: hid_t, bytes: Int) throws(Failure) {
        _ = try Door.call("make a type", "\(bytes) bytes") { H5Tset_precision(type, bytes &* 8) }
    }

    private static func integer(_ bytes: Int, _ isSigned: Bool, _ bigEndian: Bool) throws(Failure) -> Identifier {
        let type = try Identifier("make a type", "integer") { H5Tcopy(isSigned ? chdf5_int8() : chdf5_uint8()) }
        try set(type.id, bytes: bytes, bigEndian: bigEndian)
        try fillAllBits(type.id, bytes: bytes)
        return type
    }

    private static func float(_ bytes: Int, _ bigEndian: Bool) throws(Failure) -> Identifier {
        let type = try Identifier("make a type", "float") { H5Tcopy(bytes == 8 ? chdf5_float64() : chdf5_float32()) }
        switch bytes {
        case 4, 8: break
        case 2:
            // IEEE 754 binary16: 1 bit of sign, 5 of exponent with bias 15, 10 of mantissa.
            _ = try Door.call("make a type", "float") { H5Tset_fields(type.id, 15, 10, 5, 0, 10) }
            _ = try Door.call("make a type", "float") { H5Tset_ebias(type.id, 15) }
        default: throw Failure(attempt: "make a type", subject: "float of \(bytes) bytes", innermost: "no such type")
        }
        try set(type.id, bytes: bytes, bigEndian: bigEndian)
        return type
    }

    private static func string(
        _ fixedBytes: Int?, _ isUTF8: Bool, _ padding: DataType.Padding
    ) throws(Failure) -> Identifier {
        let type = try Identifier("make a type", "string") { H5Tcopy(chdf5_c_string()) }
        _ = try Door.call("make a type", "string") { H5Tset_size(type.id, fixedBytes ?? chdf5_variable()) }
        _ = try Door.call("make a type", "string") {
            H5Tset_cset(type.id, isUTF8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII)
        }
        let filling =
            switch padding {
            case .nullTerminated: H5T_STR_NULLTERM
            case .nullPadded: H5T_STR_NULLPAD
            case .blankPadded: H5T_STR_SPACEPAD
            }
        _ = try Door.call("make a type", "string") { H5Tset_strpad(type.id, filling) }
        return type
    }

    private static func enumeration(_ base: DataType, _ members: [String: Int64]) throws(Failure) -> Identifier {
        let inner = try make(base)
        let type = try Identifier("make a type", "enumeration") { H5Tenum_create(inner.id) }
        guard case .integer(let bytes, _, let bigEndian) = base, bytes <= 8 else {
            throw Failure(attempt: "make a type", subject: "enumeration", innermost: "its base is no integer")
        }
        for (name, value) in members.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            let little = withUnsafeBytes(of: value.littleEndian) { Array($0.prefix(bytes)) }
            let stored = bigEndian ? little.reversed() : little
            _ = try Door.call("make a type", name) { H5Tenum_insert(type.id, name, stored) }
        }
        return type
    }

    private static func compound(_ members: [DataType.Member]) throws(Failure) -> Identifier {
        var sizes: [Int] = []
        for member in members {
            let type = try make(member.type)
            sizes.append(Door.ask { H5Tget_size(type.id) })
        }
        let type = try Identifier("make a type", "compound") { H5Tcreate(H5T_COMPOUND, sizes.reduce(0, &+)) }
        var offset = 0
        for (member, size) in zip(members, sizes) {
            let inner = try make(member.type)
            _ = try Door.call("make a type", member.name) { H5Tinsert(type.id, member.name, offset, inner.id) }
            offset &+= size
        }
        return type
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Describes types of libhdf5 as values.
struct TypeReading {
    /// Types inside types, at most.
    static let deepest = 16

    /// Path of what has the type, for failures.
    let subject: () -> String

    func describe(_ type: hid_t, depth: Int = 0) throws(Failure) -> DataType {
        let kind = Door.ask { H5Tget_class(type) }
        let bytes = Door.ask { H5Tget_size(type) }
        guard let bytes = Int(exactly: bytes), depth < Self.deepest else { return .unknown }
        switch kind {
        case H5T_INTEGER:
            return .integer(
                bytes: bytes, isSigned: Door.ask { H5Tget_sign(type) } == H5T_SGN_2, bigEndian: isBigEndian(type))
        case H5T_FLOAT: return .float(bytes: bytes, bigEndian: isBigEndian(type))
        case H5T_STRING: return try string(type, bytes)
        case H5T_ENUM: return try enumeration(type, depth)
        case H5T_COMPOUND: return .compound(try members(type, depth))
        case H5T_ARRAY: return try array(type, depth)
        case H5T_VLEN: return .variableLength(try inner(type, depth))
        case H5T_OPAQUE: return .opaque(bytes, tag: tag(type))
        case H5T_BITFIELD: return .bitfield(bytes)
        case H5T_REFERENCE:
            return .reference(isRegion: Door.ask { H5Tequal(type, chdf5_region_reference()) } > 0)
        case H5T_TIME: return .time
        default: return .unknown
        }
    }

    private func isBigEndian(_ type: hid_t) -> Bool { Door.ask { H5Tget_order(type) } == H5T_ORDER_BE }

    private func string(_ type: hid_t, _ bytes: Int) throws(Failure) -> DataType {
        let isVariable = try Door.call("read the type of", subject()) { H5Tis_variable_str(type) } > 0
        let padding: DataType.Padding =
            switch Door.ask({ H5Tget_strpad(type) }) {
            case H5T_STR_NULLPAD: .nullPadded
            case H5T_STR_SPACEPAD: .blankPadded
            default: .nullTerminated
            }
        let isUTF8 = Door.ask { H5Tget_cset(type) } == H5T_CSET_UTF8
        return .string(fixedBytes: isVariable ? nil : bytes, isUTF8: isUTF8, padding: padding)
    }

    private func inner(_ type: hid_t, _ depth: Int) throws(Failure) -> DataType {
        let base = try Identifier("read the type of", subject()) { H5Tget_super(type) }
        return try describe(base.id, depth: depth &+ 1)
    }

    private func array(_ type: hid_t, _ depth: Int) throws(Failure) -> DataType {
        let rank = try Door.call("read the type of", subject()) { H5Tget_array_ndims(type) }
        guard rank <= 32 else { return .unknown }
        var extent = [hsize_t](repeating: 0, count: Int(rank))
        _ = try Door.call("read the type of", subject()) { H5Tget_array_dims2(type, &extent) }
        return .array(try inner(type, depth), extent.map { Int(clamping: $0) })
    }

    private func members(_ type: hid_t, _ depth: Int) throws(Failure) -> [DataType.Member] {
        let count = try Door.call("read the type of", subject()) { H5Tget_nmembers(type) }
        var members: [DataType.Member] = []
        for index in 0..<UInt32(max(count, 0)) {
            let member = try Identifier("read the type of", subject()) { H5Tget_member_type(type, index) }
            members.append(.init(name: memberName(type, index), type: try describe(member.id, depth: depth &+ 1)))
        }
        return members
    }

    private func enumeration(_ type: hid_t, _ depth: Int) throws(Failure) -> DataType {
        let base = try inner(type, depth)
        let count = try Door.call("read the type of", subject()) { H5Tget_nmembers(type) }
        var members: [String: Int64] = [:]
        guard case .integer(let bytes, _, _) = base, bytes <= 8 else {
            return .enumeration(base: base, members: [:], isBoolean: false)
        }
        for index in 0..<UInt32(max(count, 0)) {
            var raw: [UInt8] = .init(repeating: 0, count: 8)
            _ = try Door.call("read the type of", subject()) { H5Tget_member_value(type, index, &raw) }
            let value = raw.withUnsafeBytes { RawDecoding.integers($0, count: 1, type: base) }
            members[memberName(type, index)] = value?.first ?? 0
        }
        return .enumeration(of: base, members: members)
    }

    private func memberName(_ type: hid_t, _ index: UInt32) -> String {
        taken(Door.ask { H5Tget_member_name(type, index) })
    }

    private func tag(_ type: hid_t) -> String { taken(Door.ask { H5Tget_tag(type) }) }

    /// A string the library allocated, which is given back.
    private func taken(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        guard let pointer else { return "" }
        defer { _ = Door.ask { H5free_memory(pointer) } }
        return shownName(UnsafeRawBufferPointer(start: pointer, count: cStringLength(pointer)))
    }
}

/// Bytes before the null.
func cStringLength(_ pointer: UnsafePointer<CChar>) -> Int {
    var count = 0
    while pointer[count] != 0 { count &+= 1 }
    return count
}

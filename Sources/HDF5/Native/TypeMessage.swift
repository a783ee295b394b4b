// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that describes the type of an element.
///
/// - Source: HDF5 File Format Specification, datatype message, versions 1 to 3.
struct TypeMessage {
    /// A type, and the bytes of one element.
    struct Stored {
        let type: DataType
        let bytes: Int
        /// All bits of a number belong to it in the usual way, so that its bytes can be taken as they are.
        let isOrdinary: Bool
    }

    /// Types inside types, at most; the same as for libhdf5.
    private static let deepest = TypeReading.deepest

    static func read(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> Stored {
        var cursor = FormatCursor(body)
        return try read(&cursor, depth: 0)
    }

    private static func read(_ cursor: inout FormatCursor, depth: Int) throws(NotPlain) -> Stored {
        guard depth < deepest else { throw NotPlain() }
        let head = try cursor.byte()
        let version = head >> 4
        let bits = UInt32(truncatingIfNeeded: try cursor.number(3))
        let size = try cursor.count(4)
        guard version >= 1, version <= 3, size > 0 else { throw NotPlain() }
        switch head & 0x0F {
        case 0: return try integer(&cursor, bits, size)
        case 1: return try float(&cursor, bits, size)
        case 3: return Stored(type: try string(bits, size), bytes: size, isOrdinary: true)
        case 4:
            try cursor.skip(4)
            return Stored(type: .bitfield(size), bytes: size, isOrdinary: false)
        case 5:
            let tag = try cursor.take(Int(bits & 0xFF))
            return Stored(
                type: .opaque(size, tag: shownName(.init(rebasing: tag.prefix { $0 != 0 }))), bytes: size,
                isOrdinary: false)
        case 6: return try compound(&cursor, version, Int(bits & 0xFFFF), size, depth)
        case 7:
            guard bits & 0x0F <= 1 else { throw NotPlain() }
            return Stored(type: .reference(isRegion: bits & 0x0F == 1), bytes: size, isOrdinary: false)
        case 8: return try enumeration(&cursor, version, Int(bits & 0xFFFF), size, depth)
        case 9: return try variable(&cursor, bits, size, depth)
        case 10: return try array(&cursor, version, size, depth)
        default: throw NotPlain()
        }
    }

    private static func integer(_ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int) throws(NotPlain) -> Stored {
        let offset = try cursor.count(2)
        let precision = try cursor.count(2)
        let isWhole = offset == 0 && precision == size &* 8 && [1, 2, 4, 8].contains(size)
        return Stored(
            type: .integer(bytes: size, isSigned: bits & 8 != 0, bigEndian: bits & 1 != 0), bytes: size,
            isOrdinary: isWhole)
    }

    private static func float(_ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int) throws(NotPlain) -> Stored {
        let place = try cursor.number(4)
        let shape = try cursor.number(4)
        let bias = try cursor.number(4)
        // Bit 6 stands for the order of a VAX.
        guard bits & 0x40 == 0 else { throw NotPlain() }
        let normal = bits & 0x30 == 0x20
        let sign = bits >> 8 & 0xFF
        // Offset and precision; place and size of the exponent, place and size of the mantissa.
        let isSingle = size == 4 && place == 32 << 16 && shape == 0x1700_0817 && bias == 127 && sign == 31
        let isDouble = size == 8 && place == 64 << 16 && shape == 0x3400_0B34 && bias == 1023 && sign == 63
        return Stored(
            type: .float(bytes: size, bigEndian: bits & 1 != 0), bytes: size,
            isOrdinary: normal && (isSingle || isDouble))
    }

    private static func padding(_ number: UInt32) throws(NotPlain) -> DataType.Padding {
        switch number {
        case 0: return .nullTerminated
        case 1: return .nullPadded
        case 2: return .blankPadded
        default: throw NotPlain()
        }
    }

    private static func isUTF8(_ number: UInt32) throws(NotPlain) -> Bool {
        guard number <= 1 else { throw NotPlain() }
        return number == 1
    }

    private static func string(_ bits: UInt32, _ size: Int) throws(NotPlain) -> DataType {
        .string(fixedBytes: size, isUTF8: try isUTF8(bits >> 4 & 0x0F), padding: try padding(bits & 0x0F))
    }

    private static func variable(
        _ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int, _ depth: Int
    ) throws(NotPlain) -> Stored {
        let base = try read(&cursor, depth: depth &+ 1)
        guard size == 16 else { throw NotPlain() }
        switch bits & 0x0F {
        case 0: return Stored(type: .variableLength(base.type), bytes: size, isOrdinary: false)
        case 1:
            let type = DataType.string(
                fixedBytes: nil, isUTF8: try isUTF8(bits >> 8 & 0x0F), padding: try padding(bits >> 4 & 0x0F))
            return Stored(type: type, bytes: size, isOrdinary: true)
        default: throw NotPlain()
        }
    }

    private static func array(
        _ cursor: inout FormatCursor, _ version: UInt8, _ size: Int, _ depth: Int
    ) throws(NotPlain) -> Stored {
        guard version >= 2 else { throw NotPlain() }
        let rank = Int(try cursor.byte())
        guard rank <= 32 else { throw NotPlain() }
        if version == 2 { try cursor.skip(3) }
        var extent: [Int] = []
        for _ in 0..<rank { extent.append(try cursor.count(4)) }
        if version == 2 { try cursor.skip(4 &* rank) }
        let base = try read(&cursor, depth: depth &+ 1)
        guard product(extent + [base.bytes]) == size else { throw NotPlain() }
        return Stored(type: .array(base.type, extent), bytes: size, isOrdinary: false)
    }

    private static func compound(
        _ cursor: inout FormatCursor, _ version: UInt8, _ count: Int, _ size: Int, _ depth: Int
    ) throws(NotPlain) -> Stored {
        guard count > 0 else { throw NotPlain() }
        var members: [DataType.Member] = []
        // In version 3 an offset takes as many bytes as the size of the compound needs.
        let width = version < 3 ? 4 : max(1, (Int.bitWidth &- size.leadingZeroBitCount &+ 7) / 8)
        for _ in 0..<count {
            let name = version < 3 ? try cursor.paddedName() : try cursor.name()
            let offset = try cursor.count(width)
            if version == 1 {
                guard try cursor.byte() == 0 else { throw NotPlain() }
                try cursor.skip(27)
            }
            let member = try read(&cursor, depth: depth &+ 1)
            guard member.bytes <= size, offset <= size &- member.bytes else { throw NotPlain() }
            members.append(.init(name: shownName(name), type: member.type))
        }
        return Stored(type: .compound(members), bytes: size, isOrdinary: false)
    }

    private static func enumeration(
        _ cursor: inout FormatCursor, _ version: UInt8, _ count: Int, _ size: Int, _ depth: Int
    ) throws(NotPlain) -> Stored {
        let base = try read(&cursor, depth: depth &+ 1)
        guard base.isOrdinary, base.bytes == size, case .integer = base.type else { throw NotPlain() }
        var names: [String] = []
        for _ in 0..<count { names.append(shownName(version < 3 ? try cursor.paddedName() : try cursor.name())) }
        let raw = try cursor.take(count &* size)
        guard let values = RawDecoding.integers(raw, count: count, type: base.type), values.count == count else {
            throw NotPlain()
        }
        let members = Dictionary(zip(names, values), uniquingKeysWith: { _, last in last })
        return Stored(type: .enumeration(of: base.type, members: members), bytes: size, isOrdinary: true)
    }
}

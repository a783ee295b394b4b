// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that describes the type of an element.
///
/// - Source: HDF5 File Format Specification, datatype message, versions 1 to 5. Versions 3, 4 and 5 have the same bodies.
struct TypeMessage {
    /// A type, and the bytes of one element.
    struct Stored {
        let type: DataType
        let bytes: Int
        /// How a number lies in its bytes, where it does not fill them in the usual way.
        var bits: NumberBits?
        /// The bytes of an element can be turned into a value.
        var isReadable = false
        /// The newest form that was met.
        var form: Form?
        /// Parts of an element that lead to the global heap.
        var pointers: [HeapPointer] = []
    }

    /// Types inside types, at most; the same as for libhdf5.
    private static let deepest = TypeReading.deepest

    static func read(_ start: FormatCursor) throws(Stop) -> Stored {
        var cursor = start
        return try read(&cursor, depth: 0)
    }

    private static func read(_ cursor: inout FormatCursor, depth: Int) throws(Stop) -> Stored {
        guard depth < deepest else { throw .unread(.limit) }
        let head = try cursor.byte()
        let version = head >> 4
        let bits = UInt32(truncatingIfNeeded: try cursor.number(3))
        let size = try cursor.count(4)
        guard version >= 1 else { throw cursor.damaged }
        guard version <= 5 else { throw cursor.newer }
        guard size > 0 else { throw cursor.damaged }
        var stored = try body(&cursor, head & 0x0F, version, bits, size, depth)
        if version >= 4 { stored.form = newer(stored.form, version == 4 ? .type4 : .type5) }
        return stored
    }

    private static func newer(_ one: Form?, _ other: Form?) -> Form? {
        guard let one, let other else { return one ?? other }
        // Forms stand in the order of their releases.
        return one.rawValue >= other.rawValue ? one : other
    }

    private static func body(
        _ cursor: inout FormatCursor, _ kind: UInt8, _ version: UInt8, _ bits: UInt32, _ size: Int, _ depth: Int
    ) throws(Stop) -> Stored {
        switch kind {
        case 0: return try integer(&cursor, bits, size)
        case 1: return try float(&cursor, bits, size)
        case 2:
            try cursor.skip(2)
            return Stored(type: .time, bytes: size)
        case 3: return Stored(type: try string(cursor, bits, size), bytes: size, isReadable: true)
        case 4:
            let offset = try cursor.count(2)
            let precision = try cursor.count(2)
            guard precision > 0, offset &+ precision <= size &* 8 else { throw cursor.damaged }
            return Stored(type: .bitfield(size), bytes: size, form: sparse(size, precision))
        case 5:
            // With its nulls the tag fills a multiple of 8 bytes.
            guard bits & 7 == 0 else { throw cursor.damaged }
            let tag = try cursor.take(Int(bits & 0xFF))
            return Stored(type: .opaque(size, tag: shownName(.init(rebasing: tag.prefix { $0 != 0 }))), bytes: size)
        case 6: return try compound(&cursor, version, Int(bits & 0xFFFF), size, depth)
        case 7: return try reference(cursor, version, bits, size)
        case 8: return try enumeration(&cursor, version, Int(bits & 0xFFFF), size, depth)
        case 9: return try variable(&cursor, bits, size, depth)
        case 10: return try array(&cursor, version, size, depth)
        case 11 where version >= 5: return try complex(&cursor, size, depth)
        case 11: throw cursor.damaged
        default: throw cursor.newer
        }
    }

    private static func integer(_ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int) throws(Stop) -> Stored {
        let offset = try cursor.count(2)
        let precision = try cursor.count(2)
        guard precision > 0, offset &+ precision <= size &* 8 else { throw cursor.damaged }
        let type = DataType.integer(bytes: size, isSigned: bits & 8 != 0, bigEndian: bits & 1 != 0)
        let isWhole = offset == 0 && precision == size &* 8 && [1, 2, 4, 8].contains(size)
        return Stored(
            type: type, bytes: size, bits: isWhole ? nil : NumberBits(offset: offset, precision: precision),
            isReadable: size <= 8, form: sparse(size, precision))
    }

    /// A number with fewer bits than half of its bytes have.
    private static func sparse(_ size: Int, _ precision: Int) -> Form? {
        size > 1 && precision < size &* 4 ? .sparseNumber : nil
    }

    private static func float(_ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int) throws(Stop) -> Stored {
        let offset = try cursor.count(2)
        let precision = try cursor.count(2)
        let exponent = NumberBits.Field(place: Int(try cursor.byte()), size: Int(try cursor.byte()))
        let mantissa = NumberBits.Field(place: Int(try cursor.byte()), size: Int(try cursor.byte()))
        let bias = try cursor.count(4)
        let type = DataType.float(bytes: size, bigEndian: bits & 1 != 0)
        let sign = Int(bits >> 8 & 0xFF)
        let whole = offset &+ precision
        guard precision > 0, whole <= size &* 8, sign < size &* 8, exponent.size > 0, exponent.end <= size &* 8,
            mantissa.size > 0, mantissa.end <= size &* 8,
            exponent.end <= mantissa.place || mantissa.end <= exponent.place,
            !exponent.holds(sign), !mantissa.holds(sign)
        else { throw cursor.damaged }
        let form = sparse(size, precision)
        let normal = bits >> 4 & 3
        guard normal <= 2 else { throw cursor.damaged }
        // Bit 6 stands for the order of a VAX. Libraries do not agree on what a number without a hidden one is worth.
        guard bits & 0x40 == 0, normal == 2, size <= 8, exponent.size <= 15, mantissa.size <= 63 else {
            return Stored(type: type, bytes: size, form: form)
        }
        let shape = NumberBits(
            offset: offset, precision: precision, sign: sign, exponent: exponent, mantissa: mantissa, bias: bias,
            hasLeadingOne: normal == 2)
        let isUsual = (size == 4 && shape == .single) || (size == 8 && shape == .double)
        return Stored(type: type, bytes: size, bits: isUsual ? nil : shape, isReadable: true, form: form)
    }

    private static func padding(_ cursor: FormatCursor, _ number: UInt32) throws(Stop) -> DataType.Padding {
        switch number {
        case 0: return .nullTerminated
        case 1: return .nullPadded
        case 2: return .blankPadded
        default: throw cursor.damaged
        }
    }

    private static func isUTF8(_ cursor: FormatCursor, _ number: UInt32) throws(Stop) -> Bool {
        guard number <= 1 else { throw cursor.damaged }
        return number == 1
    }

    private static func string(_ cursor: FormatCursor, _ bits: UInt32, _ size: Int) throws(Stop) -> DataType {
        .string(
            fixedBytes: size, isUTF8: try isUTF8(cursor, bits >> 4 & 0x0F), padding: try padding(cursor, bits & 0x0F))
    }

    /// Kinds 2 to 4 came with HDF5 1.12: objects, regions and attributes.
    private static func reference(
        _ cursor: FormatCursor, _ version: UInt8, _ bits: UInt32, _ size: Int
    ) throws(Stop) -> Stored {
        let kind = bits & 0x0F
        guard kind <= 1 || version >= 4 else { throw cursor.damaged }
        guard kind <= 4 else { throw cursor.newer }
        // Bits 4 to 7: version of the encoding, which those before it do not have.
        let encoding = bits >> 4 & 0x0F
        guard kind < 2 || encoding == 1 else { throw encoding == 0 ? cursor.damaged : cursor.newer }
        return Stored(
            type: .reference(isRegion: kind == 1 || kind == 3), bytes: size, form: kind > 1 ? .reference4 : nil)
    }

    private static func variable(
        _ cursor: inout FormatCursor, _ bits: UInt32, _ size: Int, _ depth: Int
    ) throws(Stop) -> Stored {
        let base = try read(&cursor, depth: depth &+ 1)
        guard size == 16 else { throw cursor.damaged }
        switch bits & 0x0F {
        case 0:
            let pointer = HeapPointer(place: 0, partBytes: base.bytes, inner: base.pointers)
            return Stored(
                type: .variableLength(base.type), bytes: size, form: base.form, pointers: [pointer])
        case 1:
            guard base.bytes == 1 else { throw cursor.damaged }
            let type = DataType.string(
                fixedBytes: nil, isUTF8: try isUTF8(cursor, bits >> 8 & 0x0F),
                padding: try padding(cursor, bits >> 4 & 0x0F))
            let pointer = HeapPointer(place: 0, partBytes: 1, inner: [])
            return Stored(type: type, bytes: size, isReadable: true, form: base.form, pointers: [pointer])
        default: throw cursor.damaged
        }
    }

    private static func array(
        _ cursor: inout FormatCursor, _ version: UInt8, _ size: Int, _ depth: Int
    ) throws(Stop) -> Stored {
        let rank = Int(try cursor.byte())
        guard rank > 0, rank <= 32 else { throw cursor.damaged }
        if version <= 2 { try cursor.skip(3) }
        var extent: [Int] = []
        for _ in 0..<rank { extent.append(try cursor.count(4)) }
        if version <= 2 { try cursor.skip(4 &* rank) }
        let base = try read(&cursor, depth: depth &+ 1)
        guard product(extent + [base.bytes]) == size else { throw cursor.damaged }
        return Stored(
            type: .array(base.type, extent), bytes: size, form: base.form,
            pointers: try HeapPointer.repeated(base.pointers, every: base.bytes, upTo: size))
    }

    private static func compound(
        _ cursor: inout FormatCursor, _ version: UInt8, _ count: Int, _ size: Int, _ depth: Int
    ) throws(Stop) -> Stored {
        guard count > 0 else { throw cursor.damaged }
        var members: [DataType.Member] = []
        var places: [Range<Int>] = []
        var pointers: [HeapPointer] = []
        var form: Form?
        // From version 3 on an offset takes as many bytes as the size of the compound needs.
        let width = version < 3 ? 4 : max(1, (Int.bitWidth &- size.leadingZeroBitCount &+ 7) / 8)
        for _ in 0..<count {
            let name = version < 3 ? try cursor.paddedName() : try cursor.name()
            guard !name.isEmpty else { throw cursor.damaged }
            let offset = try cursor.count(width)
            let extent = version == 1 ? try earlyExtent(&cursor) : []
            let member = try read(&cursor, depth: depth &+ 1)
            guard let bytes = product(extent + [member.bytes]), bytes <= size, offset <= size &- bytes else {
                throw cursor.damaged
            }
            form = newer(form, member.form)
            places.append(offset..<(offset &+ bytes))
            pointers += try HeapPointer.repeated(member.pointers, every: member.bytes, upTo: bytes, from: offset)
            members.append(
                .init(name: shownName(name), type: extent.isEmpty ? member.type : .array(member.type, extent)))
        }
        places.sort { $0.lowerBound < $1.lowerBound }
        for index in places.indices.dropFirst() where places[index].lowerBound < places[index &- 1].upperBound {
            throw cursor.damaged
        }
        return Stored(type: .compound(members), bytes: size, form: form, pointers: pointers)
    }

    /// In version 1 a member can be an array.
    private static func earlyExtent(_ cursor: inout FormatCursor) throws(Stop) -> [Int] {
        let rank = Int(try cursor.byte())
        guard rank <= 4 else { throw cursor.damaged }
        try cursor.skip(11)
        var extent: [Int] = []
        for axis in 0..<4 {
            let size = try cursor.count(4)
            guard axis < rank else { continue }
            guard size > 0 else { throw cursor.damaged }
            extent.append(size)
        }
        return extent
    }

    private static func enumeration(
        _ cursor: inout FormatCursor, _ version: UInt8, _ count: Int, _ size: Int, _ depth: Int
    ) throws(Stop) -> Stored {
        let base = try read(&cursor, depth: depth &+ 1)
        guard base.bytes == size else { throw cursor.damaged }
        var names: [String] = []
        for _ in 0..<count {
            let name = version < 3 ? try cursor.paddedName() : try cursor.name()
            guard !name.isEmpty else { throw cursor.damaged }
            names.append(shownName(name))
        }
        guard let room = product([count, size]) else { throw cursor.damaged }
        let raw = try cursor.take(room)
        guard base.bits == nil, case .integer = base.type, base.isReadable,
            let values = RawDecoding.integers(raw, count: count, type: base.type), values.count == count
        else {
            return Stored(type: .enumeration(of: base.type, members: [:]), bytes: size, form: base.form)
        }
        let members = Dictionary(zip(names, values), uniquingKeysWith: { _, last in last })
        return Stored(
            type: .enumeration(of: base.type, members: members), bytes: size, isReadable: true, form: base.form)
    }

    /// Two numbers of one type, told as h5py writes them: a compound of `r` and `i`.
    private static func complex(_ cursor: inout FormatCursor, _ size: Int, _ depth: Int) throws(Stop) -> Stored {
        let base = try read(&cursor, depth: depth &+ 1)
        guard product([base.bytes, 2]) == size else { throw cursor.damaged }
        let parts = ["r", "i"].map { DataType.Member(name: $0, type: base.type) }
        return Stored(type: .compound(parts), bytes: size, form: .complex)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Little-endian fields one after the other, never past the end; an end too early contradicts the clause they belong to.
struct FormatCursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var place: Int
    let clause: Clause
    /// The bytes stand under a right checksum.
    let isChecked: Bool

    init(_ bytes: UnsafeRawBufferPointer, at place: Int = 0, of clause: Clause, isChecked: Bool = false) {
        self.bytes = bytes
        self.place = min(max(place, 0), bytes.count)
        self.clause = clause
        self.isChecked = isChecked
    }

    var left: Int { bytes.count &- place }

    /// Contradicts the format.
    var damaged: Stop { .damaged(clause) }

    /// A version that we do not know: newer than we are if a checksum vouches for it, else damaged.
    var newer: Stop { isChecked ? .unread(.newer) : .damaged(clause) }

    /// A version: below those that the format has it is damage, above them the file may be newer than we are.
    @discardableResult mutating func version(_ known: ClosedRange<UInt8>) throws(Stop) -> UInt8 {
        let version = try byte()
        guard version >= known.lowerBound else { throw damaged }
        guard version <= known.upperBound else { throw newer }
        return version
    }

    /// An unsigned number of up to 8 bytes.
    mutating func number(_ width: Int) throws(Stop) -> UInt64 {
        guard width >= 0, width <= 8, width <= left else { throw damaged }
        var value: UInt64 = 0
        for step in 0..<width { value |= UInt64(bytes[place &+ step]) << UInt64(8 &* step) }
        place &+= width
        return value
    }

    /// An unsigned number that must fit.
    mutating func count(_ width: Int) throws(Stop) -> Int {
        guard let count = Int(exactly: try number(width)) else { throw damaged }
        return count
    }

    /// An address or a length of 8 bytes.
    mutating func word() throws(Stop) -> UInt64 {
        guard left >= 8 else { throw damaged }
        let value = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place &+= 8
        return value
    }

    mutating func byte() throws(Stop) -> UInt8 {
        guard left >= 1 else { throw damaged }
        place &+= 1
        return bytes[place &- 1]
    }

    mutating func skip(_ count: Int) throws(Stop) {
        guard count >= 0, count <= left else { throw damaged }
        place &+= count
    }

    mutating func take(_ count: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= left else { throw damaged }
        place &+= count
        return UnsafeRawBufferPointer(rebasing: bytes[(place &- count)..<place])
    }

    /// Bytes up to a null, which is passed over.
    mutating func name() throws(Stop) -> UnsafeRawBufferPointer {
        let rest = bytes[place...]
        guard let end = rest.firstIndex(of: 0) else { throw damaged }
        place = end &+ 1
        return UnsafeRawBufferPointer(rebasing: rest[..<end])
    }

    /// A name whose room, with its null, is a multiple of 8 bytes.
    mutating func paddedName() throws(Stop) -> UnsafeRawBufferPointer {
        let start = place
        let name = try name()
        try skip(Self.padding(place &- start))
        return name
    }

    mutating func expect(_ signature: StaticString) throws(Stop) {
        let count = signature.utf8CodeUnitCount
        let found = try take(count)
        for index in 0..<count where found[index] != signature.utf8Start[index] { throw damaged }
    }

    /// Bytes to the next multiple of 8.
    static func padding(_ count: Int) -> Int { (8 &- count & 7) & 7 }
}

/// An address that stands for "nowhere".
let noAddress = UInt64.max

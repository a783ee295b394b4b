// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Turns elements as they lie in the file into Swift numbers.
enum RawDecoding {
    /// Integers of 1, 2, 4 or 8 bytes; nil if one exceeds `Int64` or the width is another.
    static func integers(_ raw: UnsafeRawBufferPointer, count: Int, type: DataType) -> [Int64]? {
        guard case .integer(let bytes, let isSigned, let bigEndian) = type else { return nil }
        switch (bytes, isSigned) {
        case (1, true): return each(raw, count, bigEndian) { (value: Int8) in Int64(value) }
        case (1, false): return each(raw, count, bigEndian) { (value: UInt8) in Int64(value) }
        case (2, true): return each(raw, count, bigEndian) { (value: Int16) in Int64(value) }
        case (2, false): return each(raw, count, bigEndian) { (value: UInt16) in Int64(value) }
        case (4, true): return each(raw, count, bigEndian) { (value: Int32) in Int64(value) }
        case (4, false): return each(raw, count, bigEndian) { (value: UInt32) in Int64(value) }
        case (8, true): return each(raw, count, bigEndian) { (value: Int64) in value }
        case (8, false):
            let values = unsigned(raw, count: count, bigEndian: bigEndian)
            guard values.allSatisfy({ $0 <= UInt64(Int64.max) }) else { return nil }
            return values.map { Int64(truncatingIfNeeded: $0) }
        default: return nil
        }
    }

    static func unsigned(_ raw: UnsafeRawBufferPointer, count: Int, bigEndian: Bool) -> [UInt64] {
        each(raw, count, bigEndian) { (value: UInt64) in value }
    }

    /// Floats of 4 or 8 bytes in IEEE 754 form.
    static func reals(_ raw: UnsafeRawBufferPointer, count: Int, bytes: Int, bigEndian: Bool) -> [Double]? {
        switch bytes {
        case 4: each(raw, count, bigEndian) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
        case 8: each(raw, count, bigEndian) { (bits: UInt64) in Double(bitPattern: bits) }
        default: nil
        }
    }

    private static func each<Stored: FixedWidthInteger, Element>(
        _ raw: UnsafeRawBufferPointer, _ count: Int, _ bigEndian: Bool, _ decode: (Stored) -> Element
    ) -> [Element] {
        let width = MemoryLayout<Stored>.size
        let count = max(0, min(count, raw.count / width))
        return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count {
                let stored = raw.loadUnaligned(fromByteOffset: index &* width, as: Stored.self)
                buffer.initializeElement(
                    at: index, to: decode(bigEndian ? Stored(bigEndian: stored) : Stored(littleEndian: stored)))
            }
            filled = count
        }
    }
}

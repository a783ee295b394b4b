// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which byte of a number comes first.
public enum ByteOrder: Sendable, Hashable {
    case little, big

    /// The order in which this machine keeps numbers.
    public static var ofThisMachine: ByteOrder { UInt16(1).littleEndian == 1 ? .little : .big }

    /// A number of so many bytes; nil if they do not all lie inside.
    func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> UInt64? {
        guard start >= 0, start <= bytes.count, count <= bytes.count - start else { return nil }
        var value: UInt64 = 0
        for step in 0..<count {
            let place = self == .big ? step : count - 1 - step
            value = value << 8 | UInt64(bytes[start + place])
        }
        return value
    }

    /// Turns elements of this order into such of little endian, in place; the bytes are a whole number of elements.
    public func makeLittle(_ bytes: inout [UInt8], elementBytes width: Int) {
        guard self == .big, width > 1 else { return }
        bytes.withUnsafeMutableBytes { bytes in
            switch width {
            case 2: Self.swap(bytes, UInt16.self)
            case 4: Self.swap(bytes, UInt32.self)
            case 8: Self.swap(bytes, UInt64.self)
            default: break
            }
        }
    }

    private static func swap<Element: FixedWidthInteger>(_ bytes: UnsafeMutableRawBufferPointer, _: Element.Type) {
        let width = MemoryLayout<Element>.size
        for start in stride(from: 0, to: bytes.count - bytes.count % width, by: width) {
            let element = bytes.loadUnaligned(fromByteOffset: start, as: Element.self)
            bytes.storeBytes(of: element.byteSwapped, toByteOffset: start, as: Element.self)
        }
    }
}

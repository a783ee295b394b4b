// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads bits of bytes, the least of each byte first.
struct LowBits {
    private var place = 0
    private var held: UInt64 = 0
    private var count = 0

    /// - Parameter start: The first byte that is read.
    init(from start: Int = 0) { place = start }

    /// A number of up to 56 bits; nil where the bytes end inside it.
    private mutating func few(_ width: Int, of bytes: Span<UInt8>) -> UInt64? {
        while count < width {
            guard place < bytes.count else { return nil }
            held |= UInt64(bytes[place]) << UInt64(count)
            place += 1
            count += 8
        }
        let value = held & (1 << UInt64(width) - 1)
        held >>= UInt64(width)
        count -= width
        return value
    }

    /// A number of any width, by its low 64 bits; nil where the bytes end inside it.
    mutating func next(_ width: Int, of bytes: Span<UInt8>) -> UInt64? {
        guard width > 56 else { return few(width, of: bytes) }
        guard let low = few(32, of: bytes), let high = few(min(width, 64) - 32, of: bytes) else { return nil }
        if width > 64, few(width - 64, of: bytes) == nil { return nil }
        return high << 32 | low
    }

    /// A number whose greatest bit is its sign.
    mutating func signed(_ width: Int, of bytes: Span<UInt8>) -> Int64? {
        guard width > 0 else { return 0 }
        guard let value = next(width, of: bytes) else { return nil }
        let unused = Int64(64 - min(width, 64))
        return (Int64(bitPattern: value) << unused) >> unused
    }
}

/// The encodings of CBFlib beside byte_offset have elements that are sums of differences, modulo their width.
enum CBFElements {
    /// Elements of 64 bits are none that CBFlib 0.9.7 writes and reads back.
    static let integers: Set<ElementType> = [.int8, .uint8, .int16, .uint16, .int32, .uint32]

    /// How many elements fill the output.
    static func count(_ element: ElementType, in output: borrowing OutputSpan<UInt8>) throws(CodecFault) -> Int {
        guard integers.contains(element) else { throw .unsupported("this encoding of \(element)") }
        guard output.freeCapacity % element.bytes == 0 else {
            throw .request("\(output.freeCapacity) bytes are no whole number of elements of \(element.bytes) bytes")
        }
        return output.freeCapacity / element.bytes
    }

    /// Appends an element by its low bits, in the byte order of this machine.
    static func append(_ value: Int64, _ width: Int, to output: inout OutputSpan<UInt8>) {
        switch width {
        case 1: output.append(UInt8(truncatingIfNeeded: value))
        case 2: withUnsafeBytes(of: UInt16(truncatingIfNeeded: value)) { for byte in $0 { output.append(byte) } }
        case 4: withUnsafeBytes(of: UInt32(truncatingIfNeeded: value)) { for byte in $0 { output.append(byte) } }
        default: withUnsafeBytes(of: value) { for byte in $0 { output.append(byte) } }
        }
    }

    /// Checks the number of elements that a stream states in its first 8 bytes, little endian.
    static func check(_ stream: Span<UInt8>, count: Int) throws(CodecFault) {
        var bits = LowBits()
        // Number of elements, least and greatest element, and a word that means nothing.
        guard let stated = bits.next(64, of: stream), stream.count >= 32 else { throw .short(at: stream.count) }
        guard stated == UInt64(count) else { throw .size(stated: stated, expected: count) }
    }
}

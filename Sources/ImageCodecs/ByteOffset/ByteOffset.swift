// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// The byte_offset encoding of CBF: differences to the element before, in 1, 2, 4 or 8 bytes, little endian.
///
/// The least value of a width says that the next width follows.
/// - Source: imgCIF dictionary, `_array_structure.compression_type` byte_offset; CBFlib manual, byte_offset compression.
public enum ByteOffset {
    /// What the decoded integers are.
    package enum Element: Sendable {
        case int32, uint32

        fileprivate var range: ClosedRange<Int64> {
            switch self {
            case .int32: Int64(Int32.min)...Int64(Int32.max)
            case .uint32: 0...Int64(UInt32.max)
            }
        }
    }

    /// Encodes signed 32-bit integers.
    public static func encode(_ values: [Int32]) -> [UInt8] { encode(values, kernel: .c) }

    package static func encode(_ values: [Int32], kernel: Kernel) -> [UInt8] {
        guard kernel == .c else { return encodedInSwift(values) }
        let (room, overflows) = values.count.multipliedReportingOverflow(by: 15)
        guard !overflows else { return [] }
        return values.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: room) { output, size in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                size = imprimatur_byte_offset_encode(from, input.count, to)
            }
        }
    }

    /// Decodes the bytes of one image, without the boundary and the padding behind it.
    ///
    /// - Parameters:
    ///   - count: Number of elements.
    ///   - element: Values beyond its range are a fault.
    /// - Returns: The values by their low 32 bits, and the number of bytes used.
    package static func decode(
        _ stream: [UInt8], count: Int, as element: Element = .int32, kernel: Kernel = .c
    ) throws(CodecFault) -> (values: [UInt32], used: Int) {
        guard count >= 0 else { throw .request("\(count) elements") }
        // Each element takes a byte at least, so no room is made that the stream cannot fill.
        guard count <= stream.count else { throw .short(at: stream.count) }
        let range = element.range
        guard kernel == .c else { return try decodedInSwift(stream, count: count, range: range) }
        var result = imprimatur_byte_offset_result()
        let values = stream.withUnsafeBufferPointer { input in
            [UInt32](unsafeUninitializedCapacity: count) { output, size in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                result = imprimatur_byte_offset_decode(
                    from, input.count, to, count, range.lowerBound, range.upperBound)
                size = result.done
            }
        }
        switch result.state {
        case imprimatur_byte_offset_short: throw .short(at: stream.count)
        case imprimatur_byte_offset_range: throw .range(element: result.done)
        default: return (values, result.used)
        }
    }

    /// Fills the output with elements of 4 bytes in the byte order of this machine.
    static func decode(
        _ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        let element: Element
        switch parameters.element {
        case .int32, nil: element = .int32
        case .uint32: element = .uint32
        default: throw .request("byte_offset of other elements than 32-bit integers")
        }
        let bytes = output.freeCapacity
        guard bytes % 4 == 0 else { throw .request("\(bytes) bytes are no whole number of elements of 4 bytes") }
        let decoded = try decode(stream.withUnsafeBytes { Array($0) }, count: bytes / 4, as: element)
        decoded.values.withUnsafeBytes { for byte in $0 { output.append(byte) } }
    }

    private static func encodedInSwift(_ values: [Int32]) -> [UInt8] {
        var stream: [UInt8] = []
        var before: Int64 = 0
        for value in values {
            let step = Int64(value) - before
            before = Int64(value)
            if let byte = Int8(exactly: step), byte != .min {
                stream.append(UInt8(bitPattern: byte))
                continue
            }
            stream.append(0x80)
            if let word = Int16(exactly: step), word != .min {
                append(step, bytes: 2, to: &stream)
                continue
            }
            append(Int64(Int16.min), bytes: 2, to: &stream)
            if let long = Int32(exactly: step), long != .min {
                append(step, bytes: 4, to: &stream)
                continue
            }
            append(Int64(Int32.min), bytes: 4, to: &stream)
            append(step, bytes: 8, to: &stream)
        }
        return stream
    }

    private static func append(_ value: Int64, bytes: Int, to stream: inout [UInt8]) {
        for byte in 0..<bytes { stream.append(UInt8(truncatingIfNeeded: value >> Int64(8 * byte))) }
    }

    private static func decodedInSwift(
        _ stream: [UInt8], count: Int, range: ClosedRange<Int64>
    ) throws(CodecFault) -> (values: [UInt32], used: Int) {
        var values: [UInt32] = []
        var value: Int64 = 0
        var next = 0
        func signed(_ bytes: Int) -> Int64? {
            guard stream.count - next >= bytes else { return nil }
            var bits: UInt64 = 0
            for byte in 0..<bytes { bits |= UInt64(stream[next + byte]) << UInt64(8 * byte) }
            next += bytes
            let unused = Int64(64 - 8 * bytes)
            return (Int64(bitPattern: bits) << unused) >> unused
        }
        while values.count < count {
            guard var step = signed(1) else { throw .short(at: stream.count) }
            for (least, wider) in [(Int64(Int8.min), 2), (Int64(Int16.min), 4), (Int64(Int32.min), 8)] {
                guard step == least else { break }
                guard let next = signed(wider) else { throw .short(at: stream.count) }
                step = next
            }
            let (sum, overflows) = value.addingReportingOverflow(step)
            guard !overflows, range.contains(sum) else { throw .range(element: values.count) }
            value = sum
            values.append(UInt32(truncatingIfNeeded: value))
        }
        return (values, next)
    }
}

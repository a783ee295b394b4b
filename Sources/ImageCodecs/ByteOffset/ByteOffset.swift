// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// The byte_offset encoding of CBF: differences to the element before, in 1, 2, 4 or 8 bytes, little endian.
///
/// The least value of a width says that the next width follows. Some writers count in the width of the element and go
/// round at its end, others never do; a sum beyond the range of signed 8-bit, unsigned 16-bit and 32-bit elements is taken
/// to have gone round if its difference is one of those writers (it fits the width; 9 bits for signed bytes), and is a
/// fault otherwise.
/// - Source: imgCIF dictionary, `_array_structure.compression_type` byte_offset; CBFlib manual, byte_offset compression.
public enum ByteOffset {
    /// Elements that can be encoded so.
    static let elements: Set<ElementType> = [.int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64]

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

    /// Fills the room that is left in the output with elements in the byte order of this machine.
    ///
    /// - Parameter stream: The bytes of one image; what lies behind them, such as padding, is not looked at.
    /// - Returns: The number of bytes used.
    /// - Throws: If the stream ends before, or an element does not fit its type.
    @discardableResult
    public static func decode(
        _ stream: Span<UInt8>, as element: ElementType, into output: inout OutputSpan<UInt8>
    ) throws(CodecFault) -> Int {
        try decode(stream, as: element, into: &output, kernel: .c)
    }

    package static func decode(
        _ stream: Span<UInt8>, as element: ElementType, into output: inout OutputSpan<UInt8>, kernel: Kernel
    ) throws(CodecFault) -> Int {
        guard elements.contains(element) else { throw .request("byte_offset of elements that are no integers") }
        let width = element.bytes
        let bytes = output.freeCapacity
        guard bytes % width == 0 else {
            throw .request("\(bytes) bytes are no whole number of elements of \(width) bytes")
        }
        let count = bytes / width
        // Each element takes a byte at least.
        guard count <= stream.count else { throw .short(at: stream.count) }
        guard kernel == .c else { return try decodeInSwift(stream, as: element, count: count, into: &output) }
        let result = stream.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { room, filled in
                guard let from = input.baseAddress, let to = room.baseAddress else {
                    return imprimatur_byte_offset_result()
                }
                let result = imprimatur_byte_offset_decode(
                    from, input.count, to + filled, count, Int32(width), element.isSigned ? 1 : 0)
                filled += result.done * width
                return result
            }
        }
        switch result.state {
        case imprimatur_byte_offset_short: throw .short(at: stream.count)
        case imprimatur_byte_offset_range: throw .range(element: result.done)
        default: return result.used
        }
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
}

// MARK: The twin in Swift

extension ByteOffset {
    private static func decodeInSwift(
        _ stream: Span<UInt8>, as element: ElementType, count: Int, into output: inout OutputSpan<UInt8>
    ) throws(CodecFault) -> Int {
        var value: Int64 = 0
        var next = 0
        for index in 0..<count {
            guard let step = step(stream, &next) else { throw .short(at: stream.count) }
            guard let sum = sum(value, step, element) else { throw .range(element: index) }
            value = sum
            withUnsafeBytes(of: UInt64(bitPattern: value).littleEndian) { bytes in
                for place in 0..<element.bytes {
                    #if _endian(big)
                        output.append(bytes[element.bytes - 1 - place])
                    #else
                        output.append(bytes[place])
                    #endif
                }
            }
        }
        return next
    }

    /// One difference; nil if the stream ends inside it.
    private static func step(_ stream: Span<UInt8>, _ next: inout Int) -> Int64? {
        var start = next
        for bytes in [1, 2, 4, 8] {
            guard stream.count - start >= bytes else { return nil }
            var bits: UInt64 = 0
            for byte in 0..<bytes { bits |= UInt64(stream[start + byte]) << UInt64(8 * byte) }
            start += bytes
            let unused = Int64(64 - 8 * bytes)
            let step = (Int64(bitPattern: bits) << unused) >> unused
            if bytes < 8, step == -(Int64(1) << Int64(8 * bytes - 1)) { continue }
            next = start
            return step
        }
        return nil
    }

    /// The next element; nil if it does not fit.
    private static func sum(_ value: Int64, _ step: Int64, _ element: ElementType) -> Int64? {
        guard element.bytes < 8 else { return value &+ step }
        let (sum, overflows) = value.addingReportingOverflow(step)
        let round = Int64(1) << Int64(8 * element.bytes)
        let range = element.isSigned ? -round / 2..<round / 2 : 0..<round
        guard !overflows else { return nil }
        if range.contains(sum) { return sum }
        let goesRound = element.bytes == 4 || element == .uint16 || element == .int8
        let most = element == .int8 ? round : round / 2
        guard goesRound, step >= -most, step < most else { return nil }
        return sum < range.lowerBound ? sum + round : sum - round
    }
}

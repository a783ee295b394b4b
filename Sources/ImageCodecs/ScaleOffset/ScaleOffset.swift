// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Numbers less their least one, in as many bits as the greatest difference needs, as HDF5 filter 6 stores a chunk.
///
/// Reals are multiplied by a power of ten and rounded before. A chunk begins with the bits of a number (4 bytes), the bytes of
/// the least number (1) and that number (8); the packed differences begin at byte 21, the highest bit first. All bits set stand
/// for the fill value, where there is one.
/// - Source: HDF5 reference, H5Pset_scaleoffset; The HDF Group, scale-offset filter. What is here was tried on chunks of
///   HDF5 1.10 and 2.0.
struct ScaleOffset {
    /// Bytes before the packed numbers.
    private static let headBytes = 21

    private let isReal: Bool
    /// Bits of a number, 0 for as few as it takes; of reals the power of ten.
    private let factor: Int
    private let count: Int
    private let width: Int
    private let isBigEndian: Bool
    private let fill: UInt64?

    /// - Parameter values: Way of scaling (0 decimal, 2 integers), factor, elements, class (0 integers, 1 reals), bytes of an
    ///   element, sign, order (1 big endian), whether there is a fill value, and that value in words of 4 bytes.
    private init?(_ values: [UInt32]) {
        guard values.count >= 8, values[6] <= 1, values[7] <= 1, let width = Int(exactly: values[4]) else { return nil }
        factor = Int(Int32(bitPattern: values[1]))
        switch (values[0], values[3]) {
        case (2, 0): guard [1, 2, 4, 8].contains(width), (0...8 * width).contains(factor) else { return nil }
        case (0, 1): guard width == 4 || width == 8 else { return nil }
        default: return nil
        }
        isReal = values[3] == 1
        count = Int(values[2])
        self.width = width
        isBigEndian = values[6] == 1
        if values[7] == 1 {
            guard values.count >= (width > 4 ? 10 : 9) else { return nil }
            fill = UInt64(values[8]) | (width > 4 ? UInt64(values[9]) << 32 : 0)
        } else {
            fill = nil
        }
    }

    static func accepts(_ parameters: Codec.Parameters) -> Bool {
        ScaleOffset(parameters.values).map { $0.width == parameters.elementBytes } ?? false
    }

    static func decode(
        _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        guard let form = ScaleOffset(parameters.values) else {
            throw .request("scale-offset with parameters \(parameters.values)")
        }
        try form.decode(input, into: &output)
    }

    private func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        let total = count * width
        guard total <= output.freeCapacity else {
            throw .size(stated: UInt64(total), expected: output.freeCapacity)
        }
        if !isReal, factor == 8 * width {
            // All bits are wanted: the filter leaves the chunk as it is.
            guard input.count >= total else { throw .short(at: input.count) }
            for index in 0..<total { output.append(input[index]) }
            return
        }
        guard input.count >= Self.headBytes else { throw .short(at: input.count) }
        let bits = (0..<4).reduce(0) { $0 | Int(input[$1]) << (8 * $1) }
        guard bits <= 8 * width else { throw .damaged(block: 0) }
        let least = (0..<min(8, Int(input[4]))).reduce(UInt64(0)) { $0 | UInt64(input[5 + $1]) << UInt64(8 * $1) }
        guard count <= (input.count - Self.headBytes) * 8 / max(bits, 1) || bits == 0 else {
            throw .short(at: input.count)
        }
        if bits == 8 * width {
            // As they were, in the order of the machine.
            for element in 0..<count {
                append(
                    (0..<width).reduce(0) { number, byte in
                        number | UInt64(input[Self.headBytes + element * width + byte]) << UInt64(8 * byte)
                    }, to: &output)
            }
            return
        }
        let none = UInt64(1) << UInt64(bits) - 1
        var place = HighBits(behind: Self.headBytes)
        for _ in 0..<count {
            let number = try place.take(bits, of: input)
            append(number == none ? fill ?? value(number, least) : value(number, least), to: &output)
        }
    }

    /// The bits of an element.
    private func value(_ number: UInt64, _ least: UInt64) -> UInt64 {
        guard isReal else { return number &+ least }
        if width == 4 {
            let real = Float(Int32(truncatingIfNeeded: number)) / powf(10, Float(factor))
            return UInt64((real + Float(bitPattern: UInt32(truncatingIfNeeded: least))).bitPattern)
        }
        let real = Double(Int64(truncatingIfNeeded: number)) / pow(10, Double(factor))
        return (real + Double(bitPattern: least)).bitPattern
    }

    private func append(_ number: UInt64, to output: inout OutputSpan<UInt8>) {
        for byte in 0..<width {
            let place = isBigEndian ? width - 1 - byte : byte
            output.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place)))
        }
    }
}

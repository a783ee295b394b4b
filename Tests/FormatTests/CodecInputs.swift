// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs

/// Numbers that repeat from run to run.
struct Sequence {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }

    /// Mostly small, sometimes any, as counts are.
    mutating func counts(_ number: Int) -> [Int32] {
        (0..<number).map { _ in
            let draw = next()
            return draw % 50 == 0 ? Int32(truncatingIfNeeded: next() &* 7) : Int32(draw % 6)
        }
    }
}

func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Decodes a byte_offset stream with one kernel.
func byteOffset(
    _ stream: [UInt8], count: Int, as element: ElementType = .int32, kernel: Kernel = .c
) throws(CodecFault) -> (bytes: [UInt8], used: Int) {
    var used = 0
    let bytes = try [UInt8](capacity: count * element.bytes) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
        used = try ByteOffset.decode(stream.span, as: element, into: &output, kernel: kernel)
    }
    return (bytes, used)
}

/// Numbers in so many bytes, little endian.
func littleEndian(_ values: [Int64], bytes: Int) -> [UInt8] {
    values.flatMap { value in (0..<bytes).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) } }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// PackBits: a byte n below 128 announces n + 1 bytes as they are, one above 128 a byte that is there 257 - n times.
///
/// - Source: TIFF 6.0 section 9.
enum PackBits {
    /// Fills the output; what is stored behind is not looked at.
    static func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        var next = 0
        while output.freeCapacity > 0 {
            guard next < input.count else { throw .short(at: input.count) }
            let control = Int(input[next])
            next += 1
            if control < 128 {
                let count = control + 1
                guard count <= input.count - next else { throw .short(at: input.count) }
                guard count <= output.freeCapacity else { throw .damaged(block: 0) }
                for index in next..<next + count { output.append(input[index]) }
                next += count
            } else if control > 128 {
                let count = 257 - control
                guard next < input.count else { throw .short(at: input.count) }
                guard count <= output.freeCapacity else { throw .damaged(block: 0) }
                output.append(repeating: input[next], count: count)
                next += 1
            }
        }
    }
}

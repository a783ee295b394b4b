// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// LZW as TIFF has it: codes of 9 to 12 bits, the greatest bit first, that become wider one code early.
///
/// - Source: TIFF 6.0 section 13.
enum TIFFLZW {
    private static let clear = 256
    private static let end = 257

    /// Fills the output; what is stored behind is not looked at.
    static func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        let first = output.count
        var bits = BitReader()
        // A string of the table was written when it came about: where it lies in the output, and how long it is.
        var table: [(start: Int, count: Int)] = []
        table.reserveCapacity(4096 - 258)
        var width = 9
        var before: (start: Int, count: Int)?
        while output.freeCapacity > 0 {
            guard let code = bits.next(width, of: input) else { throw .short(at: input.count) }
            if code == end { throw .short(at: input.count) }
            if code == clear {
                table.removeAll(keepingCapacity: true)
                width = 9
                before = nil
                continue
            }
            let start = output.count
            let count: Int
            if code < clear {
                output.append(UInt8(code))
                count = 1
            } else {
                let known = code - 258
                let string: (start: Int, count: Int)
                if known < table.count {
                    string = table[known]
                } else if known == table.count, let before {
                    // The string before and its own first byte, which is the next to be written.
                    string = (before.start, before.count + 1)
                } else {
                    throw .damaged(block: 0)
                }
                count = min(string.count, output.freeCapacity)
                guard string.start >= first else { throw .damaged(block: 0) }
                for offset in 0..<count { output.append(output[string.start + offset]) }
            }
            if let before, table.count < 4096 - 258 { table.append((before.start, before.count + 1)) }
            before = (start, count)
            switch table.count + 258 {
            case 2047...: width = 12
            case 1023...: width = 11
            case 511...: width = 10
            default: width = 9
            }
        }
    }

    /// Bits of bytes, the greatest first.
    private struct BitReader {
        private var place = 0
        private var held: UInt32 = 0
        private var count = 0

        /// nil where the bytes end inside it.
        mutating func next(_ width: Int, of bytes: Span<UInt8>) -> Int? {
            while count < width {
                guard place < bytes.count else { return nil }
                held = held << 8 | UInt32(bytes[place])
                place += 1
                count += 8
            }
            count -= width
            return Int(held >> UInt32(count) & (1 << UInt32(width) - 1))
        }
    }
}

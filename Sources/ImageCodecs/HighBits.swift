// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A place in a stream of bits, the highest of each byte first.
struct HighBits {
    /// Bits before it.
    private var place: Int

    init(behind bytes: Int = 0) { place = 8 * bytes }

    /// The next bits as a number, the first one its highest.
    ///
    /// - Parameter count: 0 to 64.
    mutating func take(_ count: Int, of stream: Span<UInt8>) throws(CodecFault) -> UInt64 {
        guard count <= 8 * stream.count - place else { throw .short(at: stream.count) }
        var number: UInt64 = 0
        var left = count
        while left > 0 {
            let there = 8 - place % 8
            let taken = min(left, there)
            let bits = UInt64(stream[place / 8]) >> UInt64(there - taken) & (1 << UInt64(taken) - 1)
            number = number << UInt64(taken) | bits
            place += taken
            left -= taken
        }
        return number
    }
}

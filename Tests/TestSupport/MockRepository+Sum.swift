// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

extension MockRepository {
    /// MD5, by its description: the sum of a server is not to come from the code that is tested.
    ///
    /// - Source: RFC 1321.
    public static func md5(_ bytes: [UInt8]) -> String {
        let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
        let table = (1...64).map { UInt32(truncatingIfNeeded: Int64(abs(sin(Double($0))) * 4_294_967_296)) }
        var message = bytes + [0x80]
        while message.count % 64 != 56 { message.append(0) }
        let bits = UInt64(bytes.count) &* 8
        for shift in 0..<8 { message.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * shift))) }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        message.withUnsafeBufferPointer { message in
            var words = [UInt32](repeating: 0, count: 16)
            for block in stride(from: 0, to: message.count, by: 64) {
                for word in 0..<16 {
                    let at = block + 4 * word
                    words[word] =
                        UInt32(message[at]) | UInt32(message[at + 1]) << 8 | UInt32(message[at + 2]) << 16
                        | UInt32(message[at + 3]) << 24
                }
                var (a, b, c, d) = (state[0], state[1], state[2], state[3])
                for step in 0..<64 {
                    let mixed: UInt32
                    let index: Int
                    switch step / 16 {
                    case 0: (mixed, index) = ((b & c) | (~b & d), step)
                    case 1: (mixed, index) = ((d & b) | (~d & c), (5 * step + 1) % 16)
                    case 2: (mixed, index) = (b ^ c ^ d, (3 * step + 5) % 16)
                    default: (mixed, index) = (c ^ (b | ~d), (7 * step) % 16)
                    }
                    let sum = a &+ mixed &+ table[step] &+ words[index]
                    let shift = shifts[4 * (step / 16) + step % 4]
                    (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
                }
                state[0] = state[0] &+ a
                state[1] = state[1] &+ b
                state[2] = state[2] &+ c
                state[3] = state[3] &+ d
            }
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

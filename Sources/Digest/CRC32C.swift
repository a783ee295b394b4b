// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CDigest

/// CRC-32C, with which iSCSI and object stores guard blocks.
///
/// - Source: RFC 3720, section 12.1 and appendix B.4.
enum CRC32C {
    /// The sum of what was before, 0 at the start, and of these bytes, by the fastest way of this machine.
    static func sum(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard hasInstruction, let base = bytes.baseAddress else { return byTable(before, bytes) }
        return imprimatur_digest_crc32c(before, base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// The same byte by byte: the reference, and the way of machines without the instruction.
    static func byTable(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var sum = ~before
        for byte in bytes { sum = sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xFF)] }
        return ~sum
    }

    static let hasInstruction = imprimatur_digest_has_crc32c() != 0

    /// What each byte does to the sum; the polynomial 1EDC6F41, its bits turned round.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
    }
}

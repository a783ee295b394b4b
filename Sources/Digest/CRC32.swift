// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CDigest

/// CRC-32, with which ZIP guards its members.
///
/// - Source: PKWARE APPNOTE 6.3.10, section 4.4.7; ISO 3309.
public enum CRC32 {
    /// The sum of what was before, 0 at the start, and of these bytes, by the fastest way of this machine.
    public static func sum(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress else { return before }
        return imprimatur_digest_crc32(before, base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// The sum as eight hexadecimal digits, lower case.
    public static func text(_ sum: UInt32) -> String {
        let text = String(sum, radix: 16)
        return String(repeating: "0", count: 8 - text.utf8.count) + text
    }

    /// The same by a table: the reference.
    static func byTable(_ before: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress else { return before }
        return imprimatur_digest_crc32_by_table(before, base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Suffixes of DOIs of our own: eight characters that are told apart by eye, and one that checks them.
///
/// - Source: Crockford's base 32, small letters; the check value is the number modulo 37, kept below 32 by choice.
public enum MintSuffix {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

    /// A new suffix by chance, such as "4k7m-9qd2-3".
    public static func new() -> String {
        while true {
            let value = UInt64.random(in: 0..<(1 << 40))
            if let suffix = suffix(of: value) { return suffix }
        }
    }

    /// The suffix of a number below 2^40; nil for one whose check value has no character.
    static func suffix(of value: UInt64) -> String? {
        let check = Int(value % 37)
        guard check < alphabet.count else { return nil }
        let digits = (0..<8).map { alphabet[Int(value >> UInt64(35 - 5 * $0)) & 31] }
        return String(digits[0..<4]) + "-" + String(digits[4..<8]) + "-" + String(alphabet[check])
    }

    /// Whether a suffix is one of ours whose check character fits.
    public static func isSound(_ suffix: String) -> Bool {
        let digits = suffix.filter { $0 != "-" }.compactMap { alphabet.firstIndex(of: $0) }
        guard digits.count == 9, suffix.filter({ $0 != "-" }).count == 9 else { return false }
        let value = digits.dropLast().reduce(UInt64(0)) { $0 << 5 | UInt64($1) }
        return value % 37 == UInt64(digits[8])
    }
}

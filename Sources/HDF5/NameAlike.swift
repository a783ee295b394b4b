// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names of files that are nearly the same: other letters of the same size, or a few characters more or less.
enum NameAlike {
    /// The name most like another; nil where none is, and for the members of one series, which differ in a number.
    static func nearest(to name: String, among names: [String]) -> String? {
        let small = name.lowercased()
        if let same = names.first(where: { $0.lowercased() == small }) { return same }
        let own = Array(name.utf8)
        let pattern = own.filter { !isDigit($0) }
        return names.first { other in
            let bytes = Array(other.utf8)
            if bytes.count == own.count, bytes.filter({ !isDigit($0) }) == pattern { return false }
            return changed(own, bytes) <= 2
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Bytes between the common beginning and the common end, of the longer one.
    private static func changed(_ one: [UInt8], _ other: [UInt8]) -> Int {
        let front = zip(one, other).prefix { $0 == $1 }.count
        let shorter = min(one.count, other.count) - front
        let back = zip(one.reversed(), other.reversed()).prefix(shorter).prefix { $0 == $1 }.count
        return max(one.count, other.count) - front - back
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
    /// Whether a word of ASCII stands anywhere in the text, by bytes.
    ///
    /// The search of the standard library makes tables for each word, which costs more than a whole rule.
    /// - Parameter ignoringCase: A to Z count as a to z; the word is written in small letters.
    public func holds(_ word: StaticString, ignoringCase: Bool = false) -> Bool {
        let count = word.utf8CodeUnitCount
        guard count > 0 else { return true }
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: count)
        func fold(_ byte: UInt8) -> UInt8 { ignoringCase && byte >= 65 && byte <= 90 ? byte | 32 : byte }
        func search(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            guard bytes.count >= count else { return false }
            for start in 0...(bytes.count - count) {
                var at = 0
                while at < count, fold(bytes[start + at]) == wanted[at] { at += 1 }
                if at == count { return true }
            }
            return false
        }
        return utf8.withContiguousStorageIfAvailable(search) ?? Array(utf8).withUnsafeBufferPointer(search)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A word of a header that another image of the series has otherwise, and what words of yet others may look like.
struct HeaderChange: Sendable {
    /// What the words of a group are.
    enum Kind: Sendable, Equatable {
        /// A decimal number with so many decimals.
        case number(decimals: Int)
        /// The same characters but digits.
        case digits
        /// A sum in base64, which says nothing of the experiment.
        case sum
    }

    let old: [UInt8]
    let new: [UInt8]
    let kind: Kind

    /// nil where the words differ in more than digits.
    init?(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>, behind text: ArraySlice<UInt8>) {
        (self.old, self.new) = (Array(old), Array(new))
        if text.suffix(13).elementsEqual("Content-MD5: ".utf8), Self.isSum(old), Self.isSum(new) {
            kind = .sum
            return
        }
        let isNumber = Self.number(self.old) != nil && Self.number(self.new) != nil
        if isNumber, Self.decimals(self.old) == Self.decimals(self.new) {
            kind = .number(decimals: Self.decimals(self.old))
        } else if Self.differInDigits(old, new) {
            kind = .digits
        } else {
            return nil
        }
    }

    /// A word of another image fits.
    func takes(_ word: UnsafeRawBufferPointer) -> Bool {
        switch kind {
        case .sum: Self.isSum(word)
        case .digits: Self.differInDigits(old, word)
        case .number(let decimals): Self.number(word).map { $0 != -9999 } == true && Self.decimals(word) == decimals
        }
    }

    /// The byte stands behind a word.
    static func ends(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x22 || byte == 0x27 }

    /// A plain decimal number of at most fifteen digits, so that it is what any reader of numbers makes of it: such a
    /// number is a whole one divided by a power of ten, both exact.
    static func number(_ word: some RandomAccessCollection<UInt8>) -> Double? {
        var (whole, scale, digits, hasPoint) = (0, 1.0, 0, false)
        let isNegative = word.first == UInt8(ascii: "-")
        for byte in isNegative ? word.dropFirst() : word[...] {
            if byte == UInt8(ascii: "."), !hasPoint, digits > 0 {
                hasPoint = true
                continue
            }
            guard (0x30...0x39).contains(byte), digits < 15 else { return nil }
            whole = whole * 10 + Int(byte - 0x30)
            digits += 1
            if hasPoint { scale *= 10 }
        }
        guard digits > 0, !hasPoint || scale > 1 else { return nil }
        let value = Double(whole) / scale
        return isNegative ? -value : value
    }

    private static func decimals(_ word: some RandomAccessCollection<UInt8>) -> Int {
        word.firstIndex(of: UInt8(ascii: ".")).map { word.distance(from: $0, to: word.endIndex) - 1 } ?? 0
    }

    private static func differInDigits(
        _ word: some RandomAccessCollection<UInt8>, _ other: some RandomAccessCollection<UInt8>
    ) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        return word.count == other.count
            && zip(word, other).allSatisfy { isDigit($0) ? isDigit($1) : $0 == $1 && $0 < 0x80 }
    }

    /// Twenty-two characters of base64 and two that fill up.
    private static func isSum(_ word: some RandomAccessCollection<UInt8>) -> Bool {
        func isOfSum(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
        }
        return word.count == 24 && word.suffix(2).elementsEqual("==".utf8) && word.dropLast(2).allSatisfy(isOfSum)
    }
}

/// What one image has in the place of the words that change.
struct HeaderTexts: Sendable {
    /// Of the header while it is in memory, then of `kept`.
    private var ranges: [Range<Int32>]
    private var kept: [UInt8] = []
    private let bytes: Borrowed

    /// `@unchecked Sendable`: it is used by the one thread that reads the header, until the words are kept.
    private struct Borrowed: @unchecked Sendable {
        var bytes: UnsafeRawBufferPointer?
    }

    init(_ bytes: UnsafeRawBufferPointer, count: Int) {
        self.bytes = Borrowed(bytes: bytes)
        ranges = [Range<Int32>](repeating: 0..<0, count: count)
    }

    /// Takes a word; false where it does not fit, or another word of its group is unlike it.
    mutating func set(_ group: Int, _ range: Range<Int>, _ change: HeaderChange) -> Bool {
        guard let bytes = bytes.bytes else { return false }
        let word = UnsafeRawBufferPointer(rebasing: bytes[range])
        let known = ranges[group]
        if known.isEmpty {
            guard change.takes(word) else { return false }
            ranges[group] = Int32(range.lowerBound)..<Int32(range.upperBound)
            return true
        }
        let other = UnsafeRawBufferPointer(rebasing: bytes[Int(known.lowerBound)..<Int(known.upperBound)])
        return other.count == word.count && zip(other, word).allSatisfy { $0 == $1 }
    }

    /// Copies the words out of the header.
    mutating func keep() {
        guard kept.isEmpty, let bytes = bytes.bytes else { return }
        for group in ranges.indices {
            let start = Int32(kept.count)
            kept += bytes[Int(ranges[group].lowerBound)..<Int(ranges[group].upperBound)]
            ranges[group] = start..<Int32(kept.count)
        }
        self = HeaderTexts(kept: kept, ranges)
    }

    private init(kept: [UInt8], _ ranges: [Range<Int32>]) {
        bytes = Borrowed(bytes: nil)
        (self.kept, self.ranges) = (kept, ranges)
    }

    func word<R>(_ group: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        let range = Int(ranges[group].lowerBound)..<Int(ranges[group].upperBound)
        if let bytes = bytes.bytes { return body(UnsafeRawBufferPointer(rebasing: bytes[range])) }
        return kept.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    func text(_ group: Int) -> String { word(group) { String(decoding: $0, as: UTF8.self) } }

    func number(_ group: Int) -> Double? { word(group) { HeaderChange.number($0) } }
}

/// Bytes held against bytes.
enum SameBytes {
    static func are(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ count: Int) -> Bool {
        memcmp(one, other, count) == 0
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a file of a series: what stays, and the number of the image.
///
/// The last run of digits before the extension is the number; `thau_3_2_0001.cbf.bz2` gives `thau_3_2_####.cbf.bz2`, 1.
public struct SeriesName: Sendable, Hashable {
    /// The path with `#` for every digit of the number.
    public let template: String
    /// The path with one `#` for the number: names of one stem may have numbers of unlike width.
    public let stem: String
    /// nil when the name has no digits, or more than eighteen.
    public let number: Int?

    /// By bytes, not characters: a description names a file for each of its frames.
    public init(path: String) {
        let bytes = Array(path.utf8)
        guard let digits = bytes.withUnsafeBufferPointer({ Self.digits(in: $0) }) else {
            (template, stem, number) = (path, path, nil)
            return
        }
        number = bytes[digits].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        func masked(_ marks: Int) -> String {
            let mark = [UInt8](repeating: UInt8(ascii: "#"), count: marks)
            return String(decoding: bytes[..<digits.lowerBound] + mark + bytes[digits.upperBound...], as: UTF8.self)
        }
        template = masked(digits.count)
        stem = masked(1)
    }

    /// The path of another image of the series, with as many digits as the template has marks.
    ///
    /// - Parameter number: From 0.
    public func path(of number: Int) -> String {
        let marks = template.utf8.count - stem.utf8.count + 1
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, marks - digits.utf8.count)) + digits
        guard self.number != nil, let mark = stem.lastIndex(of: "#") else { return stem }
        return String(stem[..<mark]) + padded + String(stem[stem.index(after: mark)...])
    }

    /// Where the number stands in a path; nil when its last name has no digits, or more than eighteen.
    public static func digits(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        let nameStart = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let end = stemEnd(bytes, from: nameStart)
        func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        guard let last = bytes[nameStart..<end].lastIndex(where: isDigit) else { return nil }
        let before = bytes[nameStart..<last].lastIndex { !isDigit($0) }
        let first = before.map { $0 + 1 } ?? nameStart
        return last - first < 18 ? first..<(last + 1) : nil
    }

    private static let wrappers: [[UInt8]] = [".gz", ".bz2", ".xz", ".zst"].map { Array($0.utf8) }

    /// Where the extensions begin: those of compression, then one that holds a letter.
    private static func stemEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = bytes.count
        for wrapper in wrappers where end - start > wrapper.count {
            let tail = bytes[(end - wrapper.count)..<end]
            if zip(tail, wrapper).allSatisfy({ $0 | 32 == $1 | 32 }) {
                end -= wrapper.count
                break
            }
        }
        guard let point = bytes[start..<end].lastIndex(of: UInt8(ascii: ".")), point > start else { return end }
        let hasLetter = bytes[(point + 1)..<end].contains {
            $0 | 32 >= UInt8(ascii: "a") && $0 | 32 <= UInt8(ascii: "z")
        }
        return hasLetter ? point : end
    }
}

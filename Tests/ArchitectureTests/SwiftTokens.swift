// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A word or a sign of Swift source, comments and the texts of literals left out.
struct SwiftToken {
    let text: String
    /// A word behind a point: a member of something, such as `Document` in `CIF.Document`.
    let isMember: Bool

    var isWord: Bool { text.utf8.first.map { $0 == 0x5F || ($0 | 32) >= 0x61 && ($0 | 32) <= 0x7A } ?? false }
}

/// Splits Swift source into words and signs; what is interpolated into a literal is source too.
struct SwiftTokens {
    private let bytes: [UInt8]
    private var place = 0
    private var tokens: [SwiftToken] = []
    private var isBehindPoint = false

    static func all(in text: String) -> [SwiftToken] {
        var reader = SwiftTokens(bytes: Array(text.utf8))
        reader.read(isInterpolated: false)
        return reader.tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func starts(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for step in 0..<count where bytes[index + step] != text.utf8Start[step] { return false }
        return true
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || ((byte | 32) >= 0x61 && (byte | 32) <= 0x7A)
    }

    /// To the end, or behind the bracket that closes an interpolation.
    private mutating func read(isInterpolated: Bool) {
        var depth = 0
        while place < bytes.count {
            let byte = bytes[place]
            if starts("//", at: place) {
                while place < bytes.count, bytes[place] != 10 { place += 1 }
            } else if starts("/*", at: place) {
                while place < bytes.count, !starts("*/", at: place) { place += 1 }
                place += 2
            } else if let hashes = literalHashes() {
                literal(hashes: hashes)
            } else if Self.isWordByte(byte) {
                let start = place
                while place < bytes.count, Self.isWordByte(bytes[place]) { place += 1 }
                add(String(decoding: bytes[start..<place], as: UTF8.self))
            } else {
                place += 1
                if isInterpolated, byte == 0x28 { depth += 1 }
                if isInterpolated, byte == 0x29 {
                    if depth == 0 { return }
                    depth -= 1
                }
                if byte > 32 { add(String(UnicodeScalar(byte))) }
            }
        }
    }

    private mutating func add(_ text: String) {
        tokens.append(SwiftToken(text: text, isMember: isBehindPoint))
        isBehindPoint = text == "."
    }

    /// The signs `#` in front of a literal that begins here; nil when none does.
    private func literalHashes() -> Int? {
        var end = place
        while end < bytes.count, bytes[end] == 0x23 { end += 1 }
        return end < bytes.count && bytes[end] == 0x22 ? end - place : nil
    }

    private mutating func literal(hashes: Int) {
        place += hashes
        let quotes = starts("\"\"\"", at: place) ? 3 : 1
        place += quotes
        isBehindPoint = false
        func repeats(_ byte: UInt8, _ count: Int, at index: Int) -> Bool {
            index + count <= bytes.count && bytes[index..<(index + count)].allSatisfy { $0 == byte }
        }
        while place < bytes.count {
            if repeats(0x22, quotes, at: place), repeats(0x23, hashes, at: place + quotes) {
                place += quotes + hashes
                return
            }
            guard bytes[place] == 0x5C, repeats(0x23, hashes, at: place + 1) else {
                place += 1
                continue
            }
            place += 1 + hashes
            let isInterpolation = place < bytes.count && bytes[place] == 0x28
            place += 1
            if isInterpolation { read(isInterpolated: true) }
        }
    }
}

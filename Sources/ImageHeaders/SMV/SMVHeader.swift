// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Transport

/// The header of an SMV image: `{`, `HEADER_BYTES=`, lines `KEY=value;`, `}`; pixels follow after HEADER_BYTES.
///
/// - Source: conversion.md section 6.
public struct SMVHeader: Sendable {
    /// One line of the header.
    public struct Entry: Sendable, Hashable {
        public var key: String
        public var value: String
        /// Byte offset of the key.
        public var offset: Int
        /// The file that the line stands in.
        public var source: SourceID

        /// The line, as places name it.
        public var place: Place { .header(offset: offset, key: key, in: source) }
    }

    public let source: SourceID
    public let entries: [Entry]
    /// Where the pixels begin, bytes.
    public let headerBytes: Int
    private let indexOfKey: [String: Int]

    /// Greatest header that is read; real ones have 512 to some thousand bytes.
    private static let limit = 1 << 16

    /// The header of a file; nil when the file does not begin as SMV does.
    ///
    /// - Parameter source: The number of the file, which every place carries.
    public init?(_ buffer: ByteBuffer, as source: SourceID = .main) {
        let bytes = buffer[0..<min(buffer.count, Self.limit)]
        var start = 0
        func skipBlanks() {
            while start < bytes.count, [9, 10, 13, 32].contains(bytes[start]) { start += 1 }
        }
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        start = 1
        skipBlanks()
        guard bytes[start...].starts(with: Array("HEADER_BYTES=".utf8)) else { return nil }
        var entries: [Entry] = []
        while start < bytes.count, bytes[start] != UInt8(ascii: "}") {
            var end = start
            while end < bytes.count, ![10, 13, 59, 125].contains(bytes[end]) { end += 1 }
            if let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) {
                entries.append(
                    Entry(
                        key: Self.text(bytes[start..<equals]), value: Self.text(bytes[(equals + 1)..<end]),
                        offset: start, source: source))
            }
            start = end < bytes.count && bytes[end] != UInt8(ascii: "}") ? end + 1 : end
            skipBlanks()
        }
        self.source = source
        self.entries = entries
        indexOfKey = Dictionary(
            entries.enumerated().map { ($1.key.uppercased(), $0) }, uniquingKeysWith: { first, _ in first })
        headerBytes = entries.first.flatMap { Int($0.value) } ?? 512
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first <= 32 { bytes.removeFirst() }
        while let last = bytes.last, last <= 32 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value of a key, keys compared without case; nil when it is absent or empty.
    public func text(_ key: String) -> Sourced<String>? {
        guard let index = indexOfKey[key.uppercased()], !entries[index].value.isEmpty else { return nil }
        return Sourced(entries[index].value, .stated(entries[index].place))
    }

    /// The first number of a value, with a decimal comma too; nil for null words and -9999.
    ///
    /// A length that names another unit than millimetres is brought to them.
    public func number(_ key: String) -> Sourced<Double>? {
        guard let text = text(key), !ImageHeader.isNull(text.value),
            let number = HeaderWords(text.value, isPair: false).numbers.first
        else { return nil }
        let metres =
            Self.lengthKeys.contains(key) ? number.unit.flatMap { HeaderQuantity.lengths[$0.lowercased()] } : nil
        return text.map { _ in metres.map { number.value * $0 * 1000 } ?? number.value }
    }

    private static let lengthKeys: Set<String> = ["DISTANCE", "PIXEL_SIZE", "BEAM_CENTER_X", "BEAM_CENTER_Y"]

    /// Keys given again with another value, each with its line: programs take the first or the last.
    public var repeated: [Entry] {
        entries.enumerated().compactMap { index, entry in
            guard let first = indexOfKey[entry.key.uppercased()], first != index, entries[first].value != entry.value
            else { return nil }
            return entry
        }
    }

    /// Pixels along fast (`SIZE1`) and slow (`SIZE2`).
    public var size: FastSlow<Int>? {
        guard let fast = text("SIZE1").flatMap({ Int($0.value) }), let slow = text("SIZE2").flatMap({ Int($0.value) }),
            fast > 0, slow > 0, fast < 1 << 24, slow < 1 << 24
        else { return nil }
        return FastSlow(fast: fast, slow: slow)
    }

    /// Type of the stored elements in the words of imgCIF; nil for a `TYPE` that is not known.
    public var elementType: String? {
        switch text("TYPE")?.value.lowercased() {
        case "unsigned_short": "unsigned 16-bit integer"
        case "short_int", "short", "signed_short": "signed 16-bit integer"
        case "unsigned_char": "unsigned 8-bit integer"
        case "signed_long", "long": "signed 32-bit integer"
        case "unsigned_long": "unsigned 32-bit integer"
        case "float": "signed 32-bit real IEEE"
        case "double": "signed 64-bit real IEEE"
        default: nil
        }
    }
}

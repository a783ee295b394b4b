// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Transport

/// The header of an SMV image: `{`, `HEADER_BYTES=`, lines `KEY=value;`, `}`; pixels follow after HEADER_BYTES.
///
/// - Source: conversion.md section 6.
public struct SMVHeader: Sendable {
    public typealias Entry = ImageHeader.Entry

    public let source: SourceID
    public let entries: [Entry]
    /// The lines as items, for what is said of headers of any format.
    public let items: ImageHeader
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
        if let lines = DTREKLines(entries) {
            // Of the words for the type, that of d*TREK counts.
            entries.removeAll { $0.key.uppercased() == "TYPE" && $0.value.lowercased() == "mad" }
            entries += lines.inWordsOfSMV
        }
        self.source = source
        self.entries = entries
        items = ImageHeader(convention: nil, entries: entries, vocabulary: .smv)
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
    /// A line that names a unit is brought to that of its item, such as lengths to millimetres.
    public func number(_ key: String) -> Sourced<Double>? {
        guard let text = text(key), !ImageHeader.isNull(text.value), let index = indexOfKey[key.uppercased()] else {
            return nil
        }
        if let item = HeaderItem.Vocabulary.smv.item(ofKey: key), item.quantity != nil {
            return item.numbers(in: entries[index])?.first.map { value in text.map { _ in value } }
        }
        return HeaderWords(text.value, isPair: false).numbers.first.map { number in text.map { _ in number.value } }
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
        switch (text("TYPE") ?? text("Data_type"))?.value.lowercased() {
        case "unsigned_short", "unsigned short int": "unsigned 16-bit integer"
        case "short_int", "short", "signed_short", "short int": "signed 16-bit integer"
        case "unsigned_char", "unsigned char": "unsigned 8-bit integer"
        case "signed_long", "long", "long_int", "long int": "signed 32-bit integer"
        case "unsigned_long", "unsigned long int": "unsigned 32-bit integer"
        case "float", "float ieee": "signed 32-bit real IEEE"
        case "double": "signed 64-bit real IEEE"
        default: nil
        }
    }
}

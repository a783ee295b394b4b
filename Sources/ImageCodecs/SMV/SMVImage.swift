// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The pixels of an SMV image: a header of `HEADER_BYTES` with lines `KEY=value;`, then rows, one after the other.
///
/// Files of d*TREK are read too, which name the type in `Data_type`. Values are given as they are stored; a ratio by which
/// the high ones were divided is not applied.
/// - Source: SMV files of ADSC detectors; d*TREK 9, image file format (Rigaku).
public struct SMVImage: Sendable {
    /// Pixels along fast (`SIZE1`).
    public let width: Int
    /// Pixels along slow (`SIZE2`).
    public let height: Int
    /// What the stored elements are.
    public let element: ElementType
    /// Images in the file; the first is decoded.
    public let images: Int
    /// Bytes that lie behind the images and belong to none.
    public let excess: Int

    private let bytes: [UInt8]
    private let order: ByteOrder
    private let start: Int

    /// Greatest header that is read.
    private static let limit = 1 << 20

    /// - Throws: If the bytes do not begin as SMV does, the header lacks a size, or the pixels are not all there.
    public init(_ bytes: [UInt8]) throws(CodecFault) {
        let entries = try Self.entries(bytes)
        guard let start = Self.count(entries["HEADER_BYTES"]), start <= Self.limit else {
            throw .request("an SMV header without HEADER_BYTES")
        }
        guard bytes.prefix(start).contains(UInt8(ascii: "}")) else {
            throw .request("an SMV header that is longer than its HEADER_BYTES \(start)")
        }
        guard let width = Self.count(entries["SIZE1"]), let height = Self.count(entries["SIZE2"]) else {
            throw .request("an SMV header without SIZE1 and SIZE2")
        }
        let images = entries["SIZE3"] == nil ? 1 : Self.count(entries["SIZE3"])
        guard let images else { throw .request("an SMV header with SIZE3 \(entries["SIZE3"] ?? "")") }
        let packing = entries["COMPRESSION"]?.lowercased() ?? "none"
        guard packing == "none" else { throw .unsupported("SMV compression '\(packing)'") }
        // d*TREK writes TYPE=mad beside its own word.
        let type = entries["DATA_TYPE"] ?? entries["TYPE"]
        guard let type else { throw .unsupported("SMV without TYPE") }
        guard let element = Self.elements[type.lowercased()] else { throw .unsupported("SMV type '\(type)'") }
        switch entries["BYTE_ORDER"]?.lowercased() {
        case "little_endian": order = .little
        case "big_endian": order = .big
        case nil where element.bytes == 1: order = .little
        case let other: throw .unsupported("SMV byte order '\(other ?? "")'")
        }
        let (row, first) = width.multipliedReportingOverflow(by: element.bytes)
        let (image, second) = row.multipliedReportingOverflow(by: height)
        let (all, third) = image.multipliedReportingOverflow(by: images)
        guard !first, !second, !third, start <= bytes.count, all <= bytes.count - start else {
            throw .short(at: bytes.count)
        }
        self.bytes = bytes
        self.width = width
        self.height = height
        self.element = element
        self.images = images
        self.start = start
        excess = bytes.count - start - all
    }

    /// Elements of the first image, little endian: [slow, fast].
    public func decode() -> [UInt8] {
        var pixels = Array(bytes[start..<start + width * height * element.bytes])
        order.makeLittle(&pixels, elementBytes: element.bytes)
        return pixels
    }

    private static let elements: [String: ElementType] = [
        "unsigned_char": .uint8, "signed_char": .int8, "unsigned_short": .uint16, "signed_short": .int16,
        "short_int": .int16, "short": .int16, "unsigned_long": .uint32, "signed_long": .int32, "long": .int32,
        "long_int": .int32, "float": .float32, "double": .float64,
        "unsigned char": .uint8, "signed char": .int8, "unsigned short int": .uint16, "short int": .int16,
        "unsigned long int": .uint32, "long int": .int32, "float ieee": .float32,
    ]

    /// A whole number above zero that can be a size; digits alone.
    private static func count(_ text: String?) -> Int? {
        guard let text, let number = Int(text), number > 0, number < 1 << 32 else { return nil }
        return number
    }

    /// The lines of the header by their keys in capitals, the first of each.
    private static func entries(_ bytes: [UInt8]) throws(CodecFault) -> [String: String] {
        let end = min(bytes.count, limit)
        guard bytes.first == UInt8(ascii: "{") else { throw .request("bytes that do not begin as SMV does") }
        var entries: [String: String] = [:]
        var start = 1
        while start < end, bytes[start] != UInt8(ascii: "}") {
            var stop = start
            while stop < end, ![10, 13, 59, 125].contains(bytes[stop]) { stop += 1 }
            let line = bytes[start..<stop]
            if let equals = line.firstIndex(of: UInt8(ascii: "=")) {
                let key = trimmed(line[..<equals]).uppercased()
                if entries[key] == nil { entries[key] = trimmed(line[(equals + 1)...]) }
            }
            start = stop < end && bytes[stop] == UInt8(ascii: "}") ? stop : stop + 1
        }
        guard start < end else { throw .short(at: bytes.count) }
        return entries
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first <= 32 { bytes.removeFirst() }
        while let last = bytes.last, last <= 32 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

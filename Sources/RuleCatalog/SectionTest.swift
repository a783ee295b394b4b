// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

/// The header of a binary section: dimensions, elements and coding, and what in it cannot be.
///
/// - Source: imgCIF `_array_data.data`, its table of header lines.
struct SectionTest {
    let section: CIF.BinarySection
    let fast: Int?
    let slow: Int?
    let planes: Int?
    let elements: Int?
    /// In lower case, one blank between words; nil when absent.
    let elementType: String?
    /// In lower case; nil for data that are not compressed.
    let conversion: String?

    init(_ section: CIF.BinarySection) {
        self.section = section
        fast = section.fast
        slow = section.slow
        planes = section.planes
        elements = section.elements
        elementType = section.elementType
        conversion = section.conversion
    }

    /// Bytes of one element by its type; nil for a type that the dictionary does not have.
    static func bytes(of type: String) -> Int? {
        let words = type.split(separator: " ").map(String.init)
        let isComplex = words.contains("complex")
        guard let bits = words.lazy.compactMap({ $0.hasSuffix("-bit") ? Int($0.dropLast(4)) : nil }).first,
            [8, 16, 32, 64].contains(bits),
            words.contains(where: { ["integer", "real", "complex"].contains($0) }),
            words.contains("integer") == (words.first == "signed" || words.first == "unsigned")
                || words.contains("real") || isComplex
        else { return nil }
        return bits / 8 * (isComplex ? 2 : 1)
    }

    /// What contradicts itself in the header, or is a word that no reader knows; nil when nothing does.
    var fault: String? {
        let sizes = [("fastest", fast), ("second", slow), ("third", planes)]
        if let bad = sizes.first(where: { ($0.1 ?? 1) < 1 }) { return "its \(bad.0) dimension is \(bad.1 ?? 0)" }
        if let conversion, !Self.conversions.contains(conversion) {
            return "its compression '\(conversion)' is none that readers know"
        }
        if let encoding = section.header("Content-Transfer-Encoding")?.lowercased(), !Self.encodings.contains(encoding)
        {
            return "its transfer encoding '\(encoding)' is none that readers know"
        }
        if let elementType, Self.bytes(of: elementType) == nil {
            return "its element type '\(elementType)' is none of the dictionary"
        }
        if let order = section.header("X-Binary-Element-Byte-Order")?.lowercased(),
            order != "little_endian", order != "big_endian"
        {
            return "its byte order '\(order)' is none of the dictionary"
        }
        var product: Int?
        if let fast, let slow {
            let (area, isLarge) = fast.multipliedReportingOverflow(by: slow)
            let (volume, isLarger) = area.multipliedReportingOverflow(by: planes ?? 1)
            if isLarge || isLarger { return "its dimensions \(fast) x \(slow) are beyond any image" }
            product = volume
            if let elements, elements != volume {
                let third = planes.map { " x \($0)" } ?? ""
                return "it announces \(elements) elements, and \(fast) x \(slow)\(third) is \(volume)"
            }
        }
        return faultOfSize(elements ?? product)
    }

    /// Lines that keep nobody from the pixels and say what cannot be; a reader passes over them.
    var slips: [String] {
        var slips: [String] = []
        func value(_ name: String) -> String? { section.header(name).map { $0.filter { !$0.isWhitespace } } }
        if let sum = value("Content-MD5"), !Self.isSum(sum) {
            slips.append("Content-MD5 is '\(sum)', which is no MD5 sum in base 64; nobody can compare it")
        }
        if let padding = value("X-Binary-Size-Padding"), (Int(padding) ?? -1) < 0 {
            slips.append("X-Binary-Size-Padding is '\(padding)', which is no number of bytes")
        }
        if let id = value("X-Binary-ID"), Int(id) == nil {
            slips.append("X-Binary-ID is '\(id)', which is no whole number")
        }
        return slips
    }

    /// 24 characters of base 64, the last two of which fill up; readers take them with and without quotes.
    private static func isSum(_ text: String) -> Bool {
        let sum = text.filter { $0 != "\"" && $0 != "=" }
        return sum.utf8.count == 22
            && sum.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
            }
    }

    /// The number of bytes against the elements: exact without compression, one byte at least for each with byte offset.
    private func faultOfSize(_ elements: Int?) -> String? {
        let encoding = section.transferEncoding
        guard let elements, encoding == "binary", section.fault == nil else { return nil }
        let size = section.dataRange.count
        if conversion == nil, section.header("Content-Type") != nil, let elementType,
            let each = Self.bytes(of: elementType)
        {
            let (wanted, isLarge) = elements.multipliedReportingOverflow(by: each)
            if isLarge || wanted != size {
                return "\(elements) elements of \(each) byte\(each == 1 ? "" : "s") do not make \(size) bytes"
            }
        }
        if conversion == "x-cbf_byte_offset", elements > size {
            return "\(elements) elements cannot stand in \(size) bytes of byte offset"
        }
        return nil
    }

    private static let conversions: Set<String> = [
        "x-cbf_byte_offset", "x-cbf_packed", "x-cbf_packed_v2", "x-cbf_canonical", "x-cbf_nibble_offset",
        "x-cbf_background_offset_delta",
    ]
    private static let encodings: Set<String> = [
        "binary", "base64", "quoted-printable", "x-base8", "x-base10", "x-base16", "x-base32k",
    ]
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The fields of one image of a TIFF file, and where the next one is told.
///
/// - Source: TIFF 6.0 section 2; BigTIFF design, AWare Systems.
struct TIFFDirectory {
    /// Numbers of fields.
    enum Tag: Int {
        case width = 256
        case height = 257
        case bits = 258
        case compression = 259
        case fillOrder = 266
        case stripOffsets = 273
        case samples = 277
        case rowsPerStrip = 278
        case stripCounts = 279
        case predictor = 317
        case tileWidth = 322
        case tileHeight = 323
        case tileOffsets = 324
        case tileCounts = 325
        case format = 339
    }

    /// A field whose values are whole numbers: how many, of how many bytes each, and where they lie.
    private struct Field {
        let count: Int
        let width: Int
        let start: Int
    }

    private let bytes: [UInt8]
    let order: ByteOrder
    /// Where the next directory lies; 0 behind the last.
    let next: Int
    private let fields: [Int: Field]

    /// Byte order, whether offsets have 8 bytes, and the place of the first directory.
    static func head(_ bytes: [UInt8]) throws(CodecFault) -> (order: ByteOrder, isBig: Bool, first: Int) {
        guard bytes.count >= 8 else { throw .short(at: bytes.count) }
        let order: ByteOrder
        switch (bytes[0], bytes[1]) {
        case (0x49, 0x49): order = .little
        case (0x4D, 0x4D): order = .big
        default: throw .request("bytes that do not begin as TIFF does")
        }
        switch order.number(bytes, at: 2, bytes: 2) {
        case 42:
            return (order, false, Int(clamping: order.number(bytes, at: 4, bytes: 4) ?? 0))
        case 43:
            guard order.number(bytes, at: 4, bytes: 4) == (order == .little ? 8 : 8 << 16) else {
                throw .request("a head of BigTIFF whose offsets have other than 8 bytes")
            }
            guard let first = order.number(bytes, at: 8, bytes: 8) else { throw .short(at: bytes.count) }
            return (order, true, Int(clamping: first))
        default: throw .request("bytes that do not begin as TIFF does")
        }
    }

    /// - Parameters:
    ///   - start: Where the directory lies.
    ///   - isBig: Whether offsets have 8 bytes, as in BigTIFF.
    init(_ bytes: [UInt8], at start: Int, _ order: ByteOrder, isBig: Bool) throws(CodecFault) {
        let countBytes = isBig ? 8 : 2
        let entryBytes = isBig ? 20 : 12
        let offsetBytes = isBig ? 8 : 4
        guard start >= 8, let stated = order.number(bytes, at: start, bytes: countBytes) else {
            throw .short(at: bytes.count)
        }
        let first = start + countBytes
        guard let count = Int(exactly: stated), count <= (bytes.count - first) / entryBytes,
            let next = order.number(bytes, at: first + count * entryBytes, bytes: offsetBytes)
        else { throw .short(at: bytes.count) }
        var fields: [Int: Field] = [:]
        for index in 0..<count {
            let entry = first + index * entryBytes
            guard let tag = order.number(bytes, at: entry, bytes: 2),
                let type = order.number(bytes, at: entry + 2, bytes: 2),
                let values = order.number(bytes, at: entry + 4, bytes: offsetBytes),
                let width = Self.widths[Int(clamping: type)], let number = Int(exactly: values), number > 0
            else { continue }
            let place = entry + 4 + offsetBytes
            let (size, overflows) = number.multipliedReportingOverflow(by: width)
            guard !overflows else { throw .short(at: bytes.count) }
            var lies = place
            if size > offsetBytes {
                lies = Int(clamping: order.number(bytes, at: place, bytes: offsetBytes) ?? .max)
            }
            // A field that is not asked for may lie anywhere.
            if fields[Int(tag)] == nil { fields[Int(tag)] = Field(count: number, width: width, start: lies) }
        }
        self.bytes = bytes
        self.order = order
        self.next = Int(clamping: next)
        self.fields = fields
    }

    /// Bytes of the types of whole numbers: BYTE, SHORT, LONG, LONG8, IFD.
    private static let widths: [Int: Int] = [1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8]

    func has(_ tag: Tag) -> Bool { fields[tag.rawValue] != nil }

    func count(_ tag: Tag) -> Int { fields[tag.rawValue]?.count ?? 0 }

    /// One value of a field; nil if the field is absent or has fewer.
    ///
    /// - Throws: If it lies outside the file.
    func value(_ tag: Tag, _ index: Int = 0) throws(CodecFault) -> Int? {
        guard let field = fields[tag.rawValue], index < field.count else { return nil }
        let (start, overflows) = field.start.addingReportingOverflow(index * field.width)
        guard !overflows, let value = order.number(bytes, at: start, bytes: field.width) else {
            throw .short(at: bytes.count)
        }
        return Int(clamping: value)
    }
}

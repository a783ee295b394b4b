// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The pixels of the first image of a TIFF or BigTIFF file: one sample of 8 to 64 bits a pixel, in strips or tiles.
///
/// Not packed, LZW, deflate or PackBits, with horizontal differences or without. Values are given as they are stored,
/// whatever colour they stand for. Other forms are told by ``CodecFault/unsupported(_:)``.
/// - Source: TIFF 6.0 sections 2, 3, 9, 13, 14, 15 and 19; Adobe Photoshop TIFF Technical Notes (deflate); BigTIFF design.
public struct TIFFImage: Sendable {
    /// Pixels along fast (ImageWidth).
    public let width: Int
    /// Pixels along slow (ImageLength).
    public let height: Int
    /// What the stored elements are.
    public let element: ElementType
    /// Images in the file; the first is decoded.
    public let images: Int

    private let bytes: [UInt8]
    private let directory: TIFFDirectory
    private let packing: TIFFPacking
    private let hasDifferences: Bool
    /// Size of a strip or tile, pixels.
    private let piece: (width: Int, height: Int)
    private let isTiled: Bool

    /// - Throws: If the bytes do not begin as TIFF does, a directory lies outside them, or the form is not decoded here.
    public init(_ bytes: [UInt8]) throws(CodecFault) {
        let head = try TIFFDirectory.head(bytes)
        let directory = try TIFFDirectory(bytes, at: head.first, head.order, isBig: head.isBig)
        guard let width = try directory.value(.width), let height = try directory.value(.height), width > 0,
            height > 0, width < 1 << 31, height < 1 << 31
        else { throw .request("a TIFF image without a size") }
        let samples = try directory.value(.samples) ?? 1
        guard samples == 1 else { throw .unsupported("TIFF with \(samples) samples a pixel") }
        let bits = try directory.value(.bits) ?? 1
        let format = try directory.value(.format) ?? 1
        guard let element = Self.element(bits: bits, format: format) else {
            throw .unsupported("TIFF with elements of \(bits) bits and sample format \(format)")
        }
        guard try directory.value(.fillOrder) ?? 1 == 1 else { throw .unsupported("TIFF with bits in reverse order") }
        let compression = try directory.value(.compression) ?? 1
        guard let packing = TIFFPacking(rawValue: compression) else {
            throw .unsupported("TIFF compression \(compression)")
        }
        let predictor = try directory.value(.predictor) ?? 1
        guard predictor == 1 || packing == .none || predictor == 2 && !element.isReal else {
            throw .unsupported("TIFF predictor \(predictor) for elements of \(bits) bits, sample format \(format)")
        }
        isTiled = directory.has(.tileWidth) || directory.has(.tileOffsets)
        if isTiled {
            guard let across = try directory.value(.tileWidth), let down = try directory.value(.tileHeight), across > 0,
                down > 0, across < 1 << 31, down < 1 << 31
            else { throw .request("TIFF tiles without a size") }
            piece = (across, down)
        } else {
            let rows = try directory.value(.rowsPerStrip) ?? height
            guard rows > 0 else { throw .request("TIFF strips without a size") }
            piece = (width, min(rows, height))
        }
        self.bytes = bytes
        self.width = width
        self.height = height
        self.element = element
        self.directory = directory
        self.packing = packing
        hasDifferences = predictor == 2 && packing != .none
        images = try Self.images(bytes, head.order, isBig: head.isBig, from: directory.next, first: head.first)
    }

    /// Elements of the first image, little endian: [slow, fast].
    ///
    /// - Throws: If a strip or tile is missing, damaged, or lies outside the file.
    public func decode() throws(CodecFault) -> [UInt8] {
        let row = width * element.bytes
        let pieceRow = piece.width * element.bytes
        let across = (width + piece.width - 1) / piece.width
        let (size, overflows) = pieceRow.multipliedReportingOverflow(by: piece.height)
        guard !overflows else { throw .request("TIFF tiles of \(piece.width) x \(piece.height) pixels") }
        // Strips that lie over each other would make much of little.
        guard height <= bytes.count * packing.growth / row else { throw .short(at: bytes.count) }
        var pixels: [UInt8] = []
        // No room is made before the bytes of a strip or of a row of tiles are there.
        for (down, top) in stride(from: 0, to: height, by: piece.height).enumerated() {
            let rows = min(piece.height, height - top)
            guard isTiled else {
                pixels += try decoded(down, bytes: rows * row, full: size)
                continue
            }
            var band: [[UInt8]] = []
            for column in 0..<across { band.append(try decoded(down * across + column, bytes: size, full: size)) }
            for line in 0..<rows {
                for (column, tile) in band.enumerated() {
                    let count = min(pieceRow, row - column * pieceRow)
                    pixels += tile[line * pieceRow..<line * pieceRow + count]
                }
            }
        }
        return pixels
    }

    /// One strip or tile, little endian, differences added up.
    ///
    /// - Parameters:
    ///   - bytes: How many are wanted.
    ///   - full: How many a whole strip or tile has; a last strip may be stored in full.
    private func decoded(_ number: Int, bytes count: Int, full: Int) throws(CodecFault) -> [UInt8] {
        guard let start = try directory.value(isTiled ? .tileOffsets : .stripOffsets, number) else {
            throw .short(at: bytes.count)
        }
        let counts = isTiled ? TIFFDirectory.Tag.tileCounts : .stripCounts
        let stated = try directory.value(counts, number)
        guard let stored = stated ?? (packing == .none ? count : nil) else {
            throw .request("a packed strip whose size is not told")
        }
        guard start <= bytes.count, stored <= bytes.count - start else { throw .short(at: bytes.count) }
        var piece = try packing.decode(
            bytes.span.extracting(start..<start + stored), bytes: count, full: full, block: number)
        directory.order.makeLittle(&piece, elementBytes: element.bytes)
        if hasDifferences { addUp(&piece) }
        return piece
    }

    /// Each element is stored as the difference to the one before it in its row, modulo its width.
    private func addUp(_ piece: inout [UInt8]) {
        let row = self.piece.width * element.bytes
        let step = element.bytes
        for start in stride(from: 0, to: piece.count, by: row) {
            for place in stride(from: start + step, to: min(start + row, piece.count), by: step) {
                var carry = 0
                for byte in place..<place + step {
                    let sum = Int(piece[byte]) + Int(piece[byte - step]) + carry
                    piece[byte] = UInt8(truncatingIfNeeded: sum)
                    carry = sum >> 8
                }
            }
        }
    }

    private static func element(bits: Int, format: Int) -> ElementType? {
        switch (format, bits) {
        case (1, 8), (4, 8): .uint8
        case (1, 16), (4, 16): .uint16
        case (1, 32), (4, 32): .uint32
        case (1, 64), (4, 64): .uint64
        case (2, 8): .int8
        case (2, 16): .int16
        case (2, 32): .int32
        case (2, 64): .int64
        case (3, 32): .float32
        case (3, 64): .float64
        default: nil
        }
    }

    /// How many directories follow each other; one that leads back ends the row.
    private static func images(
        _ bytes: [UInt8], _ order: ByteOrder, isBig: Bool, from next: Int, first: Int
    ) throws(CodecFault) -> Int {
        var seen: Set<Int> = [first]
        var next = next
        while next != 0, seen.insert(next).inserted, seen.count < 1 << 16 {
            next = try TIFFDirectory(bytes, at: next, order, isBig: isBig).next
        }
        return seen.count
    }
}

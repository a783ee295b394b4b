// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Transport

/// The first page of a TIFF image: its size, the type of its elements, and the comment header in its description.
///
/// Pixels are not read. Only detectors that write the lines of a miniCBF into ImageDescription say more than a size.
/// - Source: TIFF 6.0 section 2; TIFF files of PILATUS detectors (camserver).
public struct TIFFHeader: Sendable {
    /// Pixels along fast (ImageWidth) and slow (ImageLength).
    public let size: FastSlow<Int>?
    /// Type of the stored elements in the words of imgCIF; nil for what it has no word for.
    public let elementType: String?
    /// The comment header of ImageDescription; nil where no line of it is an item that is understood.
    public let comments: ImageHeader?

    /// Greatest description that is read.
    private static let limit = 1 << 16

    /// - Returns: Nil for a file that does not begin as TIFF does, or whose first directory lies outside it.
    public init?(_ buffer: ByteBuffer, as source: SourceID = .main) {
        guard let reader = Reader(buffer), let tags = reader.tags() else { return nil }
        size = tags[256].flatMap { width in
            tags[257].flatMap { height in
                guard width.value > 0, height.value > 0, width.value < 1 << 24, height.value < 1 << 24 else {
                    return nil
                }
                return FastSlow(fast: width.value, slow: height.value)
            }
        }
        elementType = Self.type(bits: tags[258]?.value ?? 1, format: tags[339]?.value ?? 1)
        comments = tags[270].flatMap { entry in
            let count = min(entry.count, Self.limit)
            guard let start = entry.count > 4 ? entry.value : entry.position, let end = reader.end(of: start, count)
            else {
                return nil
            }
            let bytes = buffer[start..<end].prefix { $0 != 0 }
            var starts = [start]
            for (index, byte) in bytes.enumerated() where byte == 10 { starts.append(start + index + 1) }
            let text = String(decoding: bytes, as: UTF8.self)
            let header = ImageHeader(convention: nil, text: text, lineStarts: starts, source: source)
            return header.hasItems ? header : nil
        }
    }

    private static func type(bits: Int, format: Int) -> String? {
        switch (format, bits) {
        case (1, 8), (1, 16), (1, 32): "unsigned \(bits)-bit integer"
        case (2, 8), (2, 16), (2, 32): "signed \(bits)-bit integer"
        case (3, 32), (3, 64): "signed \(bits)-bit real IEEE"
        default: nil
        }
    }

    /// One entry of the directory: its number of values, the first of them or where they lie, and where it stands.
    private struct Tag {
        var count: Int
        var value: Int
        var position: Int?
    }

    /// Reads numbers of either byte order; every read is inside the file.
    private struct Reader {
        let buffer: ByteBuffer
        let isBig: Bool

        init?(_ buffer: ByteBuffer) {
            guard buffer.count >= 8 else { return nil }
            let head = buffer[0..<4]
            if head.elementsEqual([0x49, 0x49, 42, 0]) {
                isBig = false
            } else if head.elementsEqual([0x4D, 0x4D, 0, 42]) {
                isBig = true
            } else {
                return nil
            }
            self.buffer = buffer
        }

        func end(of start: Int, _ count: Int) -> Int? {
            guard start >= 0, count >= 0, start <= buffer.count, count <= buffer.count - start else { return nil }
            return start + count
        }

        func number(_ offset: Int, _ width: Int) -> Int? {
            guard let end = end(of: offset, width) else { return nil }
            let bytes = Array(buffer[offset..<end])
            return (isBig ? bytes : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
        }

        func tags() -> [Int: Tag]? {
            guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
            var tags: [Int: Tag] = [:]
            for index in 0..<count {
                let entry = directory + 2 + 12 * index
                guard let tag = number(entry, 2), let type = number(entry + 2, 2), let values = number(entry + 4, 4)
                else {
                    break
                }
                // One SHORT stands in the first half of the field; longer values, and texts, are pointed to.
                let width = type == 3 && values == 1 ? 2 : 4
                guard let value = number(entry + 8, width), tags[tag] == nil else { continue }
                tags[tag] = Tag(count: values, value: value, position: entry + 8)
            }
            return tags
        }
    }
}

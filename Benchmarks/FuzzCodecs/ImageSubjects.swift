// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs
internal import TestSupport

extension Subject {
    /// Greatest image that is decoded: damaged sizes claim more.
    private static let limit = 1 << 24

    static let smv = Subject(name: "smv") { numbers in
        let type = ["unsigned_short", "float", "long", "unsigned_char"].randomElement(using: &numbers) ?? "float"
        let order = Bool.random(using: &numbers) ? "little_endian" : "big_endian"
        let text =
            "{\nHEADER_BYTES=128;\nDIM=2;\nSIZE1=9;\nSIZE2=7;\nTYPE=\(type);\nBYTE_ORDER=\(order);\n}\n"
        let head = Array(text.utf8) + [UInt8](repeating: 32, count: max(0, 128 - text.utf8.count))
        return (head + elements(63, width: 8, &numbers), nil, [{ (try? SMVImage($0))?.decode() }])
    }

    static let tiff = Subject(name: "tiff") { numbers in
        let width = [1, 2, 4, 8].randomElement(using: &numbers) ?? 2
        let size = (fast: Int.random(in: 1...30, using: &numbers), slow: Int.random(in: 1...12, using: &numbers))
        let rows = Int.random(in: 1...size.slow, using: &numbers)
        let isBig = Bool.random(using: &numbers)
        let packing = [1, 5, 8, 32773, 32946].randomElement(using: &numbers) ?? 1
        let isTiled = Bool.random(using: &numbers)
        let piece = isTiled ? (fast: 16, slow: 16) : (fast: size.fast, slow: rows)
        let down = (size.slow + piece.slow - 1) / piece.slow
        let across = isTiled ? (size.fast + 15) / 16 : 1
        let pieces = (0..<down * across).map { number in
            let height = isTiled ? 16 : min(rows, size.slow - number * rows)
            return packed(elements(piece.fast * height, width: width, &numbers), packing)
        }
        let file = tiff(size, width, packing, piece, isTiled: isTiled, isBig: isBig, pieces)
        return (file, size.fast * size.slow * width, [{ decodedTIFF($0) }])
    }

    private static func decodedTIFF(_ file: [UInt8]) -> [UInt8]? {
        guard let image = try? TIFFImage(file), image.width <= limit, image.height <= limit / image.width else {
            return nil
        }
        return try? image.decode()
    }

    private static func tiff(
        _ size: (fast: Int, slow: Int), _ width: Int, _ packing: Int, _ piece: (fast: Int, slow: Int), isTiled: Bool,
        isBig: Bool, _ pieces: [[UInt8]]
    ) -> [UInt8] {
        func bytes(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (isBig ? count - 1 - $0 : $0))) }
        }
        let fields = 8 + (isTiled ? 4 : 3)
        let arrays = 8 + 2 + 12 * fields + 4
        var place = arrays + 8 * pieces.count
        var starts: [UInt8] = []
        var sizes: [UInt8] = []
        for piece in pieces {
            starts += bytes(place, 4)
            sizes += bytes(piece.count, 4)
            place += piece.count
        }
        let one = pieces.count == 1
        func field(_ tag: Int, _ value: Int, count: Int = 1) -> [UInt8] {
            bytes(tag, 2) + bytes(4, 2) + bytes(count, 4) + bytes(value, 4)
        }
        let startField = one ? arrays + 8 : arrays
        let sizeField = one ? pieces[0].count : arrays + 4 * pieces.count
        var file: [UInt8] = isBig ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]
        file += bytes(8, 4) + bytes(fields, 2)
        file += field(254, 0) + field(256, size.fast) + field(257, size.slow) + field(258, 8 * width)
        file += field(259, packing) + field(262, 1) + field(277, 1)
        if !isTiled { file += field(273, startField, count: pieces.count) + field(278, piece.slow) }
        if !isTiled { file += field(279, sizeField, count: pieces.count) }
        file += field(317, packing == 1 ? 1 : 2)
        if isTiled {
            file += field(322, 16) + field(323, 16) + field(324, startField, count: pieces.count)
            file += field(325, sizeField, count: pieces.count)
        }
        return file + bytes(0, 4) + starts + sizes + pieces.flatMap { $0 }
    }

    private static func packed(_ bytes: [UInt8], _ packing: Int) -> [UInt8] {
        switch packing {
        case 5:
            // Single bytes, and the table cleared before codes grow.
            var codes: [Int] = []
            for (place, byte) in bytes.enumerated() {
                if place % 200 == 0 { codes.append(256) }
                codes.append(Int(byte))
            }
            codes.append(257)
            var stream: [UInt8] = []
            var held = 0
            var count = 0
            for code in codes {
                held = held << 9 | code
                count += 9
                while count >= 8 {
                    stream.append(UInt8(truncatingIfNeeded: held >> (count - 8)))
                    count -= 8
                }
                held &= 0xFF
            }
            return stream + [UInt8(truncatingIfNeeded: held << (8 - count))]
        case 8, 32946: return zlib(bytes)
        case 32773:
            return stride(from: 0, to: bytes.count, by: 100).flatMap { start in
                let run = bytes[start..<min(bytes.count, start + 100)]
                return [UInt8(run.count - 1)] + run
            }
        default: return bytes
        }
    }
}

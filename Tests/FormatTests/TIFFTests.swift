// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import ImageCodecs
import TestSupport
import Testing

/// Oracle: images written by tifffile 2026.3.3, real ones as tifffile and fabio 2026.6.0 decode them, and an encoder of LZW
/// beside the decoder.
@Suite struct TIFFTests {
    @Test(arguments: TIFFVector.all) func `an image of another program decodes`(vector: TIFFVector) throws {
        let image = try TIFFImage(bytes(vector.hex))
        #expect(image.width == 21 && image.height == 9 && image.images == 1)
        #expect(image.element == vector.element)
        #expect(try image.decode() == vector.elements)
    }

    /// The directory or the pixels lie last, so that no prefix has both.
    @Test(arguments: TIFFVector.all) func `every prefix fails`(vector: TIFFVector) {
        let file = bytes(vector.hex)
        for length in file.indices {
            #expect(throws: CodecFault.self, "\(length) bytes") {
                try TIFFImage(Array(file[..<length])).decode()
            }
        }
    }

    @Test(arguments: TIFFVector.all) func `a damaged byte never ends the program`(vector: TIFFVector) {
        let file = bytes(vector.hex)
        for position in file.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var damaged = file
                damaged[position] ^= mask
                let size = (try? TIFFImage(damaged)).map { $0.width * $0.height * $0.element.bytes }
                if let decoded = try? TIFFImage(damaged).decode() { #expect(decoded.count == size) }
            }
        }
    }

    /// A file with fields of type LONG, in order, pixels behind them.
    private func file(_ fields: [(Int, Int)], pixels: [UInt8], next: Int = 0) -> [UInt8] {
        let start = 8 + 2 + 12 * (fields.count + 1) + 4
        let all = fields + [(273, start)]
        var bytes: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0] + littleEndian([Int64(all.count)], bytes: 2)
        for (tag, value) in all.sorted(by: { $0.0 < $1.0 }) {
            bytes += littleEndian([Int64(tag), 4], bytes: 2) + littleEndian([1, Int64(value)], bytes: 4)
        }
        return bytes + littleEndian([Int64(next)], bytes: 4) + pixels
    }

    private let plain = [(256, 3), (257, 2), (258, 8)]

    @Test func `fields that may be absent are`() throws {
        let image = try TIFFImage(file(plain, pixels: [1, 2, 3, 4, 5, 6]))
        #expect(try image.decode() == [1, 2, 3, 4, 5, 6])
        #expect(throws: CodecFault.self) { try TIFFImage(file(plain, pixels: [1, 2, 3, 4, 5])).decode() }
    }

    @Test(arguments: [
        (259, 7, "TIFF compression 7"), (277, 3, "TIFF with 3 samples a pixel"),
        (266, 2, "TIFF with bits in reverse order"),
        (339, 5, "TIFF with elements of 8 bits and sample format 5"),
    ])
    func `a form that is not decoded is named`(tag: Int, value: Int, words: String) {
        #expect(throws: CodecFault.unsupported(words)) {
            try TIFFImage(file(plain + [(tag, value)], pixels: [1, 2, 3, 4, 5, 6]))
        }
    }

    @Test func `more images are counted, the first is decoded`() throws {
        let first = file(plain, pixels: [], next: 100)
        var two = first + [UInt8](repeating: 9, count: 100 - first.count)
        two += littleEndian([0], bytes: 2) + littleEndian([0], bytes: 4)
        let image = try TIFFImage(two)
        #expect(image.images == 2)
        #expect(try image.decode() == [9, 9, 9, 9, 9, 9])
        // A directory that leads back to itself ends the row; one outside is a fault.
        #expect(try TIFFImage(file(plain, pixels: [1, 2, 3, 4, 5, 6], next: 8)).images == 1)
        #expect(throws: CodecFault.self) { try TIFFImage(file(plain, pixels: [1, 2, 3, 4, 5, 6], next: 500)) }
    }

    @Test func `a size that the file cannot hold takes no memory`() throws {
        for packing in [1, 5, 8, 32773] {
            let claims = file(
                [(256, 1 << 30), (257, 1 << 30), (258, 32), (259, packing), (279, 6)], pixels: [1, 2, 3, 4, 5, 6])
            let image = try TIFFImage(claims)
            #expect(throws: CodecFault.self) { try image.decode() }
        }
    }

    /// LZW of TIFF with all four widths of codes and a table that is cleared.
    @Test func `long streams of LZW decode`() throws {
        var sequence = Sequence(state: 42)
        for count in [300, 2000, 30_000] {
            for most in [2, 5, 255] as [UInt64] {
                let pixels = (0..<count).map { _ in UInt8(sequence.next() % most) }
                let packed = encodedByLZW(pixels)
                let fields = [(256, count), (257, 1), (258, 8), (259, 5), (279, packed.count)]
                #expect(try TIFFImage(file(fields, pixels: packed)).decode() == pixels)
                let short = file(
                    [(256, count), (257, 1), (258, 8), (259, 5), (279, packed.count - 3)], pixels: packed)
                #expect(throws: CodecFault.damaged(block: 0)) { try TIFFImage(short).decode() }
            }
        }
    }

    private func encodedByLZW(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = []
        var held = 0
        var count = 0
        var width = 9
        func put(_ code: Int) {
            held = held << width | code
            count += width
            while count >= 8 {
                stream.append(UInt8(truncatingIfNeeded: held >> (count - 8)))
                count -= 8
                held &= 1 << count - 1
            }
        }
        var table: [[UInt8]: Int] = [:]
        func clear() {
            put(256)
            table = Dictionary(uniqueKeysWithValues: (0..<256).map { ([UInt8($0)], $0) })
            width = 9
        }
        clear()
        var word: [UInt8] = []
        for byte in bytes {
            if table[word + [byte]] != nil {
                word.append(byte)
                continue
            }
            put(table[word] ?? 0)
            table[word + [byte]] = table.count + 2
            // The code just given out is the greatest of its width.
            if table.count + 1 == 1 << width - 1 { width += 1 }
            if table.count + 2 == 4095 {
                width = 12
                clear()
            }
            word = [byte]
        }
        put(table[word] ?? 0)
        put(257)
        if count > 0 { put(0) }
        return stream
    }

    /// Files of `corpus/real`: type, size and SHA-256 of the elements, little endian, by tifffile and fabio.
    static let real: [(path: String, element: ElementType, width: Int, height: Int, digest: String)] = [
        (
            "DiamondLightSource+eiger-detector/python/src/eiger_detector/control/test.tif", .uint16, 1030, 514,
            "50fab13ae3a73045f68306ce94c64b192c9160ab290c4c31d5e3a7f5298e3ecb"
        ),
        (
            "DiamondLightSource+islatu/docs/source/pilatus1/p100kImage_372528_5694283.tif", .int32, 487, 195,
            "1abe582888a809691995775e24d838188f16dd18c34f2d5c2aac4556404101db"
        ),
        (
            "bl831+nearBragg/docs/20A_3disks.img", .uint16, 1024, 1024,
            "72136f50022cda2692036578612059c3a81750ba8388cbdfdaf86d77e9317426"
        ),
        (
            "image-rs+image-tiff/tests/images/int16.tif", .int16, 64, 64,
            "89cd8129230910e020385c2b0e727c5c904040a09e15fb959550501ca071dcc8"
        ),
        (
            "python-pillow+Pillow/Tests/images/16bit.cropped.tif", .uint16, 64, 64,
            "f63dec220d2b524773db4ee6fb8c9ef94bacaa054b736c5c5e67aa3c961957ff"
        ),
        (
            "xraypy+xraylarch/examples/io/Pilatus.tiff@c04632bf", .int32, 487, 195,
            "4db432e2da89eef6732c831c23adc96ebcdc18ca96de5580840d5e5d07f140c9"
        ),
    ]

    @Test(.enabled(if: Folder.shared != nil)) func `real images decode as other programs decode them`() throws {
        let shared = try #require(Folder.shared)
        for (path, element, width, height, digest) in Self.real {
            let file = [UInt8](try Data(contentsOf: shared.appendingPathComponent("corpus/real/" + path)))
            let pixels: [UInt8]
            if file.first == UInt8(ascii: "{") {
                let image = try SMVImage(file)
                #expect(image.element == element && image.width == width && image.height == height)
                pixels = image.decode()
            } else {
                let image = try TIFFImage(file)
                #expect(image.element == element && image.width == width && image.height == height)
                pixels = try image.decode()
            }
            #expect(FileDigests.of(pixels).sha256 == digest, "\(path)")
        }
    }

    /// A real file that lacks the last 11 bytes.
    @Test(.enabled(if: Folder.shared != nil)) func `a real image that was cut fails`() throws {
        let shared = try #require(Folder.shared)
        let path = shared.appendingPathComponent("corpus/real/xraypy+xraylarch/examples/io/Pilatus.tiff")
        let file = [UInt8](try Data(contentsOf: path))
        #expect(throws: CodecFault.short(at: file.count)) { try TIFFImage(file).decode() }
    }
}

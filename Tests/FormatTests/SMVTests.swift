// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: the numbers that were put in; a real image stands with those of TIFF.
@Suite struct SMVTests {
    private func file(_ lines: [String], pixels: [UInt8], header: Int = 512) -> [UInt8] {
        let text = "{\nHEADER_BYTES=\(header);\n" + lines.map { $0 + ";\n" }.joined() + "}\n"
        return Array(text.utf8) + [UInt8](repeating: 32, count: header - text.utf8.count) + pixels
    }

    private let lines = ["DIM=2", "SIZE1=3", "SIZE2=2", "TYPE=unsigned_short", "BYTE_ORDER=little_endian"]
    private let pixels: [UInt8] = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1]

    @Test func `pixels of either byte order decode`() throws {
        let little = try SMVImage(file(lines, pixels: pixels))
        #expect(little.width == 3 && little.height == 2 && little.element == .uint16)
        #expect(little.images == 1 && little.excess == 0)
        #expect(little.decode() == pixels)
        let big = try SMVImage(
            file(lines.dropLast() + ["BYTE_ORDER=big_endian"], pixels: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 1, 6]))
        #expect(big.decode() == pixels)
    }

    @Test(arguments: [
        ("unsigned_char", ElementType.uint8), ("short_int", .int16), ("signed_long", .int32),
        ("unsigned_long", .uint32),
        ("float", .float32), ("double", .float64), ("long int", .int32), ("Unsigned Short Int", .uint16),
    ])
    func `types have their widths`(type: String, element: ElementType) throws {
        let pixels = (0..<6 * element.bytes).map { UInt8($0) }
        for key in ["TYPE", "Data_type"] {
            let image = try SMVImage(
                file(["SIZE1= 3", "SIZE2=2 ", "\(key)=\(type)", "BYTE_ORDER=big_endian"], pixels: pixels))
            #expect(image.element == element)
            let reversed = stride(from: 0, to: pixels.count, by: element.bytes).flatMap { start in
                pixels[start..<start + element.bytes].reversed()
            }
            #expect(image.decode() == reversed)
        }
    }

    @Test func `every prefix fails, and what lies behind is counted`() throws {
        let whole = file(lines, pixels: pixels)
        for length in whole.indices {
            #expect(throws: CodecFault.self, "\(length) bytes") { try SMVImage(Array(whole[..<length])) }
        }
        #expect(try SMVImage(whole + [7, 7]).excess == 2)
    }

    @Test func `a stack has its first image decoded`() throws {
        let image = try SMVImage(file(lines + ["SIZE3=2"], pixels: pixels + pixels.reversed()))
        #expect(image.images == 2)
        #expect(image.decode() == pixels)
    }

    @Test func `a form that is not decoded is named`() {
        #expect(throws: CodecFault.unsupported("SMV compression 'bs1'")) {
            try SMVImage(file(lines + ["Compression=BS1"], pixels: pixels))
        }
        #expect(throws: CodecFault.unsupported("SMV type 'mad'")) {
            try SMVImage(file(["SIZE1=3", "SIZE2=2", "TYPE=mad", "BYTE_ORDER=little_endian"], pixels: pixels))
        }
        #expect(throws: CodecFault.unsupported("SMV byte order ''")) {
            try SMVImage(file(lines.dropLast(), pixels: pixels))
        }
    }

    @Test func `sizes that are none are a fault`() {
        for size in ["SIZE1=-3", "SIZE1=0", "SIZE1=3.5", "SIZE1=99999999999999999999", "SIZE1=4000000000", "SIZE1="] {
            #expect(throws: CodecFault.self, "\(size)") {
                try SMVImage(file([size] + lines.filter { !$0.hasPrefix("SIZE1") }, pixels: pixels))
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import ImageCodecs
import TestSupport
import Testing

/// Oracle: sections written by CBFlib 0.9.7 through pycbf 0.9.6.7, small ones recorded here and larger ones of `corpus`.
@Suite struct CBFCodecTests {
    private func decoded(_ vector: CBFVector, _ stream: [UInt8], _ count: Int) throws -> [UInt8] {
        let codec = try #require(Codec.name(vector.name))
        #expect(codec.elements.contains(vector.element))
        let parameters = Codec.Parameters(
            elementBytes: vector.element.bytes, element: vector.element, shape: vector.shape, words: vector.words)
        return try codec.decoded(stream, bytes: count, parameters)
    }

    @Test(arguments: CBFVector.all) func `a section of CBFlib decodes`(vector: CBFVector) throws {
        let expected = vector.elements
        #expect(try decoded(vector, bytes(vector.hex), expected.count) == expected)
    }

    @Test(arguments: CBFVector.all) func `every prefix of a section fails`(vector: CBFVector) {
        let stream = bytes(vector.hex)
        let count = vector.elements.count
        for length in stream.indices {
            #expect(throws: CodecFault.self, "\(length) bytes") { try decoded(vector, Array(stream[..<length]), count) }
        }
    }

    @Test(arguments: CBFVector.all) func `a damaged byte never ends the program`(vector: CBFVector) {
        let stream = bytes(vector.hex)
        let count = vector.elements.count
        for position in stream.indices {
            var damaged = stream
            damaged[position] ^= 0xA5
            if let result = try? decoded(vector, damaged, count) { #expect(result.count == count) }
        }
    }

    @Test func `another number of elements is a fault`() throws {
        for vector in CBFVector.all where vector.element == .int32 && vector.shape == [12, 9, 1] {
            let codec = try #require(Codec.name(vector.name))
            let parameters = Codec.Parameters(elementBytes: 4, element: .int32, shape: [11, 9, 1])
            guard codec.names != ["X-CBF_NIBBLE_OFFSET"] else { continue }
            #expect(throws: CodecFault.size(stated: 108, expected: 99), "\(vector)") {
                try codec.decoded(bytes(vector.hex), bytes: 99 * 4, parameters)
            }
        }
    }

    @Test func `elements of 64 bits and real ones are named as not decoded`() throws {
        for name in ["PACKED", "PACKED_V2", "CANONICAL", "NIBBLE_OFFSET"] {
            let codec = try #require(Codec.name("x-CBF_" + name))
            for element in [ElementType.int64, .float32] {
                let parameters = Codec.Parameters(elementBytes: element.bytes, element: element, shape: [2])
                #expect(throws: CodecFault.unsupported("this encoding of \(element)")) {
                    try codec.decoded([UInt8](repeating: 0, count: 99), bytes: 2 * element.bytes, parameters)
                }
            }
        }
    }

    @Test func `elements that are not packed keep or change their order`() throws {
        let codec = try #require(Codec.name("x-CBF_NONE"))
        for element in ElementType.allCases {
            let stored = (1...UInt8(3 * element.bytes)).map { $0 }
            let reversed = stride(from: 0, to: stored.count, by: element.bytes).flatMap {
                stored[$0..<$0 + element.bytes].reversed()
            }
            for (order, expected) in [(ByteOrder.ofThisMachine, stored), (.little, stored), (.big, reversed)] {
                let parameters = Codec.Parameters(elementBytes: element.bytes, element: element, order: order)
                #expect(try codec.decoded(stored, bytes: stored.count, parameters) == expected, "\(element) \(order)")
                #expect(throws: CodecFault.self) {
                    try codec.decoded(Array(stored.dropLast()), bytes: stored.count, parameters)
                }
            }
        }
    }

    /// Sections of 97 x 61 elements, transfer encodings among them; SHA-256 of the elements as int32 by the maker of the files.
    @Test(.enabled(if: Folder.shared != nil)) func `files of CBFlib in every encoding decode`() throws {
        let folder = try #require(Folder.shared).appendingPathComponent("corpus/convert/synthetic/encodings")
        let table = try String(contentsOf: folder.appendingPathComponent("pixels.tsv"), encoding: .utf8)
        var count = 0
        for line in table.split(separator: "\n").dropFirst() {
            let words = line.split(separator: "\t").map(String.init)
            try #require(words.count == 5)
            let file = [UInt8](try Data(contentsOf: folder.appendingPathComponent(words[0])))
            #expect(
                try digest(ofSectionIn: file, element: words[1] == "int32" ? .int32 : .uint16) == words[4],
                "\(words[0])")
            count += 1
        }
        #expect(count == 11)
    }

    private func digest(ofSectionIn file: [UInt8], element: ElementType) throws -> String {
        // One byte, one character.
        let text = String(decoding: file.map { UInt16($0) }, as: UTF16.self)
        func header(_ name: String) throws -> String {
            let start = try #require(text.range(of: name + ": ")).upperBound
            return String(text[start...].prefix { !$0.isNewline })
        }
        let transfer = try #require(TransferEncoding(try header("Content-Transfer-Encoding")))
        let size = try #require(Int(try header("X-Binary-Size")))
        let conversion = text.range(of: "conversions=\"").map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
        let codec = try #require(Codec.name(conversion ?? "x-CBF_NONE"))
        let stored: [UInt8]
        if transfer == .binary {
            let mark = try #require(file.indices.first { Array(file[$0...].prefix(4)) == [0x0C, 0x1A, 4, 0xD5] })
            stored = try transfer.decode(Array(file[(mark + 4)...]), bytes: size)
        } else {
            let head = try #require(text.range(of: "Third-Dimension: 1"))
            let rest = text[head.upperBound...]
            let start = try #require(rest.range(of: "\r\n\r\n") ?? rest.range(of: "\n\n")).upperBound
            let end = try #require(rest.range(of: "--CIF-BINARY-FORMAT-SECTION----")).lowerBound
            stored = try transfer.decode(
                Array(text[start..<end].utf16).map { UInt8(truncatingIfNeeded: $0) }, bytes: size)
        }
        let parameters = Codec.Parameters(elementBytes: element.bytes, element: element, shape: [97, 61, 1])
        let pixels = try codec.decoded(stored, bytes: 97 * 61 * element.bytes, parameters)
        guard element == .uint16 else { return FileDigests.of(pixels).sha256 }
        let wide: [UInt8] = stride(from: 0, to: pixels.count, by: 2).flatMap { [pixels[$0], pixels[$0 + 1], 0, 0] }
        return FileDigests.of(wide).sha256
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Testing
import Transport

/// Oracle: sections built here byte by byte from the description of `_array_data.data` in the imgCIF dictionary.
@Suite("Binary sections") struct BinarySectionTests {
    static let boundary = "--CIF-BINARY-FORMAT-SECTION--"
    /// Bytes that would end everything if they were scanned.
    static let data: [UInt8] = Array("\n;\n_a 'b\nloop_ data_\r\r".utf8) + (0...255).map { UInt8($0) }

    struct Section {
        var encoding = "BINARY"
        var size: Int? = BinarySectionTests.data.count
        var padding: Int?
        var zeros = 0
        var lead: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]
        var data = BinarySectionTests.data
        var lineEnd = "\r\n"
        var closing = "\n" + BinarySectionTests.boundary + "--\n;\n"

        var bytes: [UInt8] {
            var text = ";\(lineEnd)\(boundary)\(lineEnd)"
            text += "Content-Type: application/octet-stream;\(lineEnd)     conversions=\"x-CBF_BYTE_OFFSET\"\(lineEnd)"
            text += "Content-Transfer-Encoding: \(encoding)\(lineEnd)"
            if let size { text += "X-Binary-Size: \(size)\(lineEnd)" }
            if let padding { text += "X-Binary-Size-Padding: \(padding)\(lineEnd)" }
            text += "X-Binary-ID: 7\(lineEnd)\(lineEnd)"
            let zeroBytes = [UInt8](repeating: 0, count: zeros)
            return Array(text.utf8) + lead + data + zeroBytes + Array(closing.utf8)
        }
    }

    func document(_ sections: [Section]) -> Document {
        var bytes = Array("###CBF: VERSION 1.5\ndata_x\nloop_\n_array_data.binary_id\n_array_data.data\n".utf8)
        for (number, section) in sections.enumerated() { bytes += Array("\(number + 1)\n".utf8) + section.bytes }
        bytes += Array("_after.it 1\n".utf8)
        return parsed(bytes)
    }

    @Test("are located by their size and never scanned") func located() throws {
        let document = document([Section(), Section(padding: 40, zeros: 40), Section(lineEnd: "\n")])
        #expect(document.faults.isEmpty)
        #expect(document.binarySections.count == 3)
        for section in document.binarySections {
            #expect(document.buffer[section.dataRange] == Self.data)
            #expect(section.fault == nil)
            #expect(section.statedSize == Self.data.count)
            #expect(section.header("x-binary-id") == "7")
            #expect(section.header("CONTENT-TYPE") == "application/octet-stream; conversions=\"x-CBF_BYTE_OFFSET\"")
        }
        let column = try #require(document.blocks.first?.column("_array_data.data"))
        #expect((0..<3).map { column.kind($0) } == [.binary(0), .binary(1), .binary(2)])
        #expect(column.text(0) == nil)
        #expect(document.blocks.first?.column("_after.it")?.integer(0) == 1)
    }

    @Test("count as one line") func lines() throws {
        let document = document([Section(lineEnd: "\n")])
        let after = try #require(document.blocks.first?.column("_after.it"))
        // Five lines before, row number, semicolon, boundary, five of the header, blank, data, boundary, semicolon.
        #expect(document.position(of: after.nameOffset) == Position(line: 18, column: 1))
        let data = try #require(document.binarySections.first).dataRange
        #expect(document.position(of: data.upperBound - 1).line == 15)
    }

    @Test("are searched for their boundary when the size is of no use", arguments: [0, nil, 5, 100_000, Int.max])
    func searched(size: Int?) throws {
        let document = document([Section(size: size), Section()])
        let section = try #require(document.binarySections.first)
        #expect(document.buffer[section.dataRange] == Self.data)
        #expect(document.blocks.first?.column("_after.it")?.integer(0) == 1)
        let isWrong = (size ?? 0) != 0
        #expect((section.fault != nil) == isWrong)
        #expect(document.faults.map(\.kind) == (isWrong ? [.binaryMismatch] : []))
        if isWrong {
            #expect(section.fault?.details["stated"] == size.map(String.init))
            #expect(section.fault?.details["found"] == String(Self.data.count))
        }
    }

    @Test("without a line end before the boundary pass") func withoutLineEnd() throws {
        let document = document([Section(closing: Self.boundary + "--\n;\n")])
        #expect(document.faults.isEmpty)
        #expect(document.buffer[try #require(document.binarySections.first).dataRange] == Self.data)
    }

    @Test("cut off by the end of the file end there") func cutOff() throws {
        var section = Section()
        section.closing = ""
        let document = parsed(Array("data_x\n_array_data.data\n".utf8) + section.bytes)
        #expect(document.faults.contains { $0.kind == .binaryMismatch })
        #expect(document.buffer[try #require(document.binarySections.first).dataRange] == Self.data)
    }

    @Test("without lead bytes are named") func withoutLead() throws {
        let document = document([Section(lead: [])])
        #expect(document.faults.map(\.kind) == [.binaryMismatch])
        #expect(document.buffer[try #require(document.binarySections.first).dataRange] == Self.data)
    }

    @Test("in text encodings are found by their boundary") func encoded() throws {
        let text = Array("SGVsbG8s\nIHdvcmxk".utf8)
        let document = document([Section(encoding: "BASE64", size: 12, lead: [], data: text)])
        #expect(document.faults.isEmpty)
        #expect(document.buffer[try #require(document.binarySections.first).dataRange] == text)
    }

    @Test("of the old form carry three numbers") func oldForm() throws {
        func number(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let head = Array("data_x\n_array_data.data\n;\nSTART OF BINARY SECTION\n".utf8) + [0x0C, 0x1A, 0x04, 0xD5]
        let tail = Array("\nEND OF BINARY SECTION\n;\n_after.it 1\n".utf8)
        for correction in [0, 8] {
            let size = UInt64(Self.data.count + correction)
            let document = parsed(head + number(3) + number(size) + number(112) + Self.data + tail)
            #expect(document.faults.isEmpty)
            let section = try #require(document.binarySections.first)
            #expect(document.buffer[section.dataRange] == Self.data)
            #expect(section.header("x-binary-id") == "3")
            #expect(document.blocks.first?.column("_after.it")?.integer(0) == 1)
        }
    }
}

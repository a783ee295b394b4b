// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ImageCodecs
import Testing

/// Oracle: text that CBFlib 0.9.7 wrote (pycbf 0.9.6.7); Foundation for base 64.
@Suite struct TransferEncodingTests {
    /// 0, 1, -1, 300, 61, 59, 46, 10, 13, 32 and the greatest 32-bit integer, cut to so many bytes.
    private func numbers(_ bytes: Int) -> [UInt8] {
        littleEndian([0, 1, -1, 300, 61, 59, 46, 10, 13, 32, 2_147_483_647], bytes: bytes)
    }

    static let recorded: [(encoding: TransferEncoding, bytes: Int, text: String)] = [
        (.base64, 4, "\nAAAAAAEAAAD/////LAEAAD0AAAA7AAAALgAAAAoAAAANAAAAIAAAAP///38=\n\n"),
        (.base64, 2, "\nAAABAP//LAE9ADsALgAKAA0AIAD//w==\n\n"),
        (.base64, 1, "\nAAH/LD07LgoNIP8=\n\n"),
        (
            .quotedPrintable, 4,
            "=00=00=00=00=01=00=00=00=FF=FF=FF=FF=2C=01=00=00=3D=00=00=00;=00=00=00=2E=\n"
                + "=00=00=00=0A=00=00=00=0D=00=00=00 =00=00=00=FF=FF=FF=7F=\n\n"
        ),
        (.quotedPrintable, 1, "=00=01=FF=2C=3D;=2E=0A=0D =FF=\n\n"),
        (
            .base8, 4,
            "# Octal encoding, byte 0, byte order 1234...\n#\nO4> 0 1 37777777777 454 75 73 56 12 15 40 17777777777\n\n"
        ),
        (
            .base8, 4,
            "# Octal encoding, byte 0, byte order ...4321\n#\n"
                + "O4< 0 100000000 37777777777 5400200000 7500000000 7300000000 5600000000\n"
                + "O4< 1200000000 1500000000 4000000000 37777777577\n\n"
        ),
        (
            .base10, 2,
            "# Decimal encoding, byte 0, byte order 1234...\n#\nD2> 0 1 65535 300 61 59 46 10 13 32 65535\n\n"
        ),
        (
            .base10, 2,
            "# Decimal encoding, byte 0, byte order ...4321\n#\n"
                + "D2< 0 256 65535 11265 15616 15104 11776 2560 3328 8192 65535\n\n"
        ),
        (
            .base16, 4,
            "# Hexadecimal encoding, byte 0, byte order 1234...\n#\nH4> 0 1 FFFFFFFF 12C 3D 3B 2E A D 20 7FFFFFFF\n\n"
        ),
        (
            .base16, 4,
            "# Hexadecimal encoding, byte 0, byte order ...4321\n#\n"
                + "H4< 0 1000000 FFFFFFFF 2C010000 3D000000 3B000000 2E000000 A000000 D000000\nH4< 20000000 FFFFFF7F\n\n"
        ),
        (.base16, 1, "# Hexadecimal encoding, byte 0, byte order ...4321\n#\nH1< 0 1 FF 2C 3D 3B 2E A D 20 FF\n\n"),
    ]

    /// One to eight integers as cif2cbf of CBFlib 0.9.7 writes them: the bytes, the text.
    static let ofCBFlib = [
        ("d8dcffff", "feff6d6e40ff6100003defbbbf"), ("d8dcffff8ef7ffff", "feff6d6e40ff72de80ff7900003defbbbf"),
        ("d8dcffff8ef7ffff22500000", "feff6d6e40ff72de80ff7a1241000100003defbbbf"),
        ("d8dcffff8ef7ffff2250000094e60000", "feff6d6e40ff72de80ff7a124100022967000100efbbbf"),
        ("d8dcffff8ef7ffff2250000094e60000e4ba0100", "feff6d6e40ff72de80ff7a1241000229670001722f802100efbbbf"),
        (
            "d8dcffff8ef7ffff2250000094e60000e4ba010012cd02001e1d040008ab0500",
            "feff6d6e40ff72de80ff7a1241000229670001722f8021022dd011007974090009ab03800100003defbbbf"
        ),
    ]

    @Test func `fifteen bits a character decode, in either order and in UTF-8`() throws {
        for (expected, text) in Self.ofCBFlib.map({ (bytes($0.0), bytes($0.1)) }) {
            #expect(try TransferEncoding.base32k.decode(text, bytes: expected.count) == expected)
            #expect(try TransferEncoding.base32k.decode([10] + text + [10], bytes: expected.count) == expected)
            let units = stride(from: 0, to: text.count - 3, by: 2).map { UInt16(text[$0]) << 8 | UInt16(text[$0 + 1]) }
            let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            #expect(try TransferEncoding.base32k.decode(little, bytes: expected.count) == expected)
            let plain = String(decoding: units.dropFirst(), as: UTF16.self)
            #expect(try TransferEncoding.base32k.decode(Array((plain + "\n").utf8), bytes: expected.count) == expected)
            for cut in 0..<(text.count - 6) {
                #expect(throws: CodecFault.self) {
                    try TransferEncoding.base32k.decode(Array(text.prefix(cut)), bytes: expected.count)
                }
            }
        }
        #expect(TransferEncoding("X-BASE32K") == .base32k)
    }

    @Test(arguments: recorded.indices) func `text of CBFlib decodes`(index: Int) throws {
        let (encoding, width, text) = Self.recorded[index]
        let expected = numbers(width)
        #expect(try encoding.decode(Array(text.utf8), bytes: expected.count) == expected)
        let lines = Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        #expect(try encoding.decode(lines, bytes: expected.count) == expected)
        #expect(try encoding.decode(lines) == expected)
        #expect(throws: CodecFault.excess(bytes: 1)) { try encoding.decode(lines, bytes: expected.count - 1) }
    }

    @Test(arguments: recorded.indices) func `every prefix of a text fails`(index: Int) {
        let (encoding, width, text) = Self.recorded[index]
        let expected = numbers(width)
        // What lies behind the last number says nothing more; signs that fill up base 64 do.
        var whole = Array(text.utf8)
        while let last = whole.last, last == 10 || last == UInt8(ascii: "=") && encoding == .quotedPrintable {
            whole.removeLast()
        }
        for length in whole.indices {
            #expect(throws: CodecFault.self, "\(length)") {
                try encoding.decode(Array(whole[..<length]), bytes: expected.count)
            }
        }
    }

    /// 21 bytes in numbers of 4: the last has one byte alone, recorded from CBFlib.
    @Test(arguments: [
        "D4> 2164130048 293601581 3706978047 8393475 4294958976 127======\n",
        "D4< 130688 755073041 4294898652 51609600 2162163711 ======127\n",
    ])
    func `a number that lacks bytes decodes`(text: String) throws {
        let stream = ByteOffset.encode([0, 1, -1, 300, 61, 59, 46, 10, 13, 32, 2_147_483_647])
        #expect(stream.count == 21)
        #expect(try TransferEncoding.base10.decode(Array(text.utf8), bytes: 21) == stream)
    }

    @Test func `base 64 decodes what Foundation encodes`() throws {
        var sequence = Sequence(state: 12)
        for count in 0..<100 {
            let input = (0..<count).map { _ in UInt8(truncatingIfNeeded: sequence.next()) }
            let text = Data(input).base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn])
            #expect(try TransferEncoding.base64.decode(Array(text.utf8), bytes: count) == input)
        }
    }

    @Test(arguments: [
        (TransferEncoding.base64, "AAA*"), (.base64, "AA=A"), (.base64, "AAA=="), (.quotedPrintable, "=G0 "),
        (.quotedPrintable, "=0"), (.base8, "O1> 8\n"), (.base8, "O1> 400\n"), (.base16, "H1> 100\n"),
        (.base16, "O1> 10\n"), (.base16, "H9> 10\n"), (.base16, "10 20\n"), (.base10, "D8> 18446744073709551616\n"),
        (.base10, "D1> ==\n"), (.base10, "D2> 1=\n"),
    ])
    func `text that is none of its encoding is a fault`(encoding: TransferEncoding, text: String) {
        #expect(throws: CodecFault.self) { try encoding.decode(Array(text.utf8)) }
    }

    @Test func `encodings have their names`() {
        #expect(TransferEncoding("base64") == .base64)
        #expect(TransferEncoding("\"X-BASE16\"") == .base16)
        #expect(TransferEncoding("BINARY") == .binary)
        #expect(TransferEncoding("X-BASE64K") == nil)
    }
}

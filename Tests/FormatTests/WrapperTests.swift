// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: bytes that gzip 1.12, bzip2 1.0.8 and xz 5.4.1 made of "data_frame" and a line end, recorded here; damage made
/// by us. What `gzip -t`, `bzip2 -t` and `xz -t` complain of is told.
@Suite("Compressed files")
struct WrapperTests {
    /// `printf 'data_frame\n' | gzip -9n`
    static let small: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x49, 0x2C, 0x49, 0x8C, 0x4F, 0x2B, 0x4A,
        0xCC, 0x4D, 0xE5, 0x02, 0x00, 0xBB, 0x71, 0x49, 0xB7, 0x0B, 0x00, 0x00, 0x00,
    ]

    /// `printf 'data_frame\n' | bzip2 -9`
    static let bzip2: [UInt8] = [
        0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x2E, 0x68, 0xA6, 0x4A, 0x00, 0x00, 0x02, 0xC3,
        0x80, 0x00, 0x10, 0x00, 0x00, 0xA7, 0x02, 0x14, 0x00, 0x20, 0x00, 0x22, 0x01, 0x93, 0xD4, 0x20, 0xC9, 0x88,
        0xDC, 0x06, 0x8E, 0x65, 0x78, 0xBB, 0x92, 0x29, 0xC2, 0x84, 0x81, 0x73, 0x45, 0x32, 0x50,
    ]

    /// `printf 'data_frame\n' | xz`
    static let xz: [UInt8] = [
        0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04, 0xE6, 0xD6, 0xB4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00,
        0x00, 0x00, 0x74, 0x2F, 0xE5, 0xA3, 0x01, 0x00, 0x0A, 0x64, 0x61, 0x74, 0x61, 0x5F, 0x66, 0x72, 0x61, 0x6D,
        0x65, 0x0A, 0x00, 0x00, 0x69, 0x9F, 0x63, 0xBA, 0x72, 0xED, 0x29, 0x68, 0x00, 0x01, 0x23, 0x0B, 0xC2, 0x1B,
        0xFD, 0x09, 0x1F, 0xB6, 0xF3, 0x7D, 0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5A,
    ]

    static let all = [small, bzip2, xz]

    @Test("the first bytes name the wrapper")
    func kinds() {
        #expect(Wrapper.of(Self.small) == .gzip)
        #expect(Wrapper.of(Array("BZh91AY".utf8)) == .bzip2)
        #expect(Wrapper.of([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) == .xz)
        #expect(Wrapper.of(Array("data_x".utf8)) == nil)
        #expect(Wrapper.of([]) == nil)
    }

    @Test("what gzip packed comes out again")
    func contents() throws {
        let bytes = try unwrapped(Self.small)
        #expect(String(decoding: bytes, as: UTF8.self) == "data_frame\n")
    }

    @Test("every cut of a compressed file is told", arguments: 2..<30)
    func cut(_ count: Int) {
        #expect(throws: Failure.self) { try unwrapped(Array(Self.small.prefix(count))) }
    }

    @Test("streams that follow one another come out as one", arguments: all)
    func several(_ one: [UInt8]) throws {
        #expect(String(decoding: try unwrapped(one + one), as: UTF8.self) == "data_frame\ndata_frame\n")
        for count in 2..<one.count { #expect(throws: Failure.self) { try unwrapped(one + one.prefix(count)) } }
    }

    @Test("zeros behind the end are padding, other bytes are told", arguments: all)
    func trailing(_ one: [UInt8]) throws {
        #expect(try unwrapped(one + [UInt8](repeating: 0, count: 512)).count == 11)
        for rest in ["x", "garbage\n", "data_more\n_a 1\n"] {
            #expect(throws: Failure.self) { try unwrapped(one + Array(rest.utf8)) }
        }
        #expect(throws: Failure.self) { try unwrapped(one + [UInt8](repeating: 0, count: 512) + [1]) }
    }

    @Test("a changed bit in data, sum or length is told", arguments: all)
    func changed(_ one: [UInt8]) {
        // Of a gzip header only the letters in front are held by anything.
        for place in (one == Self.small ? 10 : 4)..<one.count {
            for bit in 0..<8 {
                var bytes = one
                bytes[place] ^= 1 << UInt8(bit)
                let out = try? unwrapped(bytes)
                #expect(out == nil || out == Array("data_frame\n".utf8), "byte \(place), bit \(bit)")
            }
        }
    }

    @Test("no more comes out than the limits allow")
    func limits() {
        var limits = Wrapper.Limits()
        limits.size = 10
        #expect(throws: Failure.self) { try unwrapped(Self.small, limits: limits) }
    }

    private func unwrapped(_ bytes: [UInt8], limits: Wrapper.Limits = .init()) throws -> [UInt8] {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("packed")
        try Data(bytes).write(to: file)
        let contents = try Wrapper.contents(of: Source.open(Name(file.path)), limits: limits)
        return contents[0..<contents.count]
    }
}

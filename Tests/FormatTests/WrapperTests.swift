// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: bytes that gzip 1.12 made of "data_frame" and a line end, recorded here; damage made by us.
@Suite("Compressed files")
struct WrapperTests {
    /// `printf 'data_frame\n' | gzip -9n`
    static let small: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x49, 0x2C, 0x49, 0x8C, 0x4F, 0x2B, 0x4A,
        0xCC, 0x4D, 0xE5, 0x02, 0x00, 0xBB, 0x71, 0x49, 0xB7, 0x0B, 0x00, 0x00, 0x00,
    ]

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

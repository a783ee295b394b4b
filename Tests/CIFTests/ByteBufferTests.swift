// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: the bytes that Foundation wrote, and the error numbers of the system.
@Suite("Byte buffers") struct ByteBufferTests {
    @Test("hold the bytes of a file, mapped or read", arguments: [0, 1, 65_535, 65_536, 1_000_003])
    func contents(size: Int) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = folder.appendingPathComponent("bytes")
        try Data(bytes).write(to: file)
        let buffer = try ByteBuffer(mapping: file.path)
        #expect(buffer.count == size)
        #expect(buffer[0..<size] == bytes)
        #expect(buffer[(size / 2)..<(size + 10)] == Array(bytes[(size / 2)...]))
        #expect(buffer[(size + 5)..<(size + 10)] == [])
    }

    @Test(
        "say why a file is not read",
        arguments: [
            ("absent", ENOENT), ("", EISDIR), ("plain/inner", ENOTDIR), ("pipe", EINVAL),
        ])
    func failures(name: String, number: Int32) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data([1]).write(to: folder.appendingPathComponent("plain"))
        let path = name.isEmpty ? folder.path : folder.appendingPathComponent(name).path
        if name == "pipe" { #expect(mkfifo(path, 0o600) == 0) }
        let failure = #expect(throws: Failure.self) { try ByteBuffer(mapping: path) }
        #expect(failure?.code == Failure.Code(system: number))
        #expect(failure?.subject == path)
        #expect(failure?.remedy.isEmpty == false)
    }
}

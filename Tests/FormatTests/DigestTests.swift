// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import Digest

/// Oracle: the test vectors of RFC 1321 (MD5) and FIPS 180-4 (SHA-256), and sha256sum of the machine.
@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "900150983cd24fb0d6963f7d28e17f72"),
    ])
    func `published vectors hold`(text: String, sha256: String, md5: String) {
        let digests = FileDigests.of(Array(text.utf8), wantsMD5: true)
        #expect(digests.sha256 == sha256)
        #expect(digests.md5 == md5)
        #expect(digests.byteCount == text.utf8.count)
    }

    @Test func `a file of many blocks has the digest that sha256sum gives`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("long")
        try Data((0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(to: file)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = [file.path]
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(try FileDigests.read(file.path).sha256 == output.prefix(64))
    }

    @Test(arguments: 0..<12)
    func `a digest that is taken while others read is that of the file, whatever they read`(seed: Int) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("followed")
        let bytes = (0..<300_007).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try Data(bytes).write(to: file)
        let source = try Source.open(Name(file.path))
        source.digestWhileRead([.sha256])
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var place = 0
        for _ in 0..<(seed * 4) {
            // Forward for half of the seeds, anywhere for the others, past the end as well.
            let offset = seed % 2 == 0 ? place : next(320_000)
            let count = next(20_000)
            #expect(try source.bytes(at: offset, count: count) == Array(bytes.dropFirst(offset).prefix(count)))
            place = offset + count
        }
        #expect(try source.digests().sha256 == FileDigests.of(bytes).sha256)
        // The second time it is read as any file is.
        #expect(try source.digests().sha256 == FileDigests.of(bytes).sha256)
    }

    @Test func `a file that is cut while it is followed has no digest`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("cut")
        try Data(repeating: 7, count: 100_000).write(to: file)
        let source = try Source.open(Name(file.path))
        source.digestWhileRead([.sha256])
        _ = try source.bytes(at: 0, count: 1000)
        #expect(truncate(file.path, 50_000) == 0)
        _ = try source.bytes(at: 60_000, count: 1000)
        #expect(throws: Failure.self) { try source.digests() }
    }

    @Test func `a missing file is a failure with the words of the system`() {
        #expect(throws: Failure.system("open", "/nowhere/file", ENOENT)) {
            try FileDigests.read("/nowhere/file")
        }
    }
}

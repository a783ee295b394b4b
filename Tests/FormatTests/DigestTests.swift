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

    @Test func `a missing file is a failure with the words of the system`() {
        #expect(throws: Failure.system("open", "/nowhere/file", ENOENT)) {
            try FileDigests.read("/nowhere/file")
        }
    }
}

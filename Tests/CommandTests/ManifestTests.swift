// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import TestSupport
import Testing
import Transport

@testable import Actions

/// Lists written and read back. Oracle: laws; coreutils are asked in `ChecksumTests`.
@Suite struct ManifestTests {
    /// Entries whose names are any bytes but zero, and each digest.
    private static func made(_ numbers: inout SeededNumbers, pieces: Bool) -> Manifest {
        let entries = (0..<20).map { index in
            var bytes = (0..<Int.random(in: 1...30, using: &numbers)).map { _ in
                UInt8.random(in: 1...255, using: &numbers)
            }
            bytes += Array("\(index)".utf8)
            if index % 3 == 0 {
                bytes += [0x5C, 0x0A, 0x0D, 0x20, 0x2A, 0x29] + Array(" = x".utf8) + Array("\(index)".utf8)
            }
            // A name that ends in a line feed or begins with a blank is one, too.
            if index % 5 == 0 { bytes = [0x20, 0x2A, 0x5C] + bytes + [0x0D, 0x0A] }
            return Manifest.Entry(
                Name(bytes: bytes), size: pieces ? Int.random(in: 0...(1 << 40), using: &numbers) : nil,
                digests: [
                    Manifest.Stated(.md5, String(repeating: "0123456789abcdef", count: 2)),
                    Manifest.Stated(.sha256, String(repeating: "fedcba9876543210", count: 4)),
                ],
                pieces: pieces && index % 2 == 0
                    ? [
                        Manifest.Piece(.section(index), address: 17, size: 4, digest: "0123456789abcdef"),
                        Manifest.Piece(.chunk(dataset: "/a\n\"b", first: [index, 0, 7]), address: 9, size: 0),
                    ] : nil)
        }
        return Manifest(entries)
    }

    @Test(arguments: 1...8)
    func `what is written is read back, whatever the names`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let plain = Self.made(&numbers, pieces: false)
        #expect(Manifest.read(ManifestForm.tagged.bytes(plain, program: "x")) == plain)
        let full = Self.made(&numbers, pieces: true)
        #expect(Manifest.read(ManifestForm.json.bytes(full, program: "x")) == full)
        var one = plain
        for index in one.entries.indices { one.entries[index].digests.removeLast() }
        #expect(Manifest.read(ManifestForm.lines(.md5).bytes(plain, program: "x")) == one)
    }

    @Test func `a list that was cut or damaged is read without a trap, and what it lacks is said`() {
        var numbers = SeededNumbers(seed: 5)
        for form in [ManifestForm.tagged, .json, .lines(.md5)] {
            let manifest = Self.made(&numbers, pieces: form == .json)
            let bytes = form.bytes(manifest, program: "x")
            for count in stride(from: 0, to: bytes.count - 1, by: 7) {
                let read = Manifest.read(Array(bytes.prefix(count)))
                #expect(read != manifest, "\(form) of \(count) bytes")
                if form == .json { #expect(!read.faults.isEmpty || count == 0) }
            }
            for _ in 0..<300 {
                var damaged = bytes
                for _ in 0..<3 {
                    damaged[Int.random(in: damaged.indices, using: &numbers)] = UInt8.random(
                        in: 0...255, using: &numbers)
                }
                _ = Manifest.read(damaged)
            }
        }
    }

    @Test(arguments: [
        ("/a", true), ("..", true), ("a/../b", true), ("a/..", true), ("../a", true), ("a/..b", false), ("...", false),
        ("a//b", false), ("./a", false), ("a\\..\\b", false),
    ])
    func `a name that leads out of the folder is told`(name: String, isRefused: Bool) {
        #expect((ManifestNames.refusal(of: Name(name)) != nil) == isRefused)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Digest

/// Oracle: published vectors; libcrypto alone beside our kernels; the table beside the instruction; each file by itself
/// beside many at a time.
@Suite struct DigestRunTests {
    /// Sources: RFC 1321 A.5 and FIPS 180 examples (MD5, SHA-2), RFC 3720 B.4 (32 bytes each of 00, FF, rising), the check
    /// value of CRC-32C over "123456789" (Catalogue of parametrised CRC algorithms), XXH3 of nothing (xxHash, XXH3_64bits
    /// with seed 0 and length 0) and of "123456789" by xxhsum 0.8.1 -H3.
    @Test(arguments: [
        (DigestAlgorithm.md5, Array("message digest".utf8), "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            .md5, Array("12345678901234567890123456789012345678901234567890123456789012345678901234567890".utf8),
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
        (
            .sha256, Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            .sha512, Array("abc".utf8),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (.crc32c, Array("123456789".utf8), "e3069283"),
        (.crc32c, [UInt8](repeating: 0, count: 32), "8a9136aa"),
        (.crc32c, [UInt8](repeating: 0xFF, count: 32), "62a8ab43"),
        (.crc32c, (0..<32).map { UInt8($0) }, "46dd794e"),
        (.xxh3, [], "2d06800538d394c2"), (.xxh3, Array("123456789".utf8), "72dcb18b67a17dff"),
    ])
    func `published vectors hold`(algorithm: DigestAlgorithm, bytes: [UInt8], digest: String) {
        #expect(Digests.of(bytes, [algorithm])[algorithm] == digest)
        #expect(digest.utf8.count == algorithm.digits)
    }

    private static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 40)
        }
    }

    @Test func `kernels and libcrypto agree however the bytes are cut`() {
        guard DigestStream.hasKernels else { return }
        let all: Set<DigestAlgorithm> = [.md5, .sha256]
        for count in Array(0...200) + [255, 256, 4_095, 4_096, 65_537, 200_001] {
            let bytes = Self.bytes(count)
            let plain = DigestStream(all, usesKernels: false)
            bytes.withUnsafeBytes { plain.update($0) }
            let whole = plain.finish()
            for step in [1, 63, 64, 65, 1_000, max(1, count)] where step > 20 || count < 300 {
                let woven = DigestStream(all, usesKernels: true)
                bytes.withUnsafeBytes { buffer in
                    for start in stride(from: 0, to: count, by: step) {
                        woven.update(UnsafeRawBufferPointer(rebasing: buffer[start..<min(count, start + step)]))
                    }
                }
                #expect(woven.finish() == whole, "\(count) bytes by \(step)")
            }
        }
    }

    @Test func `counts of bits pass 32 bits`() {
        // 512 MiB and some: the length that both digests append needs its upper word.
        let piece = Self.bytes(1 << 20)
        let (woven, plain) = (DigestStream([.md5, .sha256]), DigestStream([.md5, .sha256], usesKernels: false))
        piece.withUnsafeBytes { buffer in
            for _ in 0..<513 {
                woven.update(buffer)
                plain.update(buffer)
            }
        }
        #expect(woven.finish() == plain.finish())
    }

    @Test func `the instruction and the table agree`() {
        for count in [0, 1, 7, 8, 9, 4_096, 12_287, 12_288, 12_289, 40_000, 100_003] {
            let bytes = Self.bytes(count)
            bytes.withUnsafeBytes { buffer in
                let sum = CRC32C.byTable(0, buffer)
                #expect(CRC32C.sum(0, buffer) == sum)
                let cut = UnsafeRawBufferPointer(rebasing: buffer.dropFirst(count / 3))
                let first = CRC32C.sum(0, UnsafeRawBufferPointer(rebasing: buffer.prefix(count / 3)))
                #expect(CRC32C.sum(first, cut) == sum)
            }
        }
    }

    /// Memory as a file that is given in reads; some of them fail.
    private struct Bytes: RangeReader {
        let bytes: [UInt8]
        let failsAt: Int?
        var size: Int { bytes.count }

        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
            if let failsAt, offset >= failsAt { throw Failure.system("read", "x", EIO) }
            let part = bytes.dropFirst(offset).prefix(buffer.count)
            buffer.copyBytes(from: part)
            return part.count
        }
    }

    @Test(arguments: [1, 2, 3], [Set<DigestAlgorithm>([.md5, .sha256]), [.md5], [.sha512, .crc32c, .xxh3, .md5]])
    func `many files at a time have the digests of each`(threads: Int, algorithms: Set<DigestAlgorithm>) {
        let sizes = [
            0, 1, 63, 64, 65, 262_143, 262_144, 262_145, 524_288, 700_001, 5, 1_000_000, 64, 300_000, 0, 128, 2_000_000,
        ]
        let files = sizes.enumerated().map { Self.bytes($1, seed: UInt64($0 + 1)) }
        let found = Found()
        DigestRun(algorithms, threads: threads)(files.count) { (number) throws(Failure) -> DigestRun.Work? in
            if number == 4 { throw Failure.system("open", "x", ENOENT) }
            if number == 13 { return nil }
            let bytes = files[number]
            let pieces =
                bytes.count < 100 ? [] : [3..<70, 70..<(bytes.count - 1), (bytes.count - 1)..<(bytes.count + 1)]
            return DigestRun.Work(
                Source(ranges: Bytes(bytes: bytes, failsAt: number == 11 ? 600_000 : nil), name: Name("\(number)")),
                pieces: pieces)
        } read: {
            found.count($0)
        } done: {
            found.take($0, $1)
        }
        let outcomes = found.outcomes
        #expect(Set(outcomes.keys) == Set(sizes.indices).subtracting([13]))
        for (number, bytes) in files.enumerated() where number != 13 {
            guard case .success(let outcome)? = outcomes[number] else {
                #expect(number == 4 || number == 11)
                continue
            }
            #expect(outcome.digests == Digests.of(bytes, algorithms), "file \(number)")
            guard bytes.count >= 100 else { continue }
            let parts = [Array(bytes[3..<70]), Array(bytes[70..<(bytes.count - 1)])].map {
                Digests.of($0, [.xxh3])[.xxh3]
            }
            #expect(outcome.pieces == parts + [nil])
        }
        let read = files.enumerated().reduce(0) { ![4, 11, 13].contains($1.offset) ? $0 + $1.element.count : $0 }
        #expect(found.bytes >= read && found.bytes < read + 1_000_000)
    }

    @Test(arguments: [nil, 0, 9_000_000, 30_000_000])
    func `a thread that reads ahead changes nothing`(failsAt: Int?) {
        for size in [(8 << 20) + 17, 8 << 20, 10 << 20] {
            let bytes = [UInt8](repeating: 5, count: size) + Self.bytes(100)
            let found = Found()
            DigestRun([.md5, .sha256], threads: 2)(1) { (_) throws(Failure) -> DigestRun.Work? in
                DigestRun.Work(
                    Source(ranges: Bytes(bytes: bytes, failsAt: failsAt), name: Name("x")),
                    pieces: [0..<size, size..<(size + 100)])
            } read: {
                found.count($0)
            } done: {
                found.take($0, $1)
            }
            if let failsAt, failsAt <= bytes.count / DigestRun.bufferSize * DigestRun.bufferSize {
                #expect(throws: Failure.self) { try found.outcomes[0]?.get() }
                continue
            }
            let outcome = try? found.outcomes[0]?.get()
            #expect(outcome?.digests == Digests.of(bytes, [.md5, .sha256]) && found.bytes == bytes.count)
            #expect(outcome?.pieces.last == Digests.of(Array(bytes.suffix(100)), [.xxh3])[.xxh3])
        }
    }

    private final class Found: @unchecked Sendable {
        private let lock = NSLock()
        private(set) var outcomes: [Int: Result<DigestRun.Outcome, Failure>] = [:]
        private(set) var bytes = 0

        func take(_ number: Int, _ outcome: Result<DigestRun.Outcome, Failure>) {
            lock.withLock {
                if outcomes[number] != nil { Issue.record("file \(number) is told twice") }
                outcomes[number] = outcome
            }
        }

        func count(_ count: Int) { lock.withLock { bytes += count } }
    }

    @Test func `digests of parts that ride along are those of the parts alone, wherever they begin`() {
        let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 5) }
        var all: [UInt8] = []
        var expected: [String] = []
        let written = Mutex<[UInt8]>([])
        let aside = DigestAside([.md5, .sha256], also: [{ piece in written.withLock { $0 += piece } }])
        for (head, count, tail) in [
            (0, 0, 0), (30, 64, 0), (1, 63, 5), (64, 128, 64), (77, 1000, 3), (63, 1, 0), (200, 4000, 200), (5, 0, 5),
            (0, 4096, 1),
        ] {
            let piece = Array(bytes[0..<(head + count + tail)])
            aside.room(piece.count).copyBytes(from: piece)
            aside.pass(piece.count, part: head..<(head + count))
            all += piece
            expected.append(FileDigests.of(Array(piece[head..<(head + count)])).sha256)
            // One without a part between them moves the blocks of the whole.
            aside.room(17).copyBytes(from: bytes[0..<17])
            aside.pass(17)
            all += bytes[0..<17]
        }
        let digests = aside.finish()
        let whole = FileDigests.of(all, wantsMD5: true)
        #expect(aside.parts == expected)
        #expect(digests[.sha256] == whole.sha256 && digests[.md5] == whole.md5 && digests.byteCount == all.count)
        #expect(written.withLock { $0 } == all)
        // The same without the kernels.
        for usesKernels in [true, false] where DigestStream.hasKernels || !usesKernels {
            let stream = DigestStream([.md5, .sha256], usesKernels: usesKernels)
            let own = DigestStream([.sha256], usesKernels: usesKernels)
            all.withUnsafeBytes { stream.update($0, and: own, of: 33..<3_333) }
            #expect(stream.finish()[.md5] == whole.md5)
            #expect(own.finish()[.sha256] == FileDigests.of(Array(all[33..<3_333])).sha256)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: HDF5 File Format Specification 3.0, superblock; the test value in Bob Jenkins' lookup3.c.
    @Suite struct SuperblockTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        private func small(_ format: Writer.Format, userBlock: Int = 0) throws -> String {
            try folder.write("a.h5", format: format, userBlock: userBlock) {
                try $0.dataset("/x", .string("text"))
                try $0.attribute("a", .string("b"), on: "/x")
            }
        }

        @Test func `lookup3 gives the published value`() {
            let text = Array("Four score and seven years ago".utf8)
            #expect(text.withUnsafeBytes(lookup3) == 0x1777_0551)
            #expect([UInt8]().withUnsafeBytes(lookup3) == 0xdead_beef)
        }

        @Test(arguments: [512, 1024, 2048, 65536])
        func `a file behind a user block reads like any other`(block: Int) throws {
            for format in [Writer.Format.earliest, .latest] {
                let snapshot = try Snapshot.read(try small(format, userBlock: block))
                #expect(snapshot.superblock.userBlock == block)
                #expect(snapshot.superblock.statedEnd == UInt64(snapshot.size))
                let id = try #require(snapshot.object(at: "/x"))
                #expect(snapshot[id].dataset?.value.firstString == "text")
                #expect(snapshot[id].attribute("a")?.value.firstString == "b")
            }
        }

        @Test func `an offset that is no power of two holds no superblock`() throws {
            let bytes = try folder.bytes(try small(.latest))
            let path = try folder.write("b.h5", [UInt8](repeating: 0, count: 1536) + bytes)
            #expect(try Superblock.locate(in: Source.open(Name(path))) == nil)
            let failure = #expect(throws: Failure.self) { try Snapshot.read(path) }
            #expect(failure?.innermost == "no HDF5 signature; the file begins with 00 00 00 00 00 00 00 00")
        }

        @Test(arguments: [(UInt8(1), true, false), (4, false, true), (5, true, true)])
        func `flags of a file that was not closed are told, and the file is read`(
            flags: UInt8, writing: Bool, swmr: Bool
        ) throws {
            var bytes = try folder.bytes(try small(.latest))
            bytes[11] = flags
            bytes.put(little(UInt64(bytes[..<44].withUnsafeBytes(lookup3)), 4), at: 44)
            let path = try folder.write("open.h5", bytes)
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.superblock.isOpenForWriting == writing)
            #expect(snapshot.superblock.isOpenForSWMR == swmr)
            #expect(snapshot.object(at: "/x") != nil)
            #expect(try folder.bytes(path) == bytes)
        }

        @Test func `a file larger than the image that is open for writing is read too`() throws {
            var bytes = try folder.bytes(try small(.latest))
            bytes[11] = 1
            bytes.put(little(UInt64(bytes[..<44].withUnsafeBytes(lookup3)), 4), at: 44)
            var limits = Limits.default
            limits.wholeFileBytes = 16
            let path = try folder.write("open.h5", bytes)
            let snapshot = try Snapshot.read(path, limits: limits)
            #expect(snapshot.superblock.isOpenForWriting)
            #expect(snapshot.object(at: "/x") != nil)
        }

        @Test func `a file on disk reads like one in memory`() throws {
            var limits = Limits.default
            limits.wholeFileBytes = 16
            let path = try small(.earliest, userBlock: 512)
            let disk = try Snapshot.read(path, limits: limits)
            let memory = try Snapshot.read(path)
            #expect(disk.objects.map(\.dataset) == memory.objects.map(\.dataset))
            #expect(disk.objects.map(\.attributes) == memory.objects.map(\.attributes))
        }

        @Test func `a truncated file tells its stated end and what still reads`() throws {
            for format in [Writer.Format.earliest, .latest] {
                let path = try folder.write("a.h5", format: format) {
                    try $0.dataset("/a", .string("kept"))
                    try $0.dataset("/z", .array([Double](repeating: 1, count: 4000)))
                }
                let bytes = try folder.bytes(path)
                let cut = try folder.write("cut.h5", Array(bytes.prefix(bytes.count - 16000)))
                let snapshot = try Snapshot.read(cut)
                #expect(snapshot.superblock.statedEnd == UInt64(bytes.count))
                #expect(snapshot.size == bytes.count - 16000)
                let id = try #require(snapshot.object(at: "/a"))
                #expect(snapshot[id].dataset?.type.isString == true)
            }
        }

        @Test func `no file, a folder, an empty file and a FIFO are failures`() throws {
            #expect(throws: Failure.self) { try Snapshot.read(folder.path("none.h5")) }
            #expect(throws: Failure.self) { try Snapshot.read(folder.url.path) }
            let empty = try folder.write("empty.h5", [])
            let failure = #expect(throws: Failure.self) { try Snapshot.read(empty) }
            #expect(failure?.innermost == "the file has no bytes")
            mkfifo(folder.path("pipe"), 0o600)
            #expect(throws: Failure.self) { try Snapshot.read(folder.path("pipe")) }
        }
    }
}

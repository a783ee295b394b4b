// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: laws. A broken file ends in a failure or in faults, in bounded time, and leaves no identifier open.
    @Suite struct HostileFileTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        private func rich(_ format: Writer.Format) throws -> String {
            try folder.write("rich.h5", format: format) {
                try $0.group("/entry", nexusClass: "NXentry")
                try $0.dataset("/entry/title", .string("long enough to notice"))
                try $0.dataset("/entry/n", .array((0..<500).map { Double($0) }), .chunked([50], .gzip()))
                try $0.attribute("units", .string("mm"), on: "/entry/n")
                try $0.softLink("/entry/soft", to: "/entry/n")
                for index in 0..<40 { try $0.dataset("/entry/many/field\(index)", .scalar(Int32(index))) }
            }
        }

        @Test func `every truncation ends cleanly and leaves nothing open`() throws {
            for format in [Writer.Format.earliest, .latest] {
                let bytes = try folder.bytes(try rich(format))
                for length in stride(from: 0, to: bytes.count, by: 512) {
                    let path = try folder.write("cut.h5", Array(bytes.prefix(length)))
                    do {
                        let snapshot = try Snapshot.read(path)
                        #expect(snapshot.superblock.statedEnd == UInt64(bytes.count))
                    } catch {
                        #expect(error.subject == path)
                    }
                }
            }
            #expect(nothingStaysOpen())
        }

        @Test func `a hard link to the way there is one object`() throws {
            let path = try folder.write {
                try $0.group("/a/b")
                try $0.hardLink("/a/b/up", to: "/a")
                try $0.hardLink("/a/b/root", to: "/")
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.objects.count == 3)
            #expect(snapshot.object(at: "/a/b/up/b/root/a/b") == snapshot.object(at: "/a/b"))
            let id = try #require(snapshot.object(at: "/a/b"))
            #expect(snapshot.path(of: id) == "/a/b")
        }

        @Test func `soft links in a circle and in a long row end`() throws {
            let path = try folder.write {
                try $0.softLink("/one", to: "/two")
                try $0.softLink("/two", to: "/one")
                try $0.softLink("/self", to: "self/deeper")
                try $0.softLink("/root", to: "/")
                for index in 0..<20 { try $0.softLink("/row\(index)", to: "/row\(index + 1)") }
                try $0.dataset("/row20", .scalar(1.0))
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.resolve("/one", from: "/") == .circle)
            #expect(snapshot.resolve("self", from: "/") == .tooManyLinks)
            #expect(snapshot.resolve("/root/root/row20", from: "/") != .circle)
            #expect(snapshot.object(at: "/root/root/row20") == snapshot.object(at: "/row20"))
            #expect(snapshot.resolve("/row0", from: "/") == .tooManyLinks)
            #expect(snapshot.object(at: "/row5") != nil)
            #expect(snapshot.resolve("/none/at/all", from: "/") == .missing(at: "/none"))
        }

        @Test func `fifty thousand nested groups stop at the depth limit`() throws {
            let path = try folder.write("deep.h5", format: .latest) {
                try $0.group(String(repeating: "/g", count: 50_000))
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.objects.count == 257)
            #expect(snapshot.faults.map(\.kind) == [.depthLimit])
        }

        @Test func `more objects than the limit are not read, and said`() throws {
            let path = try folder.write { for index in 0..<50 { try $0.group("/g\(index)") } }
            var limits = Limits.default
            limits.objects = 20
            let snapshot = try Snapshot.read(path, limits: limits)
            #expect(snapshot.objects.count == 20)
            #expect(snapshot.faults.map(\.kind).contains(.objectLimit))
        }

        @Test func `terabytes claimed in 1 400 bytes are claimed only`() throws {
            let double = DataType.float(bytes: 8, bigEndian: false)
            let path = try folder.write("huge.h5", format: .latest) {
                try $0.dataset("/huge", .unwritten(double, shape: [9_000_000_000_000]))
                try $0.dataset("/wide", .unwritten(double, shape: [3, 9_000_000_000_000]))
                try $0.dataset(
                    "/texts", .unwritten(.string(fixedBytes: 1 << 30, isUTF8: true, padding: .nullPadded), shape: [4]))
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.size < 1400)
            let huge = try #require(snapshot.object(at: "/huge"))
            #expect(snapshot[huge].dataset?.shape == [9_000_000_000_000])
            #expect(snapshot[huge].dataset?.value == .notRead(.unwritten))
            let wide = try #require(snapshot.object(at: "/wide"))
            #expect(snapshot[wide].dataset?.value == .notRead(.large))
            let texts = try #require(snapshot.object(at: "/texts"))
            #expect(snapshot[texts].dataset?.value == .notRead(.large))
        }

        @Test func `a string that claims four gigabytes or points outside is a fault`() throws {
            for place in ["/x", "@a"] {
                let path = try folder.write {
                    try $0.dataset("/x", place == "/x" ? .string("0123456789") : .scalar(1.0))
                    if place == "@a" { try $0.attribute("a", .string("0123456789"), on: "/x") }
                }
                let bytes = try folder.bytes(path)
                let heap = try #require(bytes.places(of: Array("GCOL".utf8)).first)
                let pointer = little(10, 4) + little(UInt64(heap)) + little(1, 4)
                let element = try #require(bytes.places(of: pointer).first)
                for broken in [
                    little(0xFFFF_FFFF, 4) + little(UInt64(heap)) + little(1, 4),
                    little(10, 4) + little(UInt64(Int64.max)) + little(1, 4),
                    little(10, 4) + little(UInt64(heap)) + little(77, 4),
                    little(10, 4) + little(UInt64(heap) + 1) + little(1, 4),
                ] {
                    var changed = bytes
                    changed.put(broken, at: element)
                    let snapshot = try Snapshot.read(try folder.write("broken.h5", changed))
                    #expect(snapshot.faults.map(\.kind) == [.damaged])
                    let id = try #require(snapshot.object(at: "/x"))
                    let object = snapshot[id]
                    let value = place == "/x" ? object.dataset?.value : object.attribute("a")?.value
                    #expect(value == .notRead(.unreadable))
                }
            }
        }

        @Test func `names of 64 KiB and names with controls come back`() throws {
            let long = String(repeating: "n", count: 65_535)
            let odd = "a\nb\u{1B}[31m<script>"
            let path = try folder.write("names.h5", format: .latest) {
                try $0.group("/\(long)")
                try $0.group("/\(odd)")
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot[snapshot.root].links.map(\.name) == [odd, long])
        }

        @Test func `single bytes changed at random end cleanly`() throws {
            var generator = SeededNumbers(seed: 20_261_120)
            let bytes = try folder.bytes(try rich(.latest))
            var read = 0
            for _ in 0..<200 {
                var changed = bytes
                changed[Int(generator.next() % UInt64(bytes.count))] ^= UInt8(1 << (generator.next() % 8))
                let path = try folder.write("flip.h5", changed)
                if (try? Snapshot.read(path)) != nil { read += 1 }
            }
            #expect(nothingStaysOpen())
            #expect(read > 0)
        }
    }
}

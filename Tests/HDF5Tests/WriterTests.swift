// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import Testing
import Transport

extension HDF5Tests {
    /// Oracle: the law that what was written is read; h5dump 1.10.8 where a literal says so.
    @Suite struct WriterTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        private func read(_ content: Content, _ storing: Storing = .contiguous) throws -> Dataset {
            let path = try folder.write { try $0.dataset("/x", content, storing) }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.faults.isEmpty)
            let id = try #require(snapshot.object(at: "/x"))
            return try #require(snapshot[id].dataset)
        }

        @Test func `numbers of every width come back`() throws {
            #expect(try read(.array([Int8.min, .max])).value == .integers([-128, 127]))
            #expect(try read(.array([Int16.min, .max])).value == .integers([-32768, 32767]))
            #expect(try read(.array([Int32.min, .max])).value == .integers([-2_147_483_648, 2_147_483_647]))
            #expect(try read(.array([Int64.min, .max])).value == .integers([.min, .max]))
            #expect(try read(.array([UInt8.max])).value == .integers([255]))
            #expect(try read(.array([UInt16.max])).value == .integers([65535]))
            #expect(try read(.array([UInt32.max])).value == .integers([4_294_967_295]))
            #expect(try read(.array([UInt64.max, 1])).value == .unsigned([.max, 1]))
            #expect(try read(.array([Float(0.1)])).value == .reals([Double(Float(0.1))]))
            #expect(try read(.array([0.1, -.infinity])).value == .reals([0.1, -.infinity]))
        }

        @Test func `big endian and half precision are converted`() throws {
            let integer = DataType.integer(bytes: 4, isSigned: true, bigEndian: true)
            #expect(
                try read(.raw(integer, shape: [2], bytes: [0, 0, 1, 0, 255, 255, 255, 255])).value
                    == .integers([256, -1]))
            let half = DataType.float(bytes: 2, bigEndian: false)
            #expect(try read(.raw(half, shape: [2], bytes: [0, 0x3C, 0, 0xC0])).value == .reals([1, -2]))
            let double = DataType.float(bytes: 8, bigEndian: true)
            #expect(try read(.raw(double, shape: [], bytes: [0x3F, 0xF0, 0, 0, 0, 0, 0, 0])).value == .reals([1]))
        }

        @Test func `strings lose their padding and nothing else`() throws {
            let bytes = Array("ab ".utf8)
            for padding in [DataType.Padding.nullTerminated, .nullPadded, .blankPadded] {
                let dataset = try read(.fixedStrings([bytes], bytes: 8, padding: padding))
                guard case .strings(let texts) = dataset.value else {
                    Issue.record("\(dataset.value)")
                    continue
                }
                #expect(texts.map(\.string) == ["ab"])
                #expect(texts.map(\.hadBlanks) == [true])
                #expect(texts.map(\.firstBadByte) == [nil])
                #expect(dataset.type == .string(fixedBytes: 8, isUTF8: true, padding: padding))
            }
            #expect(try read(.string("\u{3B1} = 1")).value.firstString == "\u{3B1} = 1")
            #expect(try read(.strings(["", "b"])).value == .strings([Text(""), Text("b")]))
            #expect(try read(.fixedStrings([[0xC5, 0x20, 0x41]])).value.firstText?.isUTF8 == false)
            #expect(try read(.fixedStrings([Array("a\0b".utf8)], padding: .nullTerminated)).value.firstString == "a")
        }

        @Test func `booleans, null dataspaces and empty vectors come back`() throws {
            let booleans = try read(.booleans([true, false]))
            #expect(booleans.type == .h5pyBoolean)
            #expect(booleans.value == .integers([1, 0]))
            let null = try read(.null(.float(bytes: 8, bigEndian: false)))
            #expect(null.shape == nil)
            #expect(null.value == .null)
            #expect(try read(.array([Double]())).value == .reals([]))
        }

        @Test func `storage is described as it was asked for`() throws {
            let numbers = Content.array((0..<60).map { UInt16($0) }, shape: [6, 10])
            #expect(try read(numbers, .compact).layout == .compact)
            #expect(try read(numbers).layout == .contiguous)
            let packed = try read(numbers, .chunked([2, 10], .shuffle, .gzip(9), .fletcher32))
            #expect(packed.layout == .chunked(Chunking(shape: [2, 10], allocated: 3, gaps: [])))
            #expect(packed.filters.map(\.id) == [2, 1, 3])
            #expect(packed.value == .integers((0..<60).map { Int64($0) }))
            let external = try read(
                .unwritten(.integer(bytes: 2, isSigned: false, bigEndian: false), shape: [4]),
                Storing(segments: [ExternalSegment(file: "raw.bin", offset: 16, size: 8)]))
            #expect(external.layout == .external([ExternalSegment(file: "raw.bin", offset: 16, size: 8)]))
            #expect(external.value == .notRead(.otherFile))
        }

        @Test func `a chunk behind a filter that is not there is stored as given`() throws {
            let type = DataType.integer(bytes: 4, isSigned: false, bigEndian: false)
            let path = try folder.write {
                let stage = Storing.Stage(id: 32008, parameters: [0, 2], isOptional: true)
                try $0.dataset("/x", .unwritten(type, shape: [3, 4]), .chunked([1, 4], stage))
                try $0.writeChunk("/x", at: [1, 0], bytes: [1, 2, 3, 4, 5])
            }
            let snapshot = try Snapshot.read(path)
            let id = try #require(snapshot.object(at: "/x"))
            let dataset = try #require(snapshot[id].dataset)
            #expect(dataset.layout == .chunked(Chunking(shape: [1, 4], allocated: 1, gaps: [0..<1, 2..<3])))
            #expect(dataset.storedBytes == 5)
            #expect(dataset.filters.first?.id == 32008)
            #expect(dataset.filters.first?.isAvailable == false)
            #expect(dataset.value == .notRead(.filter(32008)))
        }

        @Test func `equal calls give equal bytes`() throws {
            func fill(_ writer: borrowing Writer) throws {
                try writer.group("/entry", nexusClass: "NXentry")
                try writer.dataset("/entry/title", .string("a"))
                try writer.dataset("/entry/n", .array([1.5, 2.5]), .chunked([1], .gzip()))
                try writer.attribute("units", .fixedString("mm"), on: "/entry/n")
            }
            for format in [Writer.Format.earliest, .latest] {
                let first = try folder.bytes(try folder.write("a.h5", format: format, fill))
                let second = try folder.bytes(try folder.write("b.h5", format: format, fill))
                #expect(first == second)
            }
        }

        @Test func `bytes that do not fill the shape are refused`() throws {
            #expect(throws: Failure.self) {
                try folder.write { try $0.dataset("/x", .array([1.0, 2.0], shape: [3])) }
            }
        }

        @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/h5dump")))
        func `h5dump reads the same`() throws {
            let path = try folder.write {
                try $0.dataset("/entry/name", .string("NXmx"))
                try $0.dataset("/entry/n", .array([1.5, -2]))
                try $0.attribute("flag", .boolean(true), on: "/entry/n")
                try $0.softLink("/entry/soft", to: "/entry/n")
                try $0.externalLink("/entry/ext", toFile: "b.h5", path: "/c")
            }
            let dump = Process()
            dump.executableURL = URL(fileURLWithPath: "/usr/bin/h5dump")
            dump.arguments = [path]
            let pipe = Pipe()
            dump.standardOutput = pipe
            dump.standardError = FileHandle.nullDevice
            try dump.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            dump.waitUntilExit()
            #expect(output.contains("(0): \"NXmx\""))
            #expect(output.contains("(0): 1.5, -2"))
            #expect(output.contains("(0): TRUE"))
            #expect(output.contains("LINKTARGET \"/entry/n\""))
            #expect(output.contains("TARGETFILE \"b.h5\""))
        }
    }
}

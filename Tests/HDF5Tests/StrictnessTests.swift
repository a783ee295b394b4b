// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: the HDF5 File Format Specification 4.0, each clause by one file that breaks it under right checksums; and
    /// IEEE 754 for numbers of unusual widths.
    @Suite struct StrictnessTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        private func read(_ bytes: [UInt8]) throws -> Snapshot {
            try Snapshot.read(try folder.write("changed.h5", bytes), readers: .nativeAlone)
        }

        /// Renews the checksum of a block that ends there.
        private func renew(_ bytes: inout [UInt8], from start: Int, to end: Int) {
            bytes.put(little(UInt64(bytes[start..<end].withUnsafeBytes { lookup3($0) }), 4), at: end)
        }

        /// Renews the checksums of all headers of version 2 that have no more than one block.
        private func renewHeaders(_ bytes: inout [UInt8]) {
            for start in bytes.places(of: Array("OHDR".utf8)) {
                let flags = bytes[start + 5]
                var place = start + 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
                let width = 1 << Int(flags & 3)
                let size = (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
                place += width
                renew(&bytes, from: start, to: place + size)
            }
        }

        private func dense() throws -> [UInt8] {
            try folder.bytes(
                try folder.write("dense.h5", format: .latest) { writer in
                    for index in 0..<30 { try writer.dataset("/g/field\(index)", .scalar(Int32(index))) }
                })
        }

        @Test func `a record of links in the place of another is not found`() throws {
            var bytes = try dense()
            #expect(try read(bytes).disorders == [])
            let leaf = try #require(bytes.places(of: Array("BTLF".utf8) + [0, 5]).first)
            for index in leaf + 6..<leaf + 17 { bytes.swapAt(index, index + 11) }
            renew(&bytes, from: leaf, to: leaf + 6 + 30 * 11)
            let snapshot = try read(bytes)
            #expect(snapshot.disorders.map(\.index) == [.denseLinks])
            #expect(snapshot.disorders.map(\.place) == ["/g"])
            let group = snapshot[try #require(snapshot.object(at: "/g"))]
            #expect(group.links.count == 30)
            let lost = try #require(snapshot.disorders.first?.name)
            guard case .unreadable? = group.link(lost)?.target else {
                Issue.record("\(lost) is read")
                return
            }
        }

        @Test func `a count under a right checksum that is too high is damage`() throws {
            var bytes = try dense()
            let head = try #require(bytes.places(of: Array("BTHD".utf8) + [0, 5]).first)
            bytes[head + 26] += 1
            renew(&bytes, from: head, to: head + 34)
            let snapshot = try read(bytes)
            #expect(snapshot.faults.map(\.kind) == [.damaged])
        }

        @Test func `an index by order of creation that names another link is damage`() throws {
            var bytes = try FormFiles.bytes(FormFiles.orderedGrowing)
            #expect(try read(bytes).faults.isEmpty)
            // A record: order 8, identifier 7; behind signature, version and kind of the leaf, of 10 records.
            let leaf = try #require(bytes.places(of: Array("BTLF".utf8) + [0, 6]).first)
            let (one, other) = (leaf + 6 + 8, leaf + 6 + 15 + 8)
            bytes.put([UInt8](bytes[other..<other + 7]), at: one)
            renew(&bytes, from: leaf, to: leaf + 6 + 10 * 15)
            let snapshot = try read(bytes)
            #expect(snapshot.faults.map(\.kind) == [.damaged])
            #expect(snapshot.faults.map(\.place) == ["/"])
        }

        @Test func `a growing array whose elements are said to end behind its blocks is damage`() throws {
            var bytes = try FormFiles.bytes(FormFiles.orderedGrowing)
            let head = try #require(bytes.places(of: Array("EAHD".utf8)).first)
            // Three chunks of four that the index block holds.
            #expect(bytes[head + 44..<head + 52].elementsEqual(little(3)))
            for (end, kinds) in [(UInt64(4), []), (5, [Fault.Kind.damaged]), (3 << 40, [.damaged])] {
                bytes.put(little(end), at: head + 44)
                renew(&bytes, from: head, to: head + 68)
                #expect(try read(bytes).faults.map(\.kind) == kinds, "\(end)")
            }
        }

        @Test func `contiguous storage of another size than its elements is damage`() throws {
            let bytes = try folder.bytes(
                try folder.write("contiguous.h5") { try $0.dataset("/n", .array([Int32](0..<6))) })
            #expect(try read(bytes).faults.isEmpty)
            let message = try #require(
                bytes.places(of: [3, 1]).first { bytes[$0 + 10..<$0 + 18].elementsEqual(little(24)) })
            for size in [UInt64(16), 20, 28, 32] {
                var changed = bytes
                changed.put(little(size), at: message + 10)
                #expect(try read(changed).faults.map(\.kind) == [.damaged], "\(size)")
            }
        }

        @Test func `storage for elements of a null extent is damage`() throws {
            var bytes = try folder.bytes(
                try folder.write("null.h5", format: .latest) { try $0.dataset("/number", .scalar(Int32(1))) })
            // A dataspace message of a scalar: kind, length 2, flags, then version 2, rank, flags, kind of extent.
            let message = try #require(
                bytes.places(of: [1, 4, 0]).first { bytes[$0 + 4..<$0 + 8].elementsEqual([2, 0, 0, 0]) })
            bytes[message + 7] = 2
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
        }

        @Test(arguments: [UInt8(0x02), 0x03, 0x04, 0xF2])
        func `flags of a group that it has no room for are damage`(flags: UInt8) throws {
            var bytes = try FormFiles.bytes(FormFiles.orderedGrowing)
            // A group info message: kind, length 2, flags, order 2, then version and flags.
            let message = try #require(
                bytes.places(of: [0x0A, 2, 0]).first { bytes[$0 + 6] == 0 && bytes[$0 + 7] == 0 })
            bytes[message + 7] = flags
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
        }

        @Test(arguments: [(UInt8(0x02), Fault.Kind.damaged), (0x22, .form)])
        func `references of 1.12 are encoded by version 1`(bits: UInt8, kind: Fault.Kind) throws {
            var bytes = try FormFiles.bytes(FormFiles.newReferences)
            let type = try #require(bytes.places(of: [0x47, 0x12, 0, 0]).first)
            bytes[type + 1] = bits
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [kind])
        }

        @Test func `bytes behind the sources of a virtual dataset are damage`() throws {
            var bytes = try FormFiles.bytes(FormFiles.numberedSources)
            #expect(try read(bytes).faults.isEmpty)
            // Behind 16 bytes of the collection an object: index 2, references 2, reserved 4, length 8; it begins with version and count.
            let list = try #require(bytes.places(of: Array("GCOL".utf8)).first) + 32
            let length = (0..<8).reduce(0) { $0 | Int(bytes[list - 8 + $1]) << (8 * $1) }
            bytes.put(little(0), at: list + 1)
            renew(&bytes, from: list, to: list + length - 4)
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
        }

        @Test(arguments: ["source-%%.h5", "source-%x.h5", "source-b%.h5"])
        func `without a place for its number a source is not one of many`(name: String) throws {
            var bytes = try FormFiles.bytes(FormFiles.numberedSources)
            let list = try #require(bytes.places(of: Array("GCOL".utf8)).first) + 32
            let length = (0..<8).reduce(0) { $0 | Int(bytes[list - 8 + $1]) << (8 * $1) }
            bytes.put(Array(name.utf8), at: try #require(bytes.places(of: Array("source-%b.h5".utf8)).first))
            renew(&bytes, from: list, to: list + length - 4)
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
        }

        @Test func `a link that was created behind the end that its group states is damage`() throws {
            var bytes = try FormFiles.bytes(FormFiles.orderedGrowing)
            // A link info message: version, flags, end of the numbers of creation.
            let message = try #require(bytes.places(of: [0, 3] + little(10)).first)
            bytes[message + 2] = 9
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
        }

        @Test func `no list of free space is named by an old superblock`() throws {
            var bytes = try folder.bytes(try folder.write("free.h5") { try $0.dataset("/a", .scalar(Int32(1))) })
            #expect(bytes[32..<40].elementsEqual(little(.max)))
            bytes.put(little(96), at: 32)
            #expect(throws: Failure.self) { try read(bytes) }
        }

        @Test func `the tag of an opaque type fills a multiple of eight bytes`() throws {
            var bytes = try folder.bytes(
                try folder.write("opaque.h5", format: .latest) { try $0.dataset("/flag", .booleans([true, false])) })
            // The enumeration becomes opaque: what follows would be its tag.
            let type = try #require(bytes.places(of: [0x38, 2, 0, 0, 1, 0, 0, 0]).first)
            for (length, kinds) in [(UInt8(8), []), (2, [Fault.Kind.damaged]), (9, [.damaged])] {
                bytes.put([0x35, length], at: type)
                renewHeaders(&bytes)
                #expect(try read(bytes).faults.map(\.kind) == kinds, "\(length)")
            }
        }

        @Test(arguments: [(UInt8(0), Fault.Kind.damaged), (2, .form)])
        func `a link of version 0 is damage, one above 1 may be newer than we are`(
            version: UInt8, kind: Fault.Kind
        ) throws {
            var bytes = try folder.bytes(
                try folder.write("link.h5", format: .latest) { try $0.dataset("/number", .scalar(Int32(1))) })
            // A link message: version, flags, character set, length of the name, name.
            let link = try #require(bytes.places(of: [6] + Array("number".utf8)).first) - 3
            #expect(bytes[link] == 1)
            bytes[link] = version
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [kind])
        }

        @Test func `keys of chunks that do not ascend hide a chunk, and the value is not read`() throws {
            let numbers = (0..<40).map { Int32($0) }
            var bytes = try folder.bytes(
                try folder.write("chunks.h5") { try $0.dataset("/n", .array(numbers), .chunked([10])) })
            #expect(try read(bytes).disorders == [])
            // A key: size 4, skipped filters 4, first element 8, byte of the element 8; then the address of the chunk.
            let tree = try #require(bytes.places(of: Array("TREE".utf8) + [1]).first) + 24
            for index in tree + 32..<tree + 56 { bytes.swapAt(index, index + 32) }
            let snapshot = try read(bytes)
            #expect(snapshot.disorders.map(\.index) == [.chunks])
            let dataset = snapshot[try #require(snapshot.object(at: "/n"))].dataset
            #expect(dataset?.value == .notRead(.unreadable))
            #expect(dataset?.layout == .chunked(Chunking(shape: [10], allocated: 4)))
        }

        @Test(arguments: [
            // Parts of the attribute message: its name, type and space are said to be longer than they are.
            ("a name longer than stated", 2, 1), ("a type longer than its message", 4, 200),
            ("a space longer than its message", 6, 200),
        ])
        func `an attribute that contradicts its sizes is damage`(what: String, place: Int, more: UInt8) throws {
            var bytes = try folder.bytes(
                try folder.write("attribute.h5") {
                    try $0.dataset("/n", .scalar(Int32(1)))
                    try $0.attribute("units", .fixedString("mm"), on: "/n")
                })
            let name = try #require(bytes.places(of: Array("units".utf8) + [0]).first)
            bytes[name - 8 + place] += more
            let snapshot = try read(bytes)
            #expect(snapshot.faults.map(\.kind) == [.damaged], "\(what)")
            #expect(snapshot.foreignObjects == 0)
        }

        @Test(arguments: [(UInt8(4), Form.type4), (5, .type5)])
        func `types of newer releases are read, and their release is noted`(version: UInt8, form: Form) throws {
            var bytes = try folder.bytes(
                try folder.write("newer.h5", format: .latest) { try $0.dataset("/flag", .booleans([true, false])) })
            let type = try #require(bytes.places(of: [0x38, 2, 0, 0, 1, 0, 0, 0]).first)
            bytes[type] = version << 4 | 8
            // A flipped bit is no newer release.
            #expect(try read(bytes).faults.map(\.kind) == [.damaged])
            renewHeaders(&bytes)
            let snapshot = try read(bytes)
            #expect(snapshot.forms.map(\.form) == [form])
            let flag = snapshot[try #require(snapshot.object(at: "/flag"))].dataset
            #expect(flag?.value == .integers([1, 0]))
            #expect(flag?.type.isBoolean == true)
            bytes[type] = 6 << 4 | 8
            renewHeaders(&bytes)
            #expect(try read(bytes).faults.map(\.kind) == [.form])
        }

        @Test func `a number of few bits in many bytes is of a form that 2.0 refuses`() throws {
            var bytes = try folder.bytes(try folder.write("sparse.h5") { try $0.dataset("/n", .scalar(Int32(1))) })
            let type = try #require(bytes.places(of: [0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0]).first)
            bytes[type + 10] = 15
            #expect(try read(bytes).forms.map(\.form) == [.sparseNumber])
            bytes[type + 10] = 16
            #expect(try read(bytes).forms == [])
        }

        @Test func `a text whose object in the heap is longer or absent does not pass`() throws {
            let bytes = try folder.bytes(try folder.write("text.h5") { try $0.dataset("/n", .string("abcdef")) })
            #expect(try read(bytes).forms == [])
            let heap = try #require(bytes.places(of: Array("GCOL".utf8)).first)
            // An element: length 4, address of the collection 8, index 4.
            let pointer = little(6, 4) + little(UInt64(heap), 8) + little(1, 4)
            let element = try #require(bytes.places(of: pointer).first)
            var shorter = bytes
            shorter[element] = 5
            #expect(try read(shorter).forms.map(\.form) == [.longObject])
            var empty = bytes
            empty[element] = 0
            empty[element + 12] = 9
            #expect(try read(empty).faults.map(\.kind) == [.damaged])
        }

        @Test func `flags that no release has are damage`() throws {
            var bytes = try folder.bytes(try folder.write("flags.h5") { try $0.dataset("/n", .scalar(Int32(1))) })
            bytes[20] = 3
            #expect(try read(bytes).faults == [])
            bytes[22] = 1
            #expect(throws: Failure.self) { try read(bytes) }
        }

        @Test func `numbers that do not fill their bytes in the usual way are read`() {
            func value(_ bits: NumberBits, _ type: DataType, _ bytes: [UInt8]) -> Value? {
                bytes.withUnsafeBytes { bits.value($0, count: 1, type: type) }
            }
            let half = NumberBits(
                offset: 0, precision: 16, sign: 15, exponent: .init(place: 10, size: 5),
                mantissa: .init(place: 0, size: 10), bias: 15, hasLeadingOne: true)
            let two = DataType.float(bytes: 2, bigEndian: false)
            #expect(value(half, two, [0x00, 0x3C]) == .reals([1]))
            #expect(value(half, two, [0x01, 0x80]) == .reals([-0x1p-24]))
            #expect(value(half, two, [0xFF, 0x7B]) == .reals([65504]))
            #expect(value(half, .float(bytes: 2, bigEndian: true), [0xFC, 0x00]) == .reals([-.infinity]))
            let brain = NumberBits(
                offset: 0, precision: 16, sign: 15, exponent: .init(place: 7, size: 8),
                mantissa: .init(place: 0, size: 7), bias: 127, hasLeadingOne: true)
            #expect(value(brain, two, [0x49, 0x40]) == .reals([3.140625]))
            let twelve = NumberBits(offset: 4, precision: 12)
            #expect(
                value(twelve, .integer(bytes: 2, isSigned: true, bigEndian: false), [0xF0, 0xFF]) == .integers([-1]))
            #expect(
                value(twelve, .integer(bytes: 3, isSigned: false, bigEndian: true), [0, 0x12, 0x3F])
                    == .integers([0x123]))
        }
    }
}

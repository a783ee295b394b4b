// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: libhdf5. What our own reader makes of a file is what the library makes of it.
    @Suite struct NativeReaderTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        /// What differs between the two readings of a file, in words; empty if nothing does.
        private func differences(_ path: String) -> [String] {
            func read(_ readers: Snapshot.Readers) -> Result<Snapshot, any Error> {
                Result { try Snapshot.read(path, readers: readers) }
            }
            let native: Snapshot
            let foreign: Snapshot
            switch (read(.both), read(.libraryAlone)) {
            case (.success(let first), .success(let second)): (native, foreign) = (first, second)
            case (.failure, .failure): return []
            case (.success, .failure(let error)): return ["only the library fails: \(error)"]
            case (.failure(let error), .success): return ["only our reader fails: \(error)"]
            }
            guard native.objects.count == foreign.objects.count else {
                return ["\(native.objects.count) objects, not \(foreign.objects.count)"]
            }
            let pairs = zip(native.objects.map(Self.common), foreign.objects.map(Self.common))
            var found = pairs.compactMap { one, other in
                // Not a number is equal to nothing, but is written alike.
                let words = "\(other)".replacing("nan(0x3ffffffffffff)", with: "nan")
                return one == other || "\(one)" == words ? nil : "\(native.path(of: one.id)): \(one) is not \(other)"
            }
            if native.faults != foreign.faults { found.append("\(native.faults) are not \(foreign.faults)") }
            return found
        }

        /// An object without what only one of the readers tells: which chunks have no place, what bounds a source that
        /// is unlimited, attributes of committed types, links of a user's kind.
        private static func common(_ object: Object) -> Object {
            let links = object.links.map { link in
                switch link.target {
                case .userDefined, .unreadable("the link's value claims 0 bytes"):
                    Link(name: link.name, target: .userDefined(0))
                default: link
                }
            }
            return Object(
                id: object.id, kind: object.kind, address: object.address,
                attributes: object.kind == .namedType ? [] : object.attributes, links: links,
                dataset: object.dataset.map(common), isEntered: object.isEntered)
        }

        private static func common(_ dataset: Dataset) -> Dataset {
            var layout = dataset.layout
            switch layout {
            case .chunked(let chunking):
                layout = .chunked(Chunking(shape: chunking.shape, allocated: chunking.allocated))
            case .virtual(let mappings):
                layout = .virtual(
                    mappings.map { one in
                        let shape = one.source.box(in: []) == nil ? [] : one.sourceShape
                        return VirtualMapping(
                            file: one.file, dataset: one.dataset, destination: one.destination, source: one.source,
                            sourceShape: shape)
                    })
            default: break
            }
            return Dataset(
                type: dataset.type, shape: dataset.shape, maxShape: dataset.maxShape, layout: layout,
                filters: dataset.filters, storedBytes: dataset.storedBytes, value: dataset.value,
                fillValue: dataset.fillValue)
        }

        private func fill(_ writer: borrowing Writer) throws {
            try writer.group("/entry", nexusClass: "NXentry")
            try writer.dataset("/entry/title", .string("a title long enough to notice"))
            try writer.dataset("/entry/scalar", .scalar(Int16(-3)))
            try writer.dataset("/entry/reals", .array([1.5, -2, .infinity]))
            try writer.dataset("/entry/large", .array((0..<30_000).map { Double($0) }))
            try writer.dataset("/entry/plain", .array((0..<53).map { Int32($0) }), .chunked([10]))
            try writer.dataset("/entry/packed", .array((0..<500).map { Double($0) }), .chunked([50], .gzip()))
            try writer.attribute("units", .string("mm"), on: "/entry/reals")
            try writer.attribute("vector", .array([0.0, 0, 1]), on: "/entry/reals")
            try writer.softLink("/entry/soft", to: "/entry/reals")
            try writer.hardLink("/entry/again", to: "/entry/reals")
            for index in 0..<60 { try writer.dataset("/entry/many/field\(index)", .scalar(Int32(index))) }
            for index in 0..<60 {
                try writer.attribute("attribute\(index)", .scalar(Int64(index)), on: "/entry/many/field7")
            }
        }

        @Test(arguments: [Writer.Format.earliest, .latest])
        func `files of both formats are read as the library reads them`(format: Writer.Format) throws {
            let path = try folder.write(format: format) { try fill($0) }
            #expect(differences(path) == [])
            let snapshot = try Snapshot.read(path)
            let left = snapshot.objects.count - snapshot.foreignObjects
            #expect(left > snapshot.objects.count * 9 / 10)
        }

        @Test func `chunks are found by every kind of index`() throws {
            let numbers = (0..<2_100).map { Int32($0) }
            let rows: [(String, Storing)] = [
                ("/single", .chunked([2_100])), ("/packed_single", .chunked([2_100], .gzip())),
                ("/fixed", .chunked([100])), ("/packed_fixed", .chunked([100], .gzip())),
                ("/paged_fixed", .chunked([1])), ("/growing", Storing(chunk: [100], maxShape: [nil])),
                ("/packed_growing", Storing(chunk: [7], stages: [.gzip()], maxShape: [nil])),
                ("/far_growing", Storing(chunk: [1], maxShape: [nil])),
            ]
            let path = try folder.write(format: .latest) { writer in
                for (name, storing) in rows { try writer.dataset(name, .array(numbers), storing) }
                try writer.dataset(
                    "/both", .array(numbers, shape: [30, 70]), Storing(chunk: [7, 9], maxShape: [nil, nil]))
                try writer.dataset(
                    "/packed_both", .array(numbers, shape: [30, 70]),
                    Storing(chunk: [7, 9], stages: [.gzip()], maxShape: [nil, nil]))
                let stages: [Storing.Stage] = [.shuffle, .gzip(), .fletcher32]
                try writer.dataset("/stages", .array(numbers), Storing(chunk: [301], stages: stages))
                try writer.dataset("/summed", .array(numbers), Storing(chunk: [301], stages: [.fletcher32, .gzip()]))
                try writer.dataset("/plane", .array(numbers, shape: [30, 70]), .chunked([7, 9]))
                try writer.dataset(
                    "/column", .array(numbers, shape: [30, 70]), Storing(chunk: [7, 9], maxShape: [30, nil]))
            }
            #expect(differences(path) == [])
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.foreignObjects == 0)
        }

        @Test(arguments: [Writer.Format.earliest, .latest])
        func `elements that were never written are no value`(format: Writer.Format) throws {
            let type = DataType.integer(bytes: 4, isSigned: true, bigEndian: false)
            let path = try folder.write(format: format) { writer in
                let rows: [(String, Int, Storing)] = [
                    ("/zero", 5, .contiguous), ("/seven", 5, Storing(fillValue: 7)),
                    ("/growing", 9_000, Storing(chunk: [1], maxShape: [nil], fillValue: 7)),
                    ("/fixed", 9_000, Storing(chunk: [1], fillValue: 7)),
                ]
                for (name, count, storing) in rows {
                    try writer.dataset(name, .unwritten(type, shape: [count]), storing)
                }
                for name in ["/growing", "/fixed"] {
                    for place in [0, 3, 700, 4_200, 8_999] {
                        try writer.writeChunk(name, at: [place], bytes: little(UInt64(place), 4))
                    }
                }
            }
            #expect(differences(path) == [])
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.foreignObjects == 0)
            let growing = snapshot[try #require(snapshot.object(at: "/growing"))].dataset
            #expect(
                growing?.layout
                    == .chunked(Chunking(shape: [1], allocated: 5, gaps: [1..<3, 4..<700, 701..<4_200, 4_201..<8_999])))
            for name in ["/zero", "/seven", "/growing", "/fixed"] {
                let dataset = snapshot[try #require(snapshot.object(at: name))].dataset
                #expect(dataset?.value == .notRead(.unwritten), "\(name)")
            }
        }

        @Test(arguments: [Writer.Format.earliest, .latest])
        func `raw files outside are listed by ourselves, and never opened`(format: Writer.Format) throws {
            let type = DataType.integer(bytes: 4, isSigned: true, bigEndian: false)
            let segments = [ExternalSegment(file: "a.raw", size: 16), ExternalSegment(file: "/b.raw", offset: 8)]
            let path = try folder.write(format: format) {
                try $0.dataset("/raw", .unwritten(type, shape: [10]), Storing(segments: segments))
            }
            #expect(differences(path) == [])
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.foreignObjects == 0)
            let raw = snapshot[try #require(snapshot.object(at: "/raw"))].dataset
            #expect(raw?.layout == .external(segments))
            #expect(raw?.value == .notRead(.otherFile))
        }

        @Test func `a group of thousands of members is read without the library`() throws {
            let path = try folder.write(format: .latest) { writer in
                for index in 0..<3_000 {
                    try writer.dataset("/entry/a field with a long name \(index)", .scalar(Int8(1)))
                }
            }
            let snapshot = try Snapshot.read(path)
            #expect(snapshot.objects.count == 3_002)
            #expect(snapshot.foreignObjects == 0)
            #expect(differences(path) == [])
        }

        @Test func `a file behind a user block is read as the library reads it`() throws {
            #expect(differences(try folder.write(userBlock: 512) { try fill($0) }) == [])
        }

        @Test func `a file too large to be read whole is read page by page as well`() throws {
            let path = try folder.write { try fill($0) }
            var limits = Limits.default
            limits.wholeFileBytes = 0
            let whole = try Snapshot.read(path)
            let paged = try Snapshot.read(path, limits: limits)
            #expect(whole.objects.map { "\($0)" } == paged.objects.map { "\($0)" })
            #expect(paged.foreignObjects == whole.foreignObjects)
        }

        @Test func `the file of h5py is read as the library reads it`() throws {
            let data = try #require(Data(base64Encoded: h5pyFile, options: .ignoreUnknownCharacters))
            #expect(differences(try folder.write("h5py.h5", [UInt8](data))) == [])
        }

        @Test(.enabled(if: Folder.shared != nil))
        func `real files are read as the library reads them`() throws {
            let shared = try #require(Folder.shared)
            var read = 0
            var objects = 0
            var foreign = 0
            for part in ["corpus/real", "oracles/nexus"] {
                let root = shared.appendingPathComponent(part)
                let names = try #require(FileManager.default.enumerator(atPath: root.path))
                for case let name as String in names where !name.hasPrefix("HDFGroup+cve_hdf5") {
                    let path = root.appendingPathComponent(name).path
                    guard (try? Superblock.locate(in: Source.open(Name(path)))) != nil else { continue }
                    #expect(differences(path) == [], "\(name)")
                    read += 1
                    guard let snapshot = try? Snapshot.read(path) else { continue }
                    objects += snapshot.objects.count
                    foreign += snapshot.foreignObjects
                    if snapshot.foreignObjects > 0, getenv("IMPRIMATUR_TELL") != nil {
                        print(name, snapshot.objects.count, snapshot.foreignObjects)
                    }
                }
            }
            #expect(read > 300)
            #expect(foreign * 20 < objects, "\(foreign) of \(objects) objects were left to the library")
        }
    }
}

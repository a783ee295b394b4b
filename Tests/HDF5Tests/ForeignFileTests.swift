// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import Testing

extension HDF5Tests {
    /// Oracle: the calls of h5py 3.16.0 (HDF5 2.0.0) that made the file; each expectation repeats one of them.
    @Suite struct ForeignFileTests {
        let folder: ScratchFolder
        let snapshot: Snapshot
        let entry: Object

        init() throws {
            folder = try ScratchFolder()
            let data = try #require(Data(base64Encoded: h5pyFile, options: .ignoreUnknownCharacters))
            snapshot = try Snapshot.read(try folder.write("h5py.h5", [UInt8](data)))
            entry = snapshot[try #require(snapshot.object(at: "/entry"))]
        }

        @Test func `the superblock is of version 3 and closed`() {
            #expect(snapshot.superblock.version == 3)
            #expect(snapshot.superblock.statedEnd == 9272)
            #expect(snapshot.size == 9272)
            #expect(!snapshot.superblock.isOpenForWriting)
            #expect(snapshot.faults.isEmpty)
        }

        @Test func `attributes have their types, shapes and values`() throws {
            #expect(entry.attribute("NX_class")?.value.firstString == "NXentry")
            #expect(entry.attribute("axes")?.value == .strings([Text("x"), Text("y")]))
            #expect(entry.attribute("fixed")?.value.firstString == "abc")
            #expect(entry.attribute("flag")?.type.isBoolean == true)
            #expect(entry.attribute("flag")?.value == .integers([1]))
            #expect(entry.attribute("empty")?.shape == nil)
            #expect(entry.attribute("empty")?.value == .null)
            #expect(entry.attribute("numbers")?.type == .integer(bytes: 2, isSigned: true, bigEndian: true))
            #expect(entry.attribute("numbers")?.shape == [2, 2])
            #expect(entry.attribute("numbers")?.value == .integers([1, 2, 3, 4]))
            #expect(entry.attribute("half")?.type == .float(bytes: 2, bigEndian: false))
            #expect(entry.attribute("half")?.value == .reals([0.5]))
            #expect(entry.attribute("ref")?.type == .reference(isRegion: false))
            #expect(entry.attribute("ref")?.value == .notRead(.type))
            let latin = try #require(entry.attribute("latin")?.value.firstText)
            #expect(latin.string == "\u{B5}m")
            #expect(!latin.isUTF8)
            #expect(latin.firstBadByte == 0)
            #expect(entry.attributes.count == 9)
        }

        @Test func `a chunked dataset is read with its filters`() throws {
            let id = try #require(snapshot.object(at: "/entry/d"))
            let dataset = try #require(snapshot[id].dataset)
            #expect(dataset.type == .integer(bytes: 8, isSigned: false, bigEndian: false))
            #expect(dataset.shape == [2, 3])
            #expect(dataset.maxShape == [nil, 3])
            #expect(dataset.layout == .chunked(Chunking(shape: [1, 3], allocated: 2, gaps: [])))
            #expect(dataset.filters.map(\.id) == [2, 1])
            #expect(dataset.value == .integers([0, 1, 2, 3, 4, 5]))
        }

        @Test func `hard links are one object, other links stay links`() throws {
            #expect(snapshot.object(at: "/entry/same") == snapshot.object(at: "/entry/d"))
            #expect(snapshot.object(at: "/entry/soft") == snapshot.object(at: "/entry/d"))
            #expect(entry.link("soft")?.target == .soft("/entry/d"))
            #expect(entry.link("ext")?.target == .external(file: "other.h5", path: "/x"))
            #expect(snapshot.resolve("ext/y", from: "/entry") == .external(file: "other.h5", path: "/x/y"))
            #expect(entry.links.map(\.name) == ["c", "d", "ext", "same", "soft", "text", "type", "v"])
            let id = try #require(snapshot.object(at: "/entry/d"))
            #expect(snapshot.paths(of: id) == ["/entry/d", "/entry/same"])
        }

        @Test func `a compound, a named type and text are told apart`() throws {
            let compound = try #require(snapshot.object(at: "/entry/c"))
            guard case .compound(let members)? = snapshot[compound].dataset?.type else {
                Issue.record("no compound")
                return
            }
            #expect(members.map(\.name) == ["a", "b"])
            let type = try #require(snapshot.object(at: "/entry/type"))
            #expect(snapshot[type].kind == .namedType)
            let text = try #require(snapshot.object(at: "/entry/text"))
            #expect(snapshot[text].dataset?.value.firstString == "h\u{E4}llo")
        }

        @Test func `a virtual dataset tells its sources and is not read`() throws {
            let id = try #require(snapshot.object(at: "/entry/v"))
            let dataset = try #require(snapshot[id].dataset)
            #expect(dataset.shape == [4, 3])
            #expect(dataset.fillValue == 7)
            #expect(dataset.value == .notRead(.otherFile))
            guard case .virtual(let mappings) = dataset.layout else {
                Issue.record("no mappings")
                return
            }
            #expect(mappings.map(\.file) == ["s0.h5", "s1.h5"])
            #expect(mappings.map(\.dataset) == ["data", "data"])
            let boxes = mappings.map { $0.destination.box(in: [4, 3]) }
            #expect(boxes == [[0..<2, 0..<3], [2..<4, 0..<3]])
        }
    }
}

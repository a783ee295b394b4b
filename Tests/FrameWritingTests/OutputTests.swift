// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import FrameWriting
import Frames
import HDF5
import ImageCodecs
import NeXus
import TestSupport
import Testing
import Transport

/// Oracle: the folder, listed by the system; the pixels that went in.
@Suite(.serialized) struct OutputTests {
    let yard: Yard

    init() throws { yard = try Yard() }

    @Test func `frames in several files are one dataset`() throws {
        var counts = Counts(seed: 21)
        let images = (0..<7).map { _ in counts.image(33 * 20) }
        let frames = images.map { FrameInput.made(byteOffset($0, slow: 33, fast: 20)) }
        let settings = PixelSettings()
        let plan = try PixelPlan.make(frames, settings)
        let master = try PartialFile(Name(yard.path("scan.nxs")), replaces: false)
        let writer = try Writer(creating: master.path.text)
        let (written, files) = try PixelWriting.write(
            frames, plan, settings, to: writer, blocks: BlockFiles(stem: Name(yard.path("scan"))), each: 3)
        try writer.close()
        #expect(yard.names.allSatisfy { $0.hasPrefix(".") })
        for file in files { try file.commit() }
        #expect(try PixelVerification.run(master.path, written, settings) == .equal)
        try master.commit()
        let names = (1...3).map { "scan_data_00000\($0).h5" }
        #expect(yard.names == ["scan.nxs"] + names)
        #expect(written.files == names)
        #expect(try yard.images("scan.nxs").map(\.bytes) == images.map { little($0) })
        #expect(try yard.images("scan.nxs", "/entry/data/data_000003").map(\.bytes) == [little(images[6])])
        // Names are relative: the set may be moved.
        let moved = try Yard()
        for name in yard.names {
            try FileManager.default.copyItem(atPath: yard.path(name), toPath: moved.path(name))
        }
        #expect(try moved.images("scan.nxs").map(\.bytes) == images.map { little($0) })
    }

    @Test func `a file has its name when it is whole, and nothing is left otherwise`() throws {
        let name = Name(yard.path("a.nxs"))
        var file: PartialFile? = try PartialFile(name, replaces: false)
        #expect(yard.names == [".a.nxs.partial-\(getpid())"])
        file = nil
        #expect(yard.names == [])
        file = try PartialFile(name, replaces: false)
        try Data("x".utf8).write(to: URL(fileURLWithPath: try #require(file).path.text))
        try file?.commit()
        #expect(yard.names == ["a.nxs"])
        file = nil
        #expect(yard.names == ["a.nxs"])
        #expect(throws: Failure.self) { try PartialFile(name, replaces: false) }
        _ = try PartialFile(name, replaces: true)
        #expect(yard.names == ["a.nxs"])
        let identity = try #require(try Source.open(name).identity)
        #expect(throws: Failure.self) { try PartialFile(name, inputs: [identity.key], replaces: true) }
        #expect(throws: Failure.self) { try PartialFile(Name(yard.path("none/a.nxs")), replaces: true) }
    }

    @Test func `what a crash has left is told`() throws {
        let name = Name(yard.path("a.nxs"))
        // No process has the greatest number.
        for end in ["4194304", "\(getppid())", "x", ""] {
            try Data().write(to: URL(fileURLWithPath: yard.path(".a.nxs.partial-\(end)")))
        }
        #expect(PartialFile.leftovers(of: name).map(\.last.text) == [".a.nxs.partial-4194304"])
    }

    @Test func `strings have room for their end`() throws {
        let path = yard.path("s.nxs")
        let writer = try Writer(creating: path)
        try writer.dataset("/m", .text("m"))
        try writer.dataset("/mu", .text("µm"))
        try writer.dataset("/two", .texts(["a", "abc"]))
        try writer.close()
        let snapshot = try Snapshot.read(path)
        func type(_ path: String) throws -> DataType {
            let id = try #require(snapshot.object(at: path))
            return try #require(snapshot[id].dataset).type
        }
        #expect(try type("/m") == .string(fixedBytes: 2, isUTF8: false, padding: .nullTerminated))
        #expect(try type("/mu") == .string(fixedBytes: 4, isUTF8: true, padding: .nullTerminated))
        #expect(try type("/two") == .string(fixedBytes: 4, isUTF8: false, padding: .nullTerminated))
    }
}

extension Yard {
    /// The frames of a file, to be written again.
    func inputs(_ name: String) throws -> [FrameInput]? {
        let files = try FileSet.read(path(name), policy: .small)
        guard case .images(let map) = DatasetFrames("/entry/data/data", in: files), let stack = map.stacks.first
        else { return nil }
        let reader = FrameReader(map, of: .files(files))
        return (0..<stack.frames).map { .frame(reader, stack, $0) }
    }
}

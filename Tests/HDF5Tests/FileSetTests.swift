// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: the policy of audit.md 3 and nexus.md 9.5; inotify(7) for what was opened.
    @Suite struct FileSetTests {
        let folder: ScratchFolder
        private let number = DataType.integer(bytes: 2, isSigned: false, bigEndian: false)

        init() throws { folder = try ScratchFolder() }

        private func source(_ name: String, _ frames: Int = 2) throws {
            _ = try folder.write(name) {
                try $0.dataset("/entry/data", .unwritten(number, shape: [frames, 3, 4]), .chunked([1, 3, 4]))
            }
        }

        @Test func `external links are followed in the folder of the file`() throws {
            try source("data_1.h5")
            let path = try folder.write {
                try $0.externalLink("/entry/data_000001", toFile: "data_1.h5", path: "/entry/data")
                try $0.externalLink("/entry/folder", toFile: "data_1.h5", path: "/entry")
                try $0.externalLink("/entry/data_000002", toFile: "data_2.h5", path: "/entry/data")
                try $0.softLink("/entry/soft", to: "folder/data")
            }
            let set = try FileSet.read(path, policy: .small)
            #expect(set.files.count == 3)
            guard case .object(let id, in: 1) = set.resolve("/entry/data_000001", from: "/") else {
                Issue.record("not resolved")
                return
            }
            #expect(set.files[1].snapshot?[id].dataset?.shape == [2, 3, 4])
            #expect(set.resolve("soft", from: "/entry") == .object(id, in: 1))
            #expect(set.resolve("/entry/folder/none", from: "/") == .missing(at: "/entry/none"))
            #expect(set.resolve("/entry/data_000002", from: "/") == .external(file: "data_2.h5", path: "/entry/data"))
            let absent = try #require(set.number(ofFile: "data_2.h5"))
            guard case .absent = set.files[absent].state else {
                Issue.record("not absent")
                return
            }
        }

        @Test(arguments: ["/etc/hostname.h5", "../a.h5", "sub/../../a.h5", "http://a/b.h5", "C:\\a.h5", ""])
        func `names that leave the folder are refused`(name: String) throws {
            let path = try folder.write { try $0.externalLink("/x", toFile: name.isEmpty ? " " : name, path: "/") }
            let set = try FileSet.read(path, policy: .small)
            #expect(set.files.count == 2)
            switch set.files[1].state {
            case .refused: #expect(!name.isEmpty)
            case .absent: #expect(name.isEmpty)
            default: Issue.record("\(set.files[1].state)")
            }
        }

        @Test func `a symbolic link out of the folder is refused, one inside is followed`() throws {
            let outside = try ScratchFolder()
            _ = try outside.write("out.h5") { try $0.group("/a") }
            try source("real.h5")
            #expect(symlink(outside.path("out.h5"), folder.path("leads-out.h5")) == 0)
            #expect(symlink("real.h5", folder.path("stays.h5")) == 0)
            let path = try folder.write {
                try $0.externalLink("/out", toFile: "leads-out.h5", path: "/")
                try $0.externalLink("/stays", toFile: "stays.h5", path: "/entry/data")
                try $0.externalLink("/real", toFile: "real.h5", path: "/entry/data")
            }
            let set = try FileSet.read(path, policy: .small)
            #expect(set.files.count == 3)
            #expect(set.resolve("/stays", from: "/") == set.resolve("/real", from: "/"))
            #expect(set.resolve("/out", from: "/") == .external(file: "leads-out.h5", path: "/"))
            let wide = try FileSet.read(
                path, follow: .root(Name(folder.url.deletingLastPathComponent().path)), policy: .small)
            #expect(wide.resolve("/out/a", from: "/") != .external(file: "leads-out.h5", path: "/a"))
        }

        @Test func `external links in a circle end`() throws {
            _ = try folder.write("b.h5") { try $0.externalLink("/x", toFile: "a.h5", path: "/x") }
            let path = try folder.write("a.h5") {
                try $0.externalLink("/x", toFile: "b.h5", path: "/x")
                try $0.externalLink("/self", toFile: "a.h5", path: "/self")
            }
            let set = try FileSet.read(path, policy: .small)
            #expect(set.files.count == 2)
            #expect(set.resolve("/x", from: "/") == .tooManyLinks)
            #expect(set.resolve("/self", from: "/") == .circle)
        }

        @Test func `values of virtual datasets come from their sources`() throws {
            let real = DataType.float(bytes: 8, bigEndian: false)
            _ = try folder.write("a.h5") { try $0.dataset("/x", .array([1.0, 2, 3, 4])) }
            _ = try folder.write("b.h5") { writer in
                try writer.virtualDataset(
                    "/x", real, shape: [2],
                    mappings: [
                        VirtualMapping(
                            file: "a.h5", dataset: "/x", destination: .all,
                            source: .hyperslab([.init(start: 0, stride: 3, count: 2)]), sourceShape: [4])
                    ])
            }
            func mapping(_ file: String, at start: Int, _ count: Int) -> VirtualMapping {
                VirtualMapping(
                    file: file, dataset: "/x", destination: .hyperslab([.init(start: start, block: count)]),
                    source: .all, sourceShape: [count])
            }
            let main = try folder.write("main.h5") { writer in
                let rows: [(String, Int, [VirtualMapping])] = [
                    ("/whole", 6, [mapping("b.h5", at: 0, 2), mapping("a.h5", at: 2, 4)]),
                    ("/gap", 7, [mapping("a.h5", at: 0, 4), mapping("b.h5", at: 5, 2)]),
                    ("/gone", 6, [mapping("a.h5", at: 0, 4), mapping("c.h5", at: 4, 2)]),
                ]
                for (name, count, mappings) in rows {
                    try writer.virtualDataset(name, real, shape: [count], mappings: mappings)
                }
            }
            let files = try FileSet.read(main, policy: .small)
            func value(_ name: String) throws -> Value? {
                files.main[try #require(files.main.object(at: name))].dataset?.value
            }
            #expect(try value("/whole") == .reals([1, 4, 1, 2, 3, 4]))
            #expect(try value("/gap") == .notRead(.unwritten))
            #expect(try value("/gone") == .notRead(.otherFile))
        }

        @Test func `sources of virtual datasets are found, numbered ones up to the first gap`() throws {
            for block in [0, 1, 3] { try source("part_00\(block).h5") }
            try source("fixed.h5")
            let slab = Selection.hyperslab([
                .init(start: 0, count: 1, block: 2), .init(start: 0, block: 3), .init(start: 0, block: 4),
            ])
            let growing = Selection.hyperslab([
                .init(start: 0, stride: 2, count: nil, block: 2), .init(start: 0, block: 3), .init(start: 0, block: 4),
            ])
            let path = try folder.write {
                try $0.virtualDataset(
                    "/v", number, shape: [2, 3, 4],
                    mappings: [
                        .init(
                            file: "fixed.h5", dataset: "/entry/data", destination: slab, source: slab,
                            sourceShape: [2, 3, 4])
                    ])
                try $0.virtualDataset(
                    "/w", number, shape: [2, 3, 4], maxShape: [nil, 3, 4],
                    mappings: [
                        .init(
                            file: "part_00%b.h5", dataset: "/entry/data", destination: growing, source: slab,
                            sourceShape: [2, 3, 4])
                    ])
            }
            let watch = inotify_init1(Int32(IN_NONBLOCK))
            for name in ["fixed.h5", "part_000.h5"] {
                #expect(inotify_add_watch(watch, folder.path(name), UInt32(IN_OPEN)) >= 0)
            }
            let snapshot = try Snapshot.read(path)
            var event = [UInt8](repeating: 0, count: 4096)
            #expect(Glibc.read(watch, &event, event.count) == -1)
            let set = try FileSet.read(path, policy: .small)
            #expect(Glibc.read(watch, &event, event.count) > 0)
            close(watch)
            #expect(set.files.map(\.name).dropFirst() == ["fixed.h5", "part_000.h5", "part_001.h5", "part_002.h5"])
            let id = try #require(snapshot.object(at: "/w"))
            #expect(snapshot[id].dataset?.shape == [2, 3, 4])
            guard case .virtual(let mappings)? = snapshot[id].dataset?.layout, let mapping = mappings.first else {
                Issue.record("no mapping")
                return
            }
            #expect(set.sources(of: mapping).map(\.name) == ["part_000.h5", "part_001.h5", "part_002.h5"])
        }
    }
}

extension HDF5Tests {
    /// Oracle: HDF5 reference, H5Pset_virtual.
    @Suite struct BlockPatternTests {
        @Test func `a percent sign and b stand for the block, two percent signs for one`() {
            #expect(BlockPattern("a_%b.h5").name(7) == "a_7.h5")
            #expect(BlockPattern("a.h5").name(7) == "a.h5")
            #expect(!BlockPattern("100%%b.h5").isNumbered)
            #expect(BlockPattern("100%%b.h5").name(0) == "100%b.h5")
            #expect(BlockPattern("a%").name(0) == "a%")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: the rules of what is read of a NeXus file, each by one file.
@Suite final class ReadingPolicyTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ fill: (borrowing Writer) throws -> Void) throws -> String {
        let path = folder.appendingPathComponent("scan.nxs").path
        try? FileManager.default.removeItem(atPath: path)
        let writer = try Writer(creating: path, format: .earliest)
        try fill(writer)
        try writer.close()
        return path
    }

    private func value(_ path: String, _ fill: (borrowing Writer) throws -> Void) throws -> Value {
        let snapshot = try Snapshot.read(try write(fill), policy: .nexus)
        let id = try #require(snapshot.object(at: path))
        return try #require(snapshot[id].dataset).value
    }

    private let frames = Content.array([UInt16](repeating: 1, count: 24), shape: [2, 3, 4])
    private let frame = Content.array([UInt16](repeating: 1, count: 12), shape: [3, 4])

    @Test func `pixel data are not read`() throws {
        #expect(try value("/d") { try $0.dataset("/d", frames) } == .notRead(.notWanted))
        #expect(try value("/data_000001") { try $0.dataset("/data_000001", frame) } == .notRead(.notWanted))
        #expect(
            try value("/e/d") {
                try $0.group("/e", nexusClass: "NXdata")
                try $0.attribute("signal", .string("d"), on: "/e")
                try $0.dataset("/e/d", frame)
            } == .notRead(.notWanted))
        #expect(
            try value("/e/data") {
                try $0.group("/e", nexusClass: "NXdetector")
                try $0.dataset("/e/data", frame)
            } == .notRead(.notWanted))
        #expect(
            try value("/mask") { try $0.dataset("/mask", frame) } == .integers([Int64](repeating: 1, count: 12)))
    }

    @Test func `large values give their first part, axes all`() throws {
        let numbers = (0..<10_000).map { Double($0) }
        #expect(try value("/x") { try $0.dataset("/x", .array(numbers)) } == .reals(Array(numbers.prefix(8192))))
        #expect(try value("/omega_end") { try $0.dataset("/omega_end", .array(numbers)) } == .reals(numbers))
        #expect(
            try value("/t/omega") {
                try $0.group("/t", nexusClass: "NXtransformations")
                try $0.dataset("/t/omega", .array(numbers))
            } == .reals(numbers))
        #expect(
            try value("/x") {
                try $0.dataset("/x", .array(numbers))
                try $0.attribute("vector", .array([1.0, 0, 0]), on: "/x")
            } == .reals(numbers))
        let texts = [String](repeating: String(repeating: "t", count: 1000), count: 100)
        #expect(try value("/texts") { try $0.dataset("/texts", .strings(texts)) }.count == 65)
    }

    @Test func `members of a collection are read when they are wanted by name`() throws {
        let path = try write {
            try $0.group("/c", nexusClass: "NXcollection")
            try $0.dataset("/c/nimages", .scalar(Int32(7)))
            try $0.dataset("/c/other", .scalar(Int32(8)))
        }
        let snapshot = try Snapshot.read(path, policy: .nexus)
        let id = try #require(snapshot.object(at: "/c/nimages"))
        #expect(snapshot[id].dataset?.value == .integers([7]))
        #expect(snapshot.object(at: "/c/other") == nil)
    }

    @Test func `a collection is listed and not entered`() throws {
        let path = try write {
            try $0.group("/c", nexusClass: "NXcollection")
            try $0.dataset("/c/inner", .scalar(1.0))
            try $0.dataset("/outside", .scalar(2.0))
            try $0.hardLink("/c/shared", to: "/outside")
        }
        let snapshot = try Snapshot.read(path, policy: .nexus)
        let id = try #require(snapshot.object(at: "/c"))
        let collection = snapshot[id]
        #expect(!collection.isEntered)
        #expect(collection.links.map(\.name) == ["inner", "shared"])
        #expect(snapshot.object(at: "/c/inner") == nil)
        #expect(snapshot.object(at: "/c/shared") == snapshot.object(at: "/outside"))
        #expect(snapshot.objects.count == 3)
        #expect(snapshot.faults.isEmpty)
    }
}

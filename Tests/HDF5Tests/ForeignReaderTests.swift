// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: the calls of h5py 3.16.0 that made the file, and libhdf5 in this process.
    @Suite struct ForeignReaderTests {
        let folder: ScratchFolder
        let path: String
        /// N-bit and scale-offset are undone here; libhdf5 is asked for them all the same.
        let limits: Limits

        init() throws {
            folder = try ScratchFolder()
            let data = try #require(Data(base64Encoded: foreignFiltersFile, options: .ignoreUnknownCharacters))
            path = try folder.write("filters.h5", [UInt8](data))
            var limits = Limits.default
            limits.foreignFilters = [5, 6]
            self.limits = limits
        }

        private func value(_ name: String, _ snapshot: Snapshot) -> Value? {
            snapshot.object(at: "/" + name).flatMap { snapshot[$0].dataset?.value }
        }

        @Test func `values behind n-bit and scale-offset are those that libhdf5 reads, and nobody is asked`() throws {
            let ours = try Snapshot.read(path, readers: .nativeAlone)
            let theirs = try Snapshot.read(path, limits: limits, foreign: .inThisProcess)
            #expect(ours.faults.isEmpty)
            #expect(ours.foreignObjects == 0)
            for name in ["scaled", "reals", "szip", "plain"] { #expect(value(name, ours) == value(name, theirs)) }
        }

        @Test func `values behind filters that we lack come from libhdf5`() throws {
            let snapshot = try Snapshot.read(path, limits: limits, foreign: .inThisProcess)
            #expect(value("scaled", snapshot) == .integers(Array(100..<130)))
            #expect(value("szip", snapshot) == .integers(Array(0..<64)))
            #expect(value("reals", snapshot) == .reals((0..<8).map { Double($0) / 4 }))
            #expect(value("plain", snapshot) == .integers(Array(0..<10)))
            #expect(snapshot.faults.isEmpty)
            #expect(snapshot.foreignObjects == 2)
        }

        @Test func `nobody is asked for a plain value`() throws {
            let asked = Mutex<[Int]>([])
            let reader = ForeignReader { request, descriptor in
                asked.withLock { $0.append(ForeignValue.read(request)?.count ?? -1) }
                return ForeignReader.inThisProcess.ask(request, descriptor)
            }
            _ = try Snapshot.read(path, limits: limits, foreign: reader)
            #expect(asked.withLock { $0 } == [2])
        }

        @Test func `without libhdf5 the values are not read, and that is said`() throws {
            let snapshot = try Snapshot.read(path, limits: limits)
            #expect(value("scaled", snapshot) == .notRead(.unreadable))
            #expect(value("plain", snapshot) == .integers(Array(0..<10)))
            #expect(value("szip", snapshot) == .integers(Array(0..<64)))
            #expect(snapshot.faults.map(\.place).sorted() == ["/reals", "/scaled"])
        }

        @Test(arguments: [
            ForeignReader.Answer.bytes([]), .bytes([9, 9, 9]), .bytes([UInt8](repeating: 2, count: 100)),
            .bytes([0, 255, 255, 255, 255, 255, 255, 255, 127]), .ended("signal 11, Segmentation fault"),
        ])
        func `a reader that dies or talks nonsense costs its values and nothing else`(answer: ForeignReader.Answer)
            throws
        {
            let count = Mutex(0)
            let snapshot = try Snapshot.read(
                path, limits: limits,
                foreign: ForeignReader { _, _ in
                    count.withLock { $0 += 1 }
                    return answer
                })
            #expect(snapshot.faults.count == 2)
            #expect(snapshot.faults.allSatisfy { $0.failure.words.contains("the process that read it ended (") })
            #expect(value("plain", snapshot) == .integers(Array(0..<10)))
            #expect(count.withLock { $0 } <= 3)
        }

        @Test func `an answer with too few elements is nonsense`() throws {
            let wanted = [ForeignValue(address: 8, first: [3], width: 8)]
            let short = ForeignResult.wire([.value(.integers([1, 2]))])
            let right = ForeignResult.wire([.value(.integers([1, 2, 3]))])
            #expect(ForeignResult.read(short, of: wanted[...]) == nil)
            #expect(ForeignResult.read(right, of: wanted[...]) == [.value(.integers([1, 2, 3]))])
            #expect(ForeignResult.read(right + [0], of: wanted[...]) == nil)
        }

        @Test func `values come out as they went in`() throws {
            let values: [Value] = [
                .strings([
                    Text("ä"), Text("", firstBadByte: 0, hadBlanks: false), Text("Å", firstBadByte: 7, hadBlanks: true),
                ]),
                .integers([.min, 0, .max]),
                .unsigned([.max, 0, 1]), .reals([-0.0, .infinity, 5e-324]),
            ]
            let wanted = values.map { _ in ForeignValue(address: 0, first: [3], width: 8) }
            let results = values.map(ForeignResult.value)
            #expect(ForeignResult.read(ForeignResult.wire(results), of: wanted[...]) == results)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

@testable import HDF5

extension HDF5Tests {
    /// Oracle: the bytes that each chunk was given. The places of ten kinds of index were also compared with those that
    /// h5py 3.16 states (get_chunk_info): all equal.
    @Suite struct StoredPartsTests {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        private static let type = DataType.integer(bytes: 4, isSigned: false, bigEndian: false)

        @Test func `every chunk is found where its bytes lie`() throws {
            let stage = Storing.Stage(id: 32008, parameters: [0, 2], isOptional: true)
            let path = try folder.write {
                try $0.dataset("/images", .unwritten(Self.type, shape: [5, 4, 6]), .chunked([2, 4, 6], stage))
                for first in [4, 0] {
                    try $0.writeChunk(
                        "/images", at: [first, 0, 0], bytes: [UInt8](repeating: UInt8(first + 1), count: 9 + first))
                }
                // Vectors and texts are no images.
                try $0.dataset("/vector", .unwritten(Self.type, shape: [8]), .chunked([4], stage))
                try $0.writeChunk("/vector", at: [0], bytes: [7, 7, 7])
            }
            let parts = try StoredParts(of: Source.open(Name(path)))
            #expect(parts.failures.isEmpty && parts.tables.map(\.path) == ["/images"])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let found = parts.tables.first?.parts.sorted { $0.first[0] < $1.first[0] } ?? []
            #expect(found.map(\.first) == [[0, 0, 0], [4, 0, 0]] && found.map(\.slices) == [2, 1])
            for part in found {
                let value = UInt8(part.first[0] + 1)
                #expect(
                    Array(bytes[part.address..<(part.address + part.size)])
                        == [UInt8](repeating: value, count: 8 + Int(value)))
            }
        }

        @Test func `an array that lies in one piece is listed by slices`() throws {
            let path = try folder.write {
                try $0.dataset("/images", .array((0..<24).map { Int32($0) }, shape: [4, 2, 3]))
                try $0.dataset("/mask", .array((0..<6).map { Int32($0) }, shape: [2, 3]))
            }
            let parts = try StoredParts(of: Source.open(Name(path)))
            let images = try #require(parts.tables.first { $0.path == "/images" }?.parts)
            #expect(images.map(\.first) == [[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]])
            #expect(zip(images, images.dropFirst()).allSatisfy { $1.address == $0.address + $0.size })
            #expect(parts.tables.first { $0.path == "/mask" }?.parts.count == 1)
        }
    }
}

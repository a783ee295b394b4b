// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: chunks that h5py 3.16 (HDF5 2.0.0) wrote with the filters n-bit and scale-offset, and the bytes that it reads of them.
@Suite struct PackedNumberTests {
    struct Chunk: Sendable, CustomTestStringConvertible {
        let name: String
        let filter: Int
        let width: Int
        let values: [UInt32]
        let stream: [UInt8]
        let decoded: [UInt8]

        var testDescription: String { name }

        init(_ name: String, filter: Int, width: Int, values: [UInt32], stream: String, bytes decoded: String) {
            self.name = name
            self.filter = filter
            self.width = width
            self.values = values
            self.stream = bytes(stream)
            self.decoded = bytes(decoded)
        }

        func decode(_ stream: [UInt8]) throws -> [UInt8] {
            let pipeline = try #require(
                Pipeline([Pipeline.Stage(number: filter, values: values)], elementBytes: width))
            return try pipeline.decode(stream.span, bytes: decoded.count)
        }
    }

    static let chunks = [
        Chunk(
            "int16", filter: FilterNumber.scaleOffset, width: 2,
            values: [2, 0, 6, 0, 2, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "0a00000008d4feffffffffffff000000000000000000131fa0004e3ff0",
            bytes: "d4fe0500bc02d4fe0c000000"),
        Chunk(
            "uint32be", filter: FilterNumber.scaleOffset, width: 4,
            values: [2, 0, 5, 0, 4, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "2000000008070000000000000000000000000000000700000000286bee01286bee0900000000286bee",
            bytes: "00000007ee6b2800ee6b280100000009ee6b2800"),
        Chunk(
            "narrow uint32be", filter: FilterNumber.scaleOffset, width: 4,
            values: [2, 0, 3, 0, 4, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "040000000800286bee0000000000000000000000007010",
            bytes: "ee6b2807ee6b2800ee6b2801"),
        Chunk(
            "fill", filter: FilterNumber.scaleOffset, width: 4,
            values: [2, 0, 5, 0, 4, 1, 0, 1, 4_294_967_295, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "0300000008050000000000000000000000000000001e72",
            bytes: "05000000ffffffff09000000ffffffff06000000"),
        Chunk(
            "all fill", filter: FilterNumber.scaleOffset, width: 1,
            values: [2, 0, 5, 0, 1, 1, 0, 1, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "010000000800000000000000000000000000000000f8",
            bytes: "ffffffffff"),
        Chunk(
            "equal", filter: FilterNumber.scaleOffset, width: 1,
            values: [2, 0, 9, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "0100000008c80000000000000000000000000000000000",
            bytes: "c8c8c8c8c8c8c8c8c8"),
        Chunk(
            "int64", filter: FilterNumber.scaleOffset, width: 8,
            values: [2, 0, 4, 0, 8, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "2a000000080000000000ffffff0000000000000000000000000020000000000ffffffffffcfffffffffb00",
            bytes: "0000000000ffffff00000000000100000000000000000000fbffffffffffffff"),
        Chunk(
            "set bits", filter: FilterNumber.scaleOffset, width: 2,
            values: [2, 5, 4, 0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "050000000864000000000000000000000000000000007ef0",
            bytes: "6400650000007300"),
        Chunk(
            "all bits", filter: FilterNumber.scaleOffset, width: 2,
            values: [2, 16, 4, 0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "6400ffff00007300",
            bytes: "6400ffff00007300"),
        Chunk(
            "float32", filter: FilterNumber.scaleOffset, width: 4,
            values: [0, 3, 5, 1, 4, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "1400000008000060c00000000000000000000000000128e00000015f9f502b00ed80",
            bytes: "0000a03f000060c00000084008047a449899993e"),
        Chunk(
            "float64be", filter: FilterNumber.scaleOffset, width: 8,
            values: [0, 2, 5, 1, 8, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "11000000080000000000000cc0000000000000000000ed800000467880400be0",
            bytes: "3ff4000000000000c00c00000000000040010a3d70a3d70a408f407ae147ae143fd3333333333330"),
        Chunk(
            "float64 fill", filter: FilterNumber.scaleOffset, width: 8,
            values: [0, 2, 4, 1, 8, 0, 0, 1, 0, 3_234_039_680, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "0800000008333333333333d33f00000000000000005fffb70000",
            bytes: "000000000000f43f000000008087c3c00ad7a3703d0a0140333333333333d33f"),
        Chunk(
            "wide float32", filter: FilterNumber.scaleOffset, width: 4,
            values: [0, 3, 3, 1, 4, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            stream: "200000000800000000000000000000000000000000caf24971caf249f100000040",
            bytes: "caf24971caf249f100000040"),
        Chunk(
            "nbit", filter: FilterNumber.nbit, width: 4, values: [8, 0, 4, 1, 4, 0, 11, 5],
            stream: "83000df47ff0",
            bytes: "0083000060000000007d0000e0ff0000"),
        Chunk(
            "nbit be", filter: FilterNumber.nbit, width: 2, values: [8, 0, 5, 1, 2, 1, 9, 2],
            stream: "967fc00077f8",
            bytes: "04b007fc0000001c03fc"),
        Chunk(
            "nbit whole", filter: FilterNumber.nbit, width: 4, values: [8, 1, 3, 1, 4, 0, 32, 0],
            stream: "010000000200000003000000",
            bytes: "010000000200000003000000"),
        Chunk(
            "compound", filter: FilterNumber.nbit, width: 16,
            values: [26, 0, 4, 3, 16, 3, 0, 1, 2, 0, 5, 0, 4, 1, 4, 1, 17, 1, 9, 2, 6, 1, 2, 0, 5, 0],
            stream: "0e1a800117c000a3214fffff31d000000254b0",
            bytes: "0100000000030d4000000001000200001f0000000000000a0003000400050000070000000003fffe0006000700"
                + "08000000000000000000000009000a000b0000"),
    ]

    @Test(arguments: chunks) func `a chunk of HDF5 decodes`(chunk: Chunk) throws {
        #expect(try chunk.decode(chunk.stream) == chunk.decoded)
    }

    @Test(arguments: chunks) func `a chunk that is cut fails`(chunk: Chunk) throws {
        // HDF5 keeps a byte behind what is packed.
        for count in 0..<max(0, chunk.stream.count - 1) {
            #expect(throws: CodecFault.self, "\(count)") { try chunk.decode(Array(chunk.stream.prefix(count))) }
        }
    }

    @Test func `more bits than a number has are damage`() throws {
        var stream = Self.chunks[0].stream
        stream[0] = 17
        #expect(throws: CodecFault.damaged(block: 0)) { try Self.chunks[0].decode(stream) }
    }

    @Test func `parameters of other elements, and what HDF5 has no words for, are not taken`() {
        let refused: [(Int, [UInt32])] = [
            (6, []), (6, [2, 0, 6, 0, 4, 1, 0, 0]), (6, [1, 0, 6, 1, 2, 1, 0, 0]), (6, [2, 17, 6, 0, 2, 1, 0, 0]),
            (6, [2, 0, 6, 1, 2, 1, 0, 0]), (6, [2, 0, 6, 0, 3, 1, 0, 0]), (6, [2, 0, 6, 0, 2, 1, 2, 0]),
            (6, [2, 0, 6, 0, 2, 1, 0, 1]), (5, []), (5, [8, 0, 4, 1, 4, 0, 11, 5]), (5, [8, 0, 4, 1, 2, 0, 11, 6]),
            (5, [8, 0, 4, 1, 2, 2, 9, 2]), (5, [8, 0, 4, 1, 2, 0, 0, 2]), (5, [9, 0, 4, 1, 2, 0, 9, 2]),
            (5, [8, 0, 4, 5, 2, 0, 9, 2]), (5, [10, 0, 4, 2, 2, 1, 4, 0, 9, 2]), (5, [6, 0, 4, 3, 2, 9]),
            (5, [11, 0, 4, 3, 2, 1, 1, 1, 2, 0, 9]), (5, [UInt32](repeating: 2, count: 100)),
        ]
        for (filter, values) in refused {
            let pipeline = Pipeline([Pipeline.Stage(number: filter, values: values)], elementBytes: 2)
            #expect(pipeline == nil, "\(filter) \(values)")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: chunks written by hdf5plugin 7.1.0 and h5py 3.16.0, the law decode(encode(x)) = x, and the twins in Swift.
@Suite struct ChunkCodecTests {
    private func pipeline(_ vector: ChunkVector) throws -> Pipeline {
        try #require(
            Pipeline([.init(number: vector.filter, values: vector.values)], elementBytes: vector.elementBytes))
    }

    @Test(arguments: ChunkVector.all) func `a chunk of another program decodes`(vector: ChunkVector) throws {
        let expected = vector.elements
        #expect(try pipeline(vector).decode(bytes(vector.hex).span, bytes: expected.count) == expected)
    }

    @Test(arguments: ChunkVector.all) func `every prefix of a chunk fails`(vector: ChunkVector) throws {
        let stream = bytes(vector.hex)
        let pipeline = try pipeline(vector)
        for length in stream.indices {
            let prefix = Array(stream[..<length])
            #expect(throws: CodecFault.self, "\(length) bytes") {
                try pipeline.decode(prefix.span, bytes: vector.elements.count)
            }
        }
    }

    @Test(arguments: ChunkVector.all) func `a chunk of another size is a fault`(vector: ChunkVector) throws {
        let stream = bytes(vector.hex)
        let pipeline = try pipeline(vector)
        for off in [-vector.elementBytes, vector.elementBytes] {
            #expect(throws: CodecFault.self) {
                try pipeline.decode(stream.span, bytes: vector.elements.count + off)
            }
        }
    }

    @Test func `LZ4 blocks that do not shrink are stored as they are`() throws {
        var sequence = Sequence(state: 3)
        for block in [1, 7, 64, 5000] {
            let input = (0..<1000).map { $0 < 500 ? UInt8(truncatingIfNeeded: sequence.next()) : UInt8($0 % 3) }
            let stream = LZ4Chunk.encode(input, block: block)
            for kernel in Kernel.allCases {
                let output = try [UInt8](capacity: 1000) { (room: inout OutputSpan<UInt8>) throws(CodecFault) in
                    try LZ4Chunk.decode(stream.span, into: &room, kernel: kernel)
                }
                #expect(output == input, "\(block)")
            }
        }
    }

    @Test(arguments: ChunkVector.all.filter { $0.filter == 32004 })
    func `a damaged byte ends both kernels of LZ4 alike`(vector: ChunkVector) {
        let stream = bytes(vector.hex)
        for position in stream.indices {
            var damaged = stream
            damaged[position] ^= 0xA5
            let results = Kernel.allCases.map { kernel in
                try? [UInt8](capacity: vector.elements.count) { (room: inout OutputSpan<UInt8>) throws(CodecFault) in
                    try LZ4Chunk.decode(damaged.span, into: &room, kernel: kernel)
                }
            }
            #expect(results[0] == results[1], "\(position)")
        }
    }

    /// A literal, then five bytes from 0 before; liblz4 1.9.4 alone makes zeros of it.
    @Test(arguments: Kernel.allCases) func `a distance of 0 in LZ4 is a fault`(kernel: Kernel) {
        for distance in ["00", "01"] {
            let block = bytes("1141" + distance + "00" + "80" + "4142434445464748")
            let stream = bytes("000000000000000e" + "0000000e" + "0000000d") + block
            let result = try? [UInt8](capacity: 14) { (room: inout OutputSpan<UInt8>) throws(CodecFault) in
                try LZ4Chunk.decode(stream.span, into: &room, kernel: kernel)
            }
            #expect(result == (distance == "01" ? bytes("414141414141" + "4142434445464748") : nil))
        }
    }

    /// Recorded from h5py 3.16.0: 500 zeros, 490 times 7, and 0 to 9; lengths go on in a second byte.
    @Test func `long repetitions of LZF decode`() throws {
        let stream = bytes("010000e0ff00e0e1000007e0ff00e0d8000900010203040506070809")
        let codec = try #require(Codec.filter(32000))
        let expected = [UInt8](repeating: 0, count: 500) + [UInt8](repeating: 7, count: 490) + Array(0...9)
        #expect(try codec.decoded(stream, bytes: 1000, .init(elementBytes: 1)) == expected)
    }

    @Test func `LZF that reaches before its start is a fault`() throws {
        let codec = try #require(Codec.filter(32000))
        #expect(throws: CodecFault.damaged(block: 0)) {
            try codec.decoded([0x20, 0x00], bytes: 3, .init(elementBytes: 1))
        }
        #expect(throws: CodecFault.damaged(block: 1)) {
            try codec.decoded([0x00, 0x41, 0x20, 0x01], bytes: 4, .init(elementBytes: 1))
        }
    }

    @Test func `several frames of zstd behind each other are one chunk`() throws {
        let codec = try #require(Codec.filter(32015))
        let stream = Zstandard.encode([1, 2, 3]) + Zstandard.encode([]) + Zstandard.encode([4])
        #expect(try codec.decoded(stream, bytes: 4, .init(elementBytes: 1)) == [1, 2, 3, 4])
    }

    @Test func `a packing of bitshuffle that is not known has no codec`() throws {
        #expect(Pipeline([.init(number: 32008, values: [0, 4, 4, 0, 9])], elementBytes: 4) == nil)
        let codec = try #require(Codec.filter(32008))
        #expect(throws: CodecFault.unsupported("packing 9 of bitshuffle")) {
            try codec.decoded([0, 1, 2, 3], bytes: 4, .init(values: [0, 4, 4, 0, 9], elementBytes: 4))
        }
    }

    @Test func `shuffled bytes come back with both kernels`() throws {
        var sequence = Sequence(state: 11)
        for width in [1, 2, 3, 4, 8, 16] {
            for count in [0, 1, width - 1, width, 2 * width, 100 * width, 1000 * width + 1] {
                let stored = (0..<count).map { _ in UInt8(truncatingIfNeeded: sequence.next()) }
                let results = try Kernel.allCases.map { kernel in
                    try [UInt8](capacity: count) { (room: inout OutputSpan<UInt8>) throws(CodecFault) in
                        try Shuffle.decode(stored.span, into: &room, elementBytes: width, kernel: kernel)
                    }
                }
                #expect(results[0] == results[1], "\(count) bytes of \(width)")
                guard count >= 2 * width, width > 1 else {
                    #expect(results[0] == stored)
                    continue
                }
                #expect(results[0][1] == stored[count / width])
            }
        }
    }
}

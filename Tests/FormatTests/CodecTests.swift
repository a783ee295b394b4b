// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: chunks written by hdf5plugin 7.1.0, the law decode(encode(x)) = x, and the twin in Swift.
@Suite struct BitshuffleTests {
    /// 19 numbers k * 77 of 4 bytes, blocks of 8; recorded from hdf5plugin 7.1.0.
    let recorded = bytes(
        "000000000000004c0000002000000014bcaacc5ac694184a6c708000010050000000000000000015cbaacc5a39526329b23c3fc0000100"
            + "500000000000d00400001d0500006a050000")
    let numbers = (0..<19).flatMap { k in (0..<4).map { UInt8(truncatingIfNeeded: (k * 77) >> (8 * $0)) } }

    @Test(arguments: Kernel.allCases) func `a chunk of another program decodes`(kernel: Kernel) throws {
        #expect(try BitshuffleLZ4.decode(recorded, elementBytes: 4, count: 76, kernel: kernel) == numbers)
    }

    @Test func `the encoder writes the bytes of the other program`() throws {
        #expect(try BitshuffleLZ4.encode(numbers, elementBytes: 4, block: 8) == recorded)
    }

    /// With vectors and without: a kernel takes 256 elements at a time, or 64, or 8.
    @Test(arguments: [8, 128, 264, 512, 776]) func `kernels agree and give back what went in`(block: Int) throws {
        defer { VectorKernels.use(true) }
        var sequence = Sequence(state: 20_260_101)
        for width in [1, 2, 3, 4, 8] {
            for count in [0, 1, 7, 8, 9, 127, 128, 1000, 2099] {
                let input = sequence.counts(count * width).map { UInt8(truncatingIfNeeded: $0) }
                let stream = try BitshuffleLZ4.encode(input, elementBytes: width, block: block, kernel: .swift)
                #expect(
                    try BitshuffleLZ4.decode(stream, elementBytes: width, count: input.count, kernel: .swift) == input)
                for hasVectors in [false, true] {
                    VectorKernels.use(hasVectors)
                    #expect(try BitshuffleLZ4.encode(input, elementBytes: width, block: block) == stream)
                    #expect(try BitshuffleLZ4.decode(stream, elementBytes: width, count: input.count) == input)
                }
            }
        }
    }

    /// Small counts in wide elements, whose upper bytes are all zero, and none that are.
    @Test func `the usual block comes back`() throws {
        var sequence = Sequence(state: 5)
        for width in [1, 2, 4, 8] {
            for isSmall in [true, false] {
                let input = (0..<20_000).flatMap { _ in
                    let number = isSmall ? sequence.next() % 9 : sequence.next() &* 0x9E37_79B9_7F4A_7C15
                    return (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
                }
                let stream = try BitshuffleLZ4.encode(input, elementBytes: width)
                #expect(try BitshuffleLZ4.decode(stream, elementBytes: width, count: input.count) == input)
                #expect(
                    try BitshuffleLZ4.decode(stream, elementBytes: width, count: input.count, kernel: .swift) == input)
            }
        }
    }

    @Test(arguments: Kernel.allCases) func `every prefix fails`(kernel: Kernel) {
        for length in recorded.indices {
            #expect(throws: CodecFault.self) {
                try BitshuffleLZ4.decode(Array(recorded[..<length]), elementBytes: 4, count: 76, kernel: kernel)
            }
        }
    }

    @Test func `a damaged byte ends both kernels alike`() {
        for position in recorded.indices {
            var damaged = recorded
            damaged[position] ^= 0xA5
            let results = Kernel.allCases.map { kernel in
                try? BitshuffleLZ4.decode(damaged, elementBytes: 4, count: 76, kernel: kernel)
            }
            #expect(results[0] == results[1])
        }
    }

    @Test func `sizes that contradict the chunk are a fault`() {
        #expect(throws: CodecFault.size(stated: 76, expected: 80)) {
            try BitshuffleLZ4.decode(recorded, elementBytes: 4, count: 80)
        }
        #expect(throws: CodecFault.excess(bytes: 1)) {
            try BitshuffleLZ4.decode(recorded + [0], elementBytes: 4, count: 76)
        }
    }
}

/// Oracle: the laws that a pipeline gives back what went in, and fails on everything else; RFC 1950 by a stream of Python.
@Suite struct PipelineTests {
    /// `zlib.compress(bytes(range(12)) + fletcher, 9)`, recorded from Python 3.11: 12 bytes with their checksum behind them.
    private let packed = bytes("78da6360646266616563e7e0e4e256918b760300041c0126")

    /// A codec in a few lines: each byte one larger.
    private let larger = Codec(filters: [40_000], names: ["X-LARGER"], size: .same) {
        (input, output, _) throws(CodecFault) in
        for index in input.indices { output.append(input[index] &- 1) }
    }

    @Test func `a codec is found by number and by name`() {
        #expect(Codec.filter(32008)?.size == .packed)
        #expect(Codec.name("\"x-CBF_BYTE_OFFSET\"")?.elements.contains(.int32) == true)
        #expect(Codec.filter(40_000) == nil)
        #expect(Codec.filter(40_000, in: Codec.all + [larger]) != nil)
        #expect(Codec.name("x-larger", in: [larger])?.filters == [40_000])
    }

    @Test func `numbers and names of the table are each there once`() {
        let numbers = Codec.all.flatMap(\.filters)
        let names = Codec.all.flatMap(\.names)
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(names).count == names.count)
        #expect(Codec.all.allSatisfy { !$0.filters.isEmpty || !$0.names.isEmpty })
    }

    @Test func `stages are undone from the last to the first, and skipped ones are not`() throws {
        let stages = [40_000, 2, 40_000].map { Pipeline.Stage(number: $0, values: []) }
        let pipeline = try #require(Pipeline(stages, elementBytes: 2, codecs: Codec.all + [larger]))
        // 1 2 3 4, larger, shuffled, larger.
        let stored: [UInt8] = [3, 5, 4, 6]
        #expect(try pipeline.decode(stored.span, bytes: 4) == [1, 2, 3, 4])
        #expect(try pipeline.decode(stored.span, skipped: 1, bytes: 4) == [2, 3, 4, 5])
        #expect(try pipeline.decode(stored.span, skipped: 5, bytes: 4) == [3, 4, 5, 6])
        #expect(throws: CodecFault.self) { try pipeline.decode(stored.span, bytes: 5) }
        #expect(Pipeline(stages, elementBytes: 2) == nil)
    }

    @Test func `every prefix of a chunk fails, and a wrong checksum`() throws {
        let stages = [3, 1].map { Pipeline.Stage(number: $0, values: []) }
        let pipeline = try #require(Pipeline(stages, elementBytes: 1))
        #expect(try pipeline.decode(packed.span, bytes: 12) == Array(0..<12))
        for length in packed.indices {
            let prefix = Array(packed[..<length])
            #expect(throws: CodecFault.self, "\(length) bytes") { try pipeline.decode(prefix.span, bytes: 12) }
        }
        #expect(throws: CodecFault.self) { try pipeline.decode(packed.span, bytes: 11) }
    }

    @Test func `room that is used again gives the same bytes`() throws {
        let checked = try #require(Pipeline([3, 1].map { Pipeline.Stage(number: $0, values: []) }, elementBytes: 1))
        let plain = try #require(Pipeline([], elementBytes: 1))
        var room = Pipeline.Room()
        for _ in 0..<3 {
            #expect(try checked.withDecoded(packed.span, bytes: 12, in: &room) { Self.copied($0) } == Array(0..<12))
            #expect(try plain.withDecoded(packed.span, bytes: packed.count, in: &room) { Self.copied($0) } == packed)
            #expect(throws: CodecFault.self) { try checked.withDecoded(packed.span, bytes: 13, in: &room) { _ in 0 } }
        }
    }

    private static func copied(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }

    @Test func `a size that the stream cannot become takes no memory`() throws {
        for filter in [1, 32000, 32004, 32008, 32015] {
            let stages = [Pipeline.Stage(number: filter, values: [0, 0, 1, 0, 2])]
            let pipeline = try #require(Pipeline(stages, elementBytes: 1))
            #expect(throws: CodecFault.self) { try pipeline.decode(packed.span, bytes: 72 << 40) }
            let codec = try #require(Codec.filter(filter))
            let parameters = Codec.Parameters(values: stages[0].values, elementBytes: 1)
            #expect(throws: CodecFault.self) { try codec.decoded(packed, bytes: 72 << 40, parameters) }
        }
        let byteOffset = try #require(Codec.name("x-CBF_BYTE_OFFSET"))
        #expect(throws: CodecFault.self) {
            try byteOffset.decoded(packed, bytes: 72 << 40, Codec.Parameters(elementBytes: 4))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Numbers that repeat from run to run.
private struct Sequence {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }

    /// Mostly small, sometimes any, as counts are.
    mutating func counts(_ number: Int) -> [Int32] {
        (0..<number).map { _ in
            let draw = next()
            return draw % 50 == 0 ? Int32(truncatingIfNeeded: next() &* 7) : Int32(draw % 6)
        }
    }
}

private func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

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

    @Test func `both kernels agree and give back what went in`() throws {
        var sequence = Sequence(state: 20_260_101)
        for width in [1, 2, 4, 8] {
            for count in [0, 1, 7, 8, 9, 127, 128, 1000, 4099] {
                let input = sequence.counts(count * width).map { UInt8(truncatingIfNeeded: $0) }
                let byC = try BitshuffleLZ4.encode(input, elementBytes: width, block: 128)
                #expect(try BitshuffleLZ4.encode(input, elementBytes: width, block: 128, kernel: .swift) == byC)
                for kernel in Kernel.allCases {
                    let output = try BitshuffleLZ4.decode(byC, elementBytes: width, count: input.count, kernel: kernel)
                    #expect(output == input)
                }
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

/// Oracle: a stream written by fabio 2026.6.0, the law decode(encode(x)) = x, and the twin in Swift.
@Suite struct ByteOffsetTests {
    let values: [Int32] = [
        0, 1, -1, 127, -1, -129, 5, 32772, 4, 40000, -40000, 2_147_483_647, -2_147_483_648, 7,
    ]
    let recorded = bytes(
        "0001fe8080008080ff8080ff80860080ff7f8000800080ffff8000803c9c000080008080c7feff800080000000803f9c00800000000080"
            + "00800000008001000000ffffffff800080000000800700008000000000")

    @Test(arguments: Kernel.allCases) func `the encoder writes the bytes of the other program`(kernel: Kernel) {
        #expect(ByteOffset.encode(values, kernel: kernel) == recorded)
    }

    @Test(arguments: Kernel.allCases) func `a stream of another program decodes`(kernel: Kernel) throws {
        let decoded = try ByteOffset.decode(recorded, count: values.count, kernel: kernel)
        #expect(decoded.values == values.map { UInt32(bitPattern: $0) })
        #expect(decoded.used == recorded.count)
    }

    @Test func `both kernels agree and give back what went in`() throws {
        var sequence = Sequence(state: 7)
        for count in [0, 1, 2, 500, 5000] {
            let input = sequence.counts(count)
            let stream = ByteOffset.encode(input)
            #expect(ByteOffset.encode(input, kernel: .swift) == stream)
            for kernel in Kernel.allCases {
                let output = try ByteOffset.decode(stream, count: count, kernel: kernel)
                #expect(output.values == input.map { UInt32(bitPattern: $0) })
            }
        }
    }

    @Test(arguments: Kernel.allCases) func `every prefix fails`(kernel: Kernel) {
        for length in recorded.indices {
            #expect(throws: CodecFault.self) {
                try ByteOffset.decode(Array(recorded[..<length]), count: values.count, kernel: kernel)
            }
        }
    }

    @Test(arguments: Kernel.allCases) func `a value beyond the element is a fault`(kernel: Kernel) {
        #expect(throws: CodecFault.range(element: 2)) {
            try ByteOffset.decode(recorded, count: values.count, as: .uint32, kernel: kernel)
        }
    }

    @Test func `a damaged byte ends both kernels alike`() {
        for position in recorded.indices {
            var damaged = recorded
            damaged[position] ^= 0x5A
            let results = Kernel.allCases.map { kernel in
                Result { try ByteOffset.decode(damaged, count: values.count, kernel: kernel).values }
            }
            #expect((try? results[0].get()) == (try? results[1].get()))
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
}

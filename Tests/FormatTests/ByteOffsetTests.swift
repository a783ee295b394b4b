// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: streams written by fabio 2026.6.0 and by CBFlib 0.9.7, the law decode(encode(x)) = x, and the twin in Swift.
@Suite struct ByteOffsetTests {
    let values: [Int32] = [
        0, 1, -1, 127, -1, -129, 5, 32772, 4, 40000, -40000, 2_147_483_647, -2_147_483_648, 7,
    ]
    let recorded = bytes(
        "0001fe8080008080ff8080ff80860080ff7f8000800080ffff8000803c9c000080008080c7feff800080000000803f9c00800000000080"
            + "00800000008001000000ffffffff800080000000800700008000000000")

    /// What CBFlib 0.9.7 writes (pycbf 0.9.6.7) for elements that come near the ends of their types: it goes round at 8
    /// bits signed, 16 bits unsigned, 32 and 64 bits, and not at 8 bits unsigned and 16 bits signed.
    static let ofCBFlib: [(element: ElementType, values: [Int64], hex: String)] = [
        (.uint32, [5, 4_294_967_295, 0], "05fa01"),
        (.uint32, [5, 2_147_483_655, 3], "0580008002000080800080fcffff7f"),
        (.int16, [-32768, 32767], "8000800080ffff800080ffff0000"),
        (.uint16, [0, 65535, 0], "00ff01"),
        (.uint8, [0, 255, 0], "0080ff008001ff"),
        (.int8, [-128, 127], "80800080ff00"),
        (
            .int64, [0, 1 << 40, -(1 << 40)],
            "00800080000000800000000000010000800080000000800000000000feffff"
        ),
        (
            .uint64, [5, Int64.min + 1, -1],
            "0580008000000080fcffffffffffff7f80008000000080feffffffffffff7f"
        ),
    ]

    @Test(arguments: Kernel.allCases) func `the encoder writes the bytes of the other program`(kernel: Kernel) {
        #expect(ByteOffset.encode(values, kernel: kernel) == recorded)
    }

    @Test(arguments: Kernel.allCases) func `a stream of another program decodes`(kernel: Kernel) throws {
        let decoded = try byteOffset(recorded, count: values.count, kernel: kernel)
        #expect(decoded.bytes == littleEndian(values.map(Int64.init), bytes: 4))
        #expect(decoded.used == recorded.count)
    }

    @Test(arguments: Kernel.allCases) func `every type of element decodes as CBFlib writes it`(kernel: Kernel) throws {
        for (element, values, hex) in Self.ofCBFlib {
            let decoded = try byteOffset(bytes(hex), count: values.count, as: element, kernel: kernel)
            #expect(decoded.bytes == littleEndian(values, bytes: element.bytes), "\(element)")
            #expect(decoded.used == hex.utf8.count / 2)
        }
    }

    @Test func `both kernels agree and give back what went in`() throws {
        var sequence = Sequence(state: 7)
        for count in [0, 1, 2, 31, 32, 33, 63, 64, 65, 500, 5000] {
            let input = sequence.counts(count)
            let stream = ByteOffset.encode(input)
            #expect(ByteOffset.encode(input, kernel: .swift) == stream)
            for kernel in Kernel.allCases {
                let output = try byteOffset(stream, count: count, kernel: kernel)
                #expect(output.bytes == littleEndian(input.map(Int64.init), bytes: 4))
            }
            for element in ElementType.allCases where !element.isReal {
                let results = Kernel.allCases.map { kernel in
                    Result { () throws(CodecFault) in
                        try byteOffset(stream, count: count, as: element, kernel: kernel).bytes
                    }
                }
                #expect(results[0] == results[1], "\(count) of \(element)")
            }
        }
    }

    /// Escapes of every width at every place of a vector, and runs of them.
    @Test func `an escape anywhere in a vector decodes`() throws {
        defer { VectorKernels.use(true) }
        for place in 0..<70 {
            for (width, jump) in [(1, Int32(200)), (2, 40000), (3, 2_000_000_000)] {
                var input = (0..<150).map { Int32($0 % 7) - 3 }
                for index in place..<min(place + width, input.count) { input[index] &+= jump }
                let stream = ByteOffset.encode(input)
                for hasVectors in [false, true] {
                    VectorKernels.use(hasVectors)
                    let decoded = try byteOffset(stream, count: input.count)
                    #expect(decoded.bytes == littleEndian(input.map(Int64.init), bytes: 4), "\(place) \(jump)")
                    #expect(decoded.used == stream.count)
                }
            }
        }
    }

    @Test(arguments: Kernel.allCases) func `every prefix fails`(kernel: Kernel) {
        for length in recorded.indices {
            #expect(throws: CodecFault.self) {
                try byteOffset(Array(recorded[..<length]), count: values.count, kernel: kernel)
            }
        }
        let long = ByteOffset.encode((0..<200).map { $0 % 50 == 49 ? 70_000 : $0 % 5 })
        for length in long.indices {
            #expect(throws: CodecFault.short(at: length)) {
                try byteOffset(Array(long[..<length]), count: 200, kernel: kernel)
            }
        }
    }

    @Test(arguments: Kernel.allCases) func `a value beyond the element is a fault`(kernel: Kernel) {
        #expect(throws: CodecFault.range(element: 11)) {
            try byteOffset(recorded, count: values.count, as: .uint32, kernel: kernel)
        }
        for (element, hex) in [
            (ElementType.int8, "7f800001"), (.uint8, "00ff"), (.int16, "80ff7f01"), (.uint16, "800080ff7fffff"),
        ] {
            #expect(throws: CodecFault.range(element: element == .uint16 ? 0 : 1), "\(element)") {
                try byteOffset(bytes(hex), count: element == .uint16 ? 1 : 2, as: element, kernel: kernel)
            }
        }
        #expect(throws: CodecFault.self) { try byteOffset([0], count: 1, as: .float32, kernel: kernel) }
    }

    @Test func `a damaged byte ends both kernels alike`() {
        for position in recorded.indices {
            var damaged = recorded
            damaged[position] ^= 0x5A
            let results = Kernel.allCases.map { kernel in
                Result { () throws(CodecFault) in
                    try byteOffset(damaged, count: values.count, kernel: kernel).bytes
                }
            }
            #expect(results[0] == results[1])
        }
    }
}

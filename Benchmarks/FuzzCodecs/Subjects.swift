// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs
internal import TestSupport

/// What is damaged and decoded: good streams, and all decoders that have to agree on what comes of a bad one.
struct Subject: Sendable {
    let name: String
    /// A stream, the bytes it becomes (nil where it may be none), and its decoders.
    let make: @Sendable (inout SeededNumbers) -> (stream: [UInt8], bytes: Int?, decoders: [([UInt8]) -> [UInt8]?])

    /// Elements as detectors count: most small, a few large, some runs.
    static func elements(_ count: Int, width: Int, _ numbers: inout SeededNumbers) -> [UInt8] {
        var value: UInt64 = 0
        return (0..<count).flatMap { _ -> [UInt8] in
            let draw = Int.random(in: 0..<40, using: &numbers)
            if draw == 0 { value = numbers.next() } else if draw < 25 { value = UInt64(draw % 7) }
            return (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
        }
    }

    /// Room for so many bytes, filled by a decoder; nil where it throws.
    static func filled(
        _ room: Int, _ body: (inout OutputSpan<UInt8>) throws(CodecFault) -> Void
    ) -> [UInt8]? {
        try? [UInt8](capacity: room, initializingWith: body)
    }

    /// A decoder with vectors and without.
    static func withAndWithoutVectors(_ decode: @escaping ([UInt8]) -> [UInt8]?) -> [([UInt8]) -> [UInt8]?] {
        [true, false].map { wanted in
            { stream in
                VectorKernels.use(wanted)
                return decode(stream)
            }
        }
    }

    static let all: [Subject] = [
        byteOffset, bitshuffle("bitshuffle", .none), bitshuffle("bitshuffle-lz4", .lz4),
        bitshuffle("bitshuffle-zstd", .zstd), lz4, shuffle, lzf, named("zstd", filter: 32015),
        named("deflate", filter: 1), szip, nbit, scaleOffset,
        packed("packed"), packed("packed_v2"), packed("canonical"), packed("nibble_offset"), transfer, tiff, smv,
    ]

    private static let byteOffset = Subject(name: "byte_offset") { numbers in
        let types: [ElementType] = [.int8, .uint8, .int16, .uint16, .int32, .int32, .int32, .uint32, .int64, .uint64]
        let element = types.randomElement(using: &numbers) ?? .int32
        let count = Int.random(in: 0..<400, using: &numbers)
        let most = Int32.random(in: 1...300, using: &numbers)
        let values = (0..<count).map { _ in
            Int.random(in: 0..<30, using: &numbers) == 0
                ? Int32.random(in: .min ... .max, using: &numbers) : Int32.random(in: 0...most, using: &numbers)
        }
        let bytes = count * element.bytes
        func decoder(_ kernel: Kernel) -> ([UInt8]) -> [UInt8]? {
            { stream in
                filled(bytes) { output throws(CodecFault) in
                    _ = try ByteOffset.decode(stream.span, as: element, into: &output, kernel: kernel)
                }
            }
        }
        let isSound = element == .int32 || element == .int64
        let decoders = withAndWithoutVectors(decoder(.c)) + [decoder(.swift)]
        return (ByteOffset.encode(values), isSound ? bytes : nil, decoders)
    }

    private static func bitshuffle(_ name: String, _ packing: Bitshuffle.Packing) -> Subject {
        Subject(name: name) { numbers in
            let width = [1, 2, 3, 4, 8].randomElement(using: &numbers) ?? 4
            let block = [8, 64, 256, 264, 512].randomElement(using: &numbers) ?? 256
            let input = elements(Int.random(in: 0..<1200, using: &numbers), width: width, &numbers)
            func decoder(_ kernel: Kernel) -> ([UInt8]) -> [UInt8]? {
                { stream in
                    filled(input.count) { output throws(CodecFault) in
                        if packing == .none {
                            try Bitshuffle.decodePlain(
                                stream.span, into: &output, elementBytes: width, block: block, kernel: kernel)
                        } else {
                            try Bitshuffle.decode(
                                stream.span, into: &output, elementBytes: width, count: input.count, packing: packing,
                                kernel: kernel)
                        }
                    }
                }
            }
            let stream = Bitshuffle.encode(input, elementBytes: width, block: block, packing: packing)
            return (stream, input.count, withAndWithoutVectors(decoder(.c)) + [decoder(.swift)])
        }
    }

    private static let lz4 = Subject(name: "lz4") { numbers in
        let input = elements(Int.random(in: 0..<800, using: &numbers), width: 4, &numbers)
        let decoders = Kernel.allCases.map { kernel in
            { stream in
                filled(input.count) { output throws(CodecFault) in
                    try LZ4Chunk.decode(stream.span, into: &output, kernel: kernel)
                }
            } as ([UInt8]) -> [UInt8]?
        }
        return (LZ4Chunk.encode(input, block: Int.random(in: 1...1500, using: &numbers)), input.count, decoders)
    }

    private static let shuffle = Subject(name: "shuffle") { numbers in
        let width = [1, 2, 3, 4, 8, 16].randomElement(using: &numbers) ?? 4
        let input = elements(Int.random(in: 0..<900, using: &numbers), width: width, &numbers)
        func decoder(_ kernel: Kernel) -> ([UInt8]) -> [UInt8]? {
            { stream in
                filled(stream.count) { output throws(CodecFault) in
                    try Shuffle.decode(stream.span, into: &output, elementBytes: width, kernel: kernel)
                }
            }
        }
        return (input, input.count, withAndWithoutVectors(decoder(.c)) + [decoder(.swift)])
    }

    private static let lzf = Subject(name: "lzf") { numbers in
        var stream: [UInt8] = []
        var count = 0
        for _ in 0..<Int.random(in: 1...60, using: &numbers) {
            if count < 10 || Bool.random(using: &numbers) {
                let run = Int.random(in: 1...32, using: &numbers)
                stream.append(UInt8(run - 1))
                for _ in 0..<run { stream.append(UInt8.random(in: 0...9, using: &numbers)) }
                count += run
            } else {
                let length = Int.random(in: 3...264, using: &numbers)
                let distance = Int.random(in: 0..<min(count, 8192), using: &numbers)
                let code = length - 2
                stream.append(UInt8(min(code, 7) << 5 | distance >> 8))
                if code >= 7 { stream.append(UInt8(code - 7)) }
                stream.append(UInt8(truncatingIfNeeded: distance))
                count += length
            }
        }
        return (stream, count, [decoder(filter: 32000, bytes: count)])
    }

    private static func named(_ name: String, filter: Int) -> Subject {
        Subject(name: name) { numbers in
            let input = elements(Int.random(in: 1..<600, using: &numbers), width: 2, &numbers)
            let stream = filter == 1 ? zlib(input) : Zstandard.encode(input)
            return (stream, input.count, [decoder(filter: filter, bytes: input.count)])
        }
    }

    /// Bits at will, with numbers of blocks and bits at will.
    private static let szip = Subject(name: "szip") { numbers in
        let bits = [8, 16, 24, 32, 64].randomElement(using: &numbers) ?? 16
        let block = [8, 10, 16, 32].randomElement(using: &numbers) ?? 8
        let line = Int.random(in: 1...(4 * block), using: &numbers)
        let count = Int.random(in: 1..<600, using: &numbers)
        var stream = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        for _ in 0..<Int.random(in: 0..<600, using: &numbers) {
            stream.append(UInt8(truncatingIfNeeded: numbers.next()))
        }
        let options = [169, 141, 137, 157].randomElement(using: &numbers) ?? 169
        let values = [options, block, bits, line].map(UInt32.init)
        let pipeline = Pipeline([Pipeline.Stage(number: 4, values: values)], elementBytes: max(1, bits / 8))
        return (stream, nil, [{ stream in try? pipeline?.decode(stream.span, bytes: count) }])
    }

    /// Bits at will; of elements of 6 bytes, whose two numbers have 11 and 5 bits.
    private static let nbit = Subject(name: "nbit") { numbers in
        let count = Int.random(in: 1..<300, using: &numbers)
        let stream = (0..<2 * count).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        let values: [UInt32] = [19, 0, UInt32(count), 3, 6, 2, 0, 1, 4, 1, 11, 7, 4, 1, 2, 0, 5, 3, 0]
        let pipeline = Pipeline([Pipeline.Stage(number: 5, values: values)], elementBytes: 6)
        return (stream, 6 * count, [{ stream in try? pipeline?.decode(stream.span, bytes: 6 * count) }])
    }

    /// Bits at will behind a good head.
    private static let scaleOffset = Subject(name: "scale-offset") { numbers in
        let width = [1, 2, 4, 8].randomElement(using: &numbers) ?? 2
        let isReal = width >= 4 && Bool.random(using: &numbers)
        let count = Int.random(in: 1..<300, using: &numbers)
        let bits = Int.random(in: 0...8 * width, using: &numbers)
        var stream = [UInt8(bits), 0, 0, 0, 8]
        for _ in 0..<16 + count * bits / 8 + 1 { stream.append(UInt8(truncatingIfNeeded: numbers.next())) }
        var values: [UInt32] = [isReal ? 0 : 2, isReal ? 3 : 0, UInt32(count), isReal ? 1 : 0, UInt32(width), 0, 0, 0]
        if Bool.random(using: &numbers) {
            values[7] = 1
            values += [7, 0]
        }
        let pipeline = Pipeline([Pipeline.Stage(number: 6, values: values)], elementBytes: width)
        return (stream, width * count, [{ stream in try? pipeline?.decode(stream.span, bytes: width * count) }])
    }

    /// Bits at will behind a good head: nearly every stream of them is one.
    private static func packed(_ name: String) -> Subject {
        Subject(name: name) { numbers in
            let shape = [Int.random(in: 2...20, using: &numbers), Int.random(in: 1...9, using: &numbers), 2]
            let count = shape.reduce(1, *)
            let types: [ElementType] = [.int8, .uint8, .int16, .uint16, .int32, .uint32]
            let element = types.randomElement(using: &numbers) ?? .int32
            var stream: [UInt8] = []
            if name != "nibble_offset" {
                stream = (0..<32).map { $0 < 8 ? UInt8(truncatingIfNeeded: count >> (8 * $0)) : 0 }
            }
            if name == "canonical" {
                stream += canonical(count, &numbers)
            } else {
                let isDense = Bool.random(using: &numbers)
                for _ in 0..<count * 4 {
                    let draw = numbers.next()
                    stream.append(UInt8(truncatingIfNeeded: isDense ? draw : draw & draw >> 8 & draw >> 16))
                }
            }
            let words = [[], ["flat"], ["uncorrelated_sections"]].randomElement(using: &numbers) ?? []
            let parameters = Codec.Parameters(elementBytes: element.bytes, element: element, shape: shape, words: words)
            return (
                stream, name == "canonical" && element.bytes == 4 ? count * element.bytes : nil,
                [{ try? Codec.name("x-CBF_" + name)?.decoded($0, bytes: count * element.bytes, parameters) }]
            )
        }
    }

    /// Table and codes: a code of n bits is n - 1 zeros and a one, but the end is zeros alone.
    private static func canonical(_ count: Int, _ numbers: inout SeededNumbers) -> [UInt8] {
        let symbols = [0, 1, 255, 2, 254, 3, 253, 4, 252, 5, 251, 6, 250, 257]
        var lengths = [UInt8](repeating: 0, count: 281)
        for (place, symbol) in symbols.enumerated() { lengths[symbol] = UInt8(place + 1) }
        lengths[256] = 14
        var bits: [UInt8] = []
        for _ in 0..<count {
            let place = Int.random(in: 0..<symbols.count, using: &numbers)
            bits += [UInt8](repeating: 0, count: place) + [1]
            // A difference of 9 bits stands behind its code.
            if symbols[place] == 257 { bits += (0..<9).map { _ in UInt8.random(in: 0...1, using: &numbers) } }
        }
        bits += [UInt8](repeating: 0, count: 14)
        let bytes = stride(from: 0, to: bits.count, by: 8).map { start in
            (start..<min(start + 8, bits.count)).reduce(UInt8(0)) { $0 | bits[$1] << UInt8($1 - start) }
        }
        return [8, 32] + lengths + bytes
    }

    private static let transfer = Subject(name: "transfer") { numbers in
        let text: String =
            [
                "AAAAAAEAAAD/////LAEAAD0AAAA7AAAALgAAAAoAAAANAAAAIAAAAP///38=\n\n",
                "=00=00=01=00=FF=FF=2C=01=3D=00;=00=2E=00=0A=\n=00=0D=00 =00=FF=FF=\n\n",
                "# Hexadecimal\n#\nH4> 0 1 FFFFFFFF 12C 3D 3B 2E A D 20 7FFFFFFF\n", "O2< 0 400 177777 26001 5====\n",
                "D4< 130688 755073041 4294898652 51609600 2162163711 ======127\n",
            ].randomElement(using: &numbers) ?? ""
        let encoding = TransferEncoding.allCases.randomElement(using: &numbers) ?? .base64
        return (Array(text.utf8), nil, [{ try? encoding.decode($0) }])
    }

    private static func decoder(filter: Int, bytes: Int) -> ([UInt8]) -> [UInt8]? {
        { stream in
            try? Pipeline([.init(number: filter, values: [])], elementBytes: 1)?.decode(stream.span, bytes: bytes)
        }
    }

    /// A zlib stream whose blocks are stored.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var first: UInt32 = 1
        var second: UInt32 = 0
        for byte in bytes {
            first = (first + UInt32(byte)) % 65521
            second = (second + first) % 65521
        }
        let count = UInt16(truncatingIfNeeded: bytes.count)
        let sizes = [count, ~count].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let sum = second << 16 | first
        return [0x78, 0x01, 0x01] + sizes + bytes
            + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
    }
}

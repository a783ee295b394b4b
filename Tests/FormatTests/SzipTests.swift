// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImageCodecs
import Testing

/// Oracle: chunks of 8 x 16 numbers (k * 7) mod 23, written by h5repack 1.10.8 with szip, 8 pixels a block, nearest neighbours.
@Suite struct SzipTests {
    struct Chunk: Sendable {
        let width: Int
        let values: [UInt32]
        let stream: [UInt8]
    }

    static let chunks = [
        Chunk(
            width: 2, values: [169, 8, 16, 16],
            stream: bytes(
                "0001000050000eebf77e77aef75df1ddfaa0028eefdf7cf7af76fddf9df4a0022f7f8eefde5777f7df3deea001"
                    + "d77efcefae57bbf1ddfbdea001777ef9ef7e5bbbdf9df5dea0011bbeefdefb5bbfbe7bdfb940017779df5df0bb"
                    + "bf77ef7df280016f67bdfbbd777cefaef8e0")),
        Chunk(
            width: 4, values: [169, 8, 32, 16],
            stream: bytes(
                "00020000a01dd7eefcefbbdd77c777ed14777efbe7bef76fddf9df5445eff1ddfbd5ddfdf7cf7bd0ebbf7e77d7"
                    + "57bbf1ddfbdf42eefdf3defd6eef7e77d77d08ddf77ef7ddbbfbe7bdfba82eef3bebbe2eefddfbdf7d40b7b3de"
                    + "fddf777cefaef8e000400100040010004001000400100040010004001000400100040010004001000400100040"
                    + "0100040010")),
    ]

    private func decoded(_ stream: [UInt8], _ chunk: Chunk) throws -> [UInt8] {
        let pipeline = try #require(
            Pipeline([Pipeline.Stage(number: 4, values: chunk.values)], elementBytes: chunk.width))
        return try pipeline.decode(stream.span, bytes: 128 * chunk.width)
    }

    @Test(arguments: chunks) func `a chunk of another program decodes`(chunk: Chunk) throws {
        var numbers: [UInt8] = []
        for k in 0..<128 {
            for byte in 0..<chunk.width { numbers.append(UInt8(truncatingIfNeeded: (k * 7 % 23) >> (8 * byte))) }
        }
        #expect(try decoded(chunk.stream, chunk) == numbers)
    }

    /// What pads the last blocks is not needed.
    @Test func `prefixes fail or give the same`() throws {
        for chunk in Self.chunks {
            let whole = try decoded(chunk.stream, chunk)
            for count in 0..<chunk.stream.count {
                let result = try? decoded(Array(chunk.stream.prefix(count)), chunk)
                #expect(result == nil || result == whole, "\(count)")
                if count < chunk.stream.count / 2 { #expect(result == nil) }
            }
        }
    }

    @Test func `numbers beyond those of the library are refused`() {
        let refused: [[UInt32]] = [
            [], [169, 8, 16], [169, 7, 16, 16], [169, 34, 16, 16], [169, 8, 0, 16], [169, 8, 33, 16], [169, 8, 16, 0],
            [169, 8, 16, 4096], [169, 8, 16, .max], [.max, 8, 16, 16],
        ]
        for values in refused {
            #expect(Pipeline([Pipeline.Stage(number: 4, values: values)], elementBytes: 2) == nil, "\(values)")
        }
    }
}

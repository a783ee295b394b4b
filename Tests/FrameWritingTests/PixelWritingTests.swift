// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import FrameWriting
import Frames
import HDF5
import ImageCodecs
import TestSupport
import Testing
import Transport

/// Oracle: the pixels that went in; our reader, which is held against others elsewhere.
@Suite(.serialized) struct PixelWritingTests {
    let yard: Yard

    init() throws { yard = try Yard() }

    /// 13 x 7 leaves three pixels unpacked, 128 x 33 ends in a smaller block.
    @Test(arguments: [(7, 13), (33, 128), (61, 97), (1, 8), (1, 5)])
    func `every pixel comes back, whatever the size`(slow: Int, fast: Int) throws {
        var counts = Counts(seed: 3)
        for compression in [PixelSettings.Compression.bitshuffleLZ4, .gzip(6), .none] {
            let frames = (0..<3).map { _ in counts.image(slow * fast) }
            var settings = PixelSettings()
            settings.compression = compression
            let (plan, written) = try yard.write(
                frames.map { .made(byteOffset($0, slow: slow, fast: fast)) }, settings)
            #expect(plan == PixelPlan(frames: 3, planes: nil, slow: slow, fast: fast, source: .int32, stored: .int32))
            #expect(try yard.images().map(\.bytes) == frames.map { little($0) })
            #expect(written.frames.map(\.way) == [.packed, .packed, .packed])
            #expect(try PixelVerification.run(Name(yard.path("out.nxs")), written, settings) == .equal)
        }
    }

    @Test func `elements become what readers take, and keep their values`() throws {
        func stored<N: FixedWidthInteger>(_ values: [N], _ words: String) throws -> (ElementType, [UInt8]) {
            let (plan, _) = try yard.write([.made(cbf([little(values)], words, slow: 1, fast: values.count))])
            return (plan.stored, try yard.images().flatMap(\.bytes))
        }
        #expect(try stored([Int8.min, 0, .max], "signed 8-bit integer") == (.int32, little([Int32(-128), 0, 127])))
        #expect(
            try stored([Int16.min, 0, .max], "signed 16-bit integer") == (.int32, little([Int32(-32768), 0, 32767])))
        #expect(try stored([UInt8.max, 0], "unsigned 8-bit integer") == (.uint8, [255, 0]))
        #expect(try stored([UInt16.max, 0], "unsigned 16-bit integer") == (.uint16, little([UInt16.max, 0])))
        #expect(
            try stored([UInt32(Int32.max), 0], "unsigned 32-bit integer") == (.int32, little([Int32.max, 0])))
        #expect(
            try stored([UInt32(Int32.max) + 1, 0], "unsigned 32-bit integer")
                == (.uint32, little([UInt32(Int32.max) + 1, 0])))
        #expect(
            try stored([Int64(Int32.min), 5], "signed 64-bit integer") == (.int32, little([Int32.min, 5])))
        #expect(
            try stored([UInt64(UInt32.max), 5], "unsigned 64-bit integer") == (.uint32, little([UInt32.max, 5])))
        #expect(throws: PixelFault.self) { try stored([Int64(UInt32.max) + 1, 5], "signed 64-bit integer") }
        #expect(throws: PixelFault.self) { try stored([Int64(UInt32.max), -1], "signed 64-bit integer") }
        let reals = [Float(1.5), -.infinity].map(\.bitPattern)
        #expect(try stored(reals, "signed 32-bit real IEEE") == (.float32, little(reals)))
    }

    @Test func `sixteen bits hold what fits, and nothing else is cut`() throws {
        var settings = PixelSettings()
        settings.elements = .uint16
        let (plan, written) = try yard.write([.made(byteOffset([0, -1, -2, 65_533, 7], slow: 1, fast: 5))], settings)
        #expect(plan.stored == .uint16)
        #expect(try yard.images().map(\.bytes) == [little([UInt16(0), 65_535, 65_535, 65_533, 7])])
        #expect(written.mask == [0, 1, 2, 0, 0])
        for value in [Int32(65_534), 65_535, 65_536, .max] {
            do {
                try yard.write([.made(byteOffset([0, 1, value], slow: 1, fast: 3))], settings)
                Issue.record("\(value) was written in 16 bits")
            } catch PixelFault.refused(.value(let frame, _, let pixel, let element)) {
                #expect((frame, pixel, element) == (0, 2, .uint16))
            }
        }
        settings.lowest = -5
        #expect(throws: PixelFault.self) {
            try yard.write([.made(byteOffset([-3], slow: 1, fast: 1))], settings)
        }
    }

    @Test func `the mask has what holds no count in any frame`() throws {
        let frames: [[Int32]] = [[-1, -1, -2, 0, -2, 5, -1, 1, -2], [-1, 3, -2, -1, -1, 5, -1, 1, -2]]
        let (_, written) = try yard.write(frames.map { .made(byteOffset($0, slow: 1, fast: 9)) })
        #expect(written.mask == [1, 0, 2, 0, 3, 0, 1, 0, 2])
        var settings = PixelSettings()
        settings.lowest = 1
        let (_, other) = try yard.write([.made(byteOffset([0, 1, -1], slow: 1, fast: 3))], settings)
        #expect(other.mask == [2, 0, 1])
    }

    @Test func `bytes and words do not depend on the number of threads`() throws {
        var counts = Counts(seed: 11)
        let frames = (0..<23).map { _ in FrameInput.made(byteOffset(counts.image(61 * 97), slow: 61, fast: 97)) }
        var first: [UInt8]?
        var digest: String?
        for (jobs, memory) in [(1, nil), (2, nil), (8, nil), (8, 64 << 20)] as [(Int, Int?)] {
            var settings = PixelSettings()
            settings.jobs = jobs
            settings.memory = memory
            let (_, written) = try yard.write(frames, settings)
            let bytes = try yard.bytes()
            #expect(first == nil || first == bytes)
            #expect(digest == nil || digest == written.digest)
            (first, digest) = (bytes, written.digest)
        }
        for jobs in [1, 2, 8] {
            var settings = PixelSettings()
            settings.jobs = jobs
            var broken = frames
            broken[20] = .made(Array(byteOffset([1, 2], slow: 1, fast: 2)))
            broken[7] = .made(Array(byteOffset(counts.image(61 * 97), slow: 61, fast: 97).prefix(1200)))
            do {
                try yard.write(broken, settings)
                Issue.record("a file that is cut was converted")
            } catch PixelFault.frame(let number, _, .damaged) {
                #expect(number == 7)
            }
        }
    }

    @Test func `a frame of another size is refused`() throws {
        do {
            try yard.write([.made(byteOffset([1, 2], slow: 1, fast: 2)), .made(byteOffset([1, 2], slow: 2, fast: 1))])
            Issue.record("two shapes were written")
        } catch PixelFault.refused(.shape(let frame, _, let found, let expected)) {
            #expect((frame, found, expected) == (1, [2, 1], [1, 2]))
        }
    }

    @Test func `missing and damaged frames are filled when that is asked for`() throws {
        var counts = Counts(seed: 5)
        let good = counts.image(61 * 97)
        let whole = byteOffset(good, slow: 61, fast: 97)
        var settings = PixelSettings()
        settings.fillsDamaged = true
        let frames: [FrameInput] = [.missing("it is not there"), .made(whole), .made(Array(whole.prefix(1200)))]
        let (_, written) = try yard.write(frames, settings)
        let none = [UInt8](repeating: 0xFF, count: 61 * 97 * 4)
        #expect(try yard.images().map(\.bytes) == [none, little(good), none])
        #expect(written.frames[0].way == .filled("it is not there"))
        #expect(written.frames[1].way == .packed)
        if case .filled = written.frames[2].way {} else { Issue.record("\(written.frames[2].way)") }
        #expect(written.mask == good.map { $0 >= 0 ? 0 : $0 == -1 ? 1 : 2 })
        #expect(try PixelVerification.run(Name(yard.path("out.nxs")), written, settings) == .equal)
    }

    @Test func `a checksum of other bytes ends the scan unless nobody looks`() throws {
        let values = [Int32](repeating: 9, count: 1000)
        let bytes = cbf(
            [little(values)], "signed 32-bit integer", slow: 10, fast: 100, md5: "AAAAAAAAAAAAAAAAAAAAAA==")
        #expect(throws: PixelFault.self) { try yard.write([.made(bytes)]) }
        var settings = PixelSettings()
        settings.checksMD5 = false
        try yard.write([.made(bytes)], settings)
        #expect(try yard.images().map(\.bytes) == [little(values)])
    }

    @Test func `sections of a frame lie one above the other`() throws {
        let planes = [[Int32](0..<6), [Int32](6..<12)].map { little($0) }
        let file = InputFile("s.cbf", memory: cbf(planes, "signed 32-bit integer", slow: 2, fast: 3))
        let (plan, _) = try yard.write([.sections(file, [0, 1], described: nil)])
        #expect(plan.shape == [2, 2, 3])
        #expect(try yard.images().map(\.bytes) == [planes[0] + planes[1]])
    }

    @Test func `digests of the files are those of their bytes`() throws {
        let bytes = byteOffset([1, 2, 3], slow: 1, fast: 3)
        let (_, written) = try yard.write([.made(bytes)])
        #expect(written.frames[0].input == Digests.of(bytes, [.md5, .sha256]))
        #expect(written.frames[0].digest == Digests.of(little([Int32(1), 2, 3]), [.xxh3])[.xxh3])
    }

    /// Five values, as kiyo-masui/bitshuffle writes them where no plugin changes them; see docs of the dataset.
    @Test func `the filter has five values and the file the oldest form`() throws {
        try yard.write([.made(byteOffset([1, 2, 3], slow: 1, fast: 3))])
        let snapshot = try Snapshot.read(yard.path("out.nxs"))
        let id = try #require(snapshot.object(at: "/entry/data/data"))
        let dataset = try #require(snapshot[id].dataset)
        #expect(dataset.filters.map(\.id) == [32008])
        #expect(dataset.filters.map(\.parameters) == [[0, 4, 4, 0, 2]])
        #expect(dataset.filters.map(\.isOptional) == [true])
        #expect(try yard.bytes()[8] == 0)
    }

    @Test func `chunks that fit are copied, and all others packed again`() throws {
        var counts = Counts(seed: 9)
        let images = (0..<4).map { _ in counts.image(61 * 97).map { UInt16(truncatingIfNeeded: max(0, $0)) } }
        try yard.write(
            images.map { .made(cbf([little($0)], "unsigned 16-bit integer", slow: 61, fast: 97)) }, to: "in.nxs")
        let files = try FileSet.read(yard.path("in.nxs"), policy: .small)
        let again = try #require(try yard.inputs("in.nxs"))
        for copies in [true, false] {
            var settings = PixelSettings()
            settings.copiesChunks = copies
            let (_, written) = try yard.write(again, settings)
            #expect(written.frames.allSatisfy { $0.way == (copies ? .copied : .packed) })
            #expect(try yard.images().map(\.bytes) == images.map { little($0) })
            #expect(try PixelVerification.run(Name(yard.path("out.nxs")), written, settings) == .equal)
            #expect(!copies || written.mask.allSatisfy { $0 == 0 } && !written.mask.isEmpty)
        }
        _ = files
    }

    @Test func `what differs from what was packed is found`() throws {
        let (_, written) = try yard.write([.made(byteOffset([1, 2, 3], slow: 1, fast: 3))])
        try yard.write([.made(byteOffset([1, 2, 4], slow: 1, fast: 3))], to: "other.nxs")
        let found = try PixelVerification.run(Name(yard.path("other.nxs")), written, PixelSettings())
        guard case .different(let differences) = found else { return #expect(Bool(false), "\(found)") }
        #expect(differences.map(\.frame) == [0])
    }

    /// Bytes changed, cut and added anywhere: pixels or a fault, never a trap; what is written is what was packed.
    @Test func `damaged files end in a fault or in pixels`() throws {
        let rounds = Int(ProcessInfo.processInfo.environment["IMPRIMATUR_FUZZ_PIXELS"] ?? "") ?? 300
        var counts = Counts(seed: 20_261_130)
        let values = counts.image(33 * 20)
        let seeds = [
            byteOffset(values, slow: 33, fast: 20), cbf([little(values)], "signed 32-bit integer", slow: 33, fast: 20),
            cbf(
                [ByteOffset.encode(values.map { $0 & 0xFF })], "unsigned 16-bit integer", slow: 33, fast: 20,
                conversion: "x-CBF_BYTE_OFFSET"),
        ]
        var written = 0
        for round in 0..<rounds {
            var bytes = seeds[round % seeds.count]
            for _ in 0...(counts.next() % 3) {
                let place = Int(counts.next() % UInt64(bytes.count))
                switch counts.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: counts.next())
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(counts.next() % 40)))
                case 2: bytes.insert(contentsOf: [UInt8(truncatingIfNeeded: counts.next())], at: place)
                default: bytes[place] ^= 1 << UInt8(counts.next() % 8)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            var settings = PixelSettings()
            settings.fillsDamaged = round % 5 == 0
            settings.elements = round % 7 == 0 ? .uint16 : .lossless
            do {
                let (_, pixels) = try yard.write([.made(bytes), .made(seeds[round % seeds.count])], settings)
                #expect(try PixelVerification.run(Name(yard.path("out.nxs")), pixels, settings) == .equal)
                written += 1
            } catch is PixelFault {}
        }
        #expect(written > 0 && written < rounds)
    }
}

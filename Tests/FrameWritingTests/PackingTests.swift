// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Foundation
import FrameWriting
import Frames
import ImageCodecs
import TestSupport
import Testing

/// Oracle: the codecs that take an image at once, and their twins in Swift; with IMPRIMATUR_SHARED the digests of an image
/// in eleven encodings.
@Suite struct PackingTests {
    @Test(arguments: [1, 2, 4, 8]) func `a chunk in pieces is the chunk at once`(width: Int) throws {
        var counts = Counts(seed: UInt64(width))
        for elements in [0, 1, 7, 8, 9, 2047, 2048, 2049, 5003, 16_384] {
            let bytes = (0..<(elements * width)).map { _ in UInt8(truncatingIfNeeded: counts.next() % 5) }
            let packer = BitshuffleLZ4Packer(elementBytes: width)
            let room = UnsafeMutableRawBufferPointer.allocate(
                byteCount: packer.most(elements: elements), alignment: 64)
            defer { room.deallocate() }
            var filled = packer.begin(elements: elements, into: room)
            bytes.withUnsafeBytes { bytes in
                var first = 0
                while first < elements {
                    let count = min(packer.block, elements - first)
                    let piece = UnsafeRawBufferPointer(rebasing: bytes[(first * width)..<((first + count) * width)])
                    filled += packer.pack(piece, into: UnsafeMutableRawBufferPointer(rebasing: room[filled...])) ?? 0
                    first += count
                }
            }
            let chunk = Array(room[0..<filled])
            #expect(try chunk == BitshuffleLZ4.encode(bytes, elementBytes: width, block: nil, kernel: .swift))
            #expect(
                try BitshuffleLZ4.decode(chunk, elementBytes: width, count: bytes.count, kernel: .swift) == bytes)
        }
    }

    @Test func `a stream in pieces is the stream at once`() throws {
        defer { VectorKernels.use(true) }
        var counts = Counts(seed: 77)
        let values = counts.image(10_007) + [.max, .min, 0, -1, .max]
        let stream = ByteOffset.encode(values)
        for hasVectors in [true, false] {
            VectorKernels.use(hasVectors)
            for piece in [1, 31, 32, 33, 2048, 20_000] {
                for cut in [0, 1, 3000] {
                    let short = Array(stream.dropLast(cut))
                    #expect(Self.decoded(short, values.count, piece) == (cut == 0 ? little(values) : nil))
                }
            }
        }
    }

    private static func decoded(_ stream: [UInt8], _ count: Int, _ piece: Int) -> [UInt8]? {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count * 4, alignment: 64)
        defer { room.deallocate() }
        return stream.withUnsafeBytes { bytes in
            do {
                var pixels = try ByteOffsetStream(bytes, as: .int32, elements: count)
                var first = 0
                while first < count {
                    let next = min(piece, count - first)
                    try pixels.next(
                        UnsafeMutableRawBufferPointer(rebasing: room[(4 * first)..<(4 * (first + next))]))
                    first += next
                }
                return Array(room)
            } catch {
                return nil
            }
        }
    }

    @Test(arguments: ElementType.allCases) func `pixels without a count are gathered alike in every way`(
        element: ElementType
    ) {
        var counts = Counts(seed: 4)
        for least in [0, -1, 0.5, 3, -Double.infinity] as [Double] {
            for pixels in [1, 8, 31, 32, 63, 1000] {
                let images = (0..<3).map { _ in
                    (0..<pixels).flatMap { _ in
                        let number = Int(counts.next() % 6) - 3
                        return element.isReal
                            ? element == .float32
                                ? little([Float(number).bitPattern]) : little([Double(number).bitPattern])
                            : Array(little([Int64(number)]).prefix(element.bytes))
                    }
                }
                let masks = [FrameCounts.Way.fastest, .plain, .oneByOne].map { way in
                    var gathered = UnmeasuredPixels(pixels: pixels)
                    for image in images {
                        image.withUnsafeBytes { gathered.take($0, element, at: 0, least: least, by: way) }
                        gathered.endFrame()
                    }
                    return gathered.mask
                }
                #expect(masks[0] == masks[1] && masks[1] == masks[2])
                #expect(masks[0] == Self.mask(images, element, pixels, least))
            }
        }
    }

    @Test func `two sums in one loop are those of two`() {
        var counts = Counts(seed: 8)
        for size in [0, 1, 63, 64, 65, 640, 5000] {
            let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: counts.next()) }
            for part in [0..<size, 0..<0, (size / 3)..<size, (size / 3)..<(size / 2)] {
                let both = bytes.withUnsafeBytes { DigestStream.digests([.md5, .sha256], of: $0, md5Of: part) }
                #expect(both.whole == Digests.of(bytes, [.md5, .sha256]))
                #expect(both.part == Digests.of(Array(bytes[part]), [.md5])[.md5])
                let one = bytes.withUnsafeBytes { DigestStream.digests([.sha256], of: $0, md5Of: part) }
                #expect(one.whole == Digests.of(bytes, [.sha256]) && one.part == both.part)
            }
        }
    }

    @Test func `the sums of two files in one loop are those of each`() {
        var counts = Counts(seed: 9)
        let sizes = [0, 1, 64, 200, 5000, 5001]
        for size in sizes {
            for other in sizes {
                let one = (0..<size).map { _ in UInt8(truncatingIfNeeded: counts.next()) }
                let two = (0..<other).map { _ in UInt8(truncatingIfNeeded: counts.next()) }
                let (first, second) = ((size / 3)..<size, 0..<(other / 2))
                for algorithms in [[.md5, .sha256], [.md5], [.sha256]] as [Set<DigestAlgorithm>] {
                    let found = one.withUnsafeBytes { one in
                        two.withUnsafeBytes { two in
                            DigestStream.digests(
                                algorithms, of: PartedBytes(one, part: first), and: PartedBytes(two, part: second))
                        }
                    }
                    #expect(found.first.whole == Digests.of(one, algorithms))
                    #expect(found.second.whole == Digests.of(two, algorithms))
                    #expect(found.first.part == Digests.of(Array(one[first]), [.md5])[.md5])
                    #expect(found.second.part == Digests.of(Array(two[second]), [.md5])[.md5])
                }
            }
        }
    }

    /// The same by the value of each pixel.
    private static func mask(_ images: [[UInt8]], _ element: ElementType, _ pixels: Int, _ least: Double) -> [UInt8] {
        let frames = images.compactMap { Frames.FrameImage(of: element, slow: 1, fast: pixels, elements: $0) }
        return (0..<pixels).map { pixel in
            let values = frames.map { $0.value(at: pixel) }
            guard values.allSatisfy({ $0 < least }) else { return 0 }
            return (values.contains(-1) ? 1 : 0) | (values.contains { $0 != -1 } ? 2 : 0)
        }
    }

    @Test(.enabled(if: TestSupport.Folder.shared != nil)) func `one image in eleven encodings`() throws {
        let folder = try #require(TestSupport.Folder.shared)
            .appendingPathComponent("corpus/convert/synthetic/encodings")
        let table = try String(contentsOf: folder.appendingPathComponent("pixels.tsv"), encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.count == 11)
        let yard = try Yard()
        for row in rows {
            try yard.write([.sections(InputFile(folder.appendingPathComponent(row[0]).path), [0], described: nil)])
            let image = try #require(try yard.images().first)
            #expect((image.slow, image.fast) == (61, 97))
            let pixels = (0..<image.pixels).map { Int32(exactly: image.value(at: $0)) ?? .min }
            #expect(Digests.of(little(pixels), [.sha256])[.sha256] == row[4], "\(row[0])")
        }
    }
}

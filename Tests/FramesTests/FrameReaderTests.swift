// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import CorpusRecipes
import Diffraction
import Digest
import Foundation
import Frames
import HDF5
import ImageCodecs
import TestSupport
import Testing
import Transport

/// Pixels wherever they lie. Oracles: the elements that a recipe states, and sums of pixels that CBFlib wrote.
@Suite struct FrameReaderTests {
    private let folder: URL

    init() throws { folder = try Folder.temporary() }

    /// A file with one dataset, stored as the recipe says, and the map that leads to its frames.
    private func reader(_ storage: String, shape: [Int]) throws -> (FrameReader, FrameStack) {
        let path = folder.path + "/\(UUID().uuidString).h5"
        let recipe = path + ".json"
        let numbers =
            "$counts: 3, $boxes: [[[1, 2], [2, 5], [3, 9], -7]], $type: '\(storage.contains(">") ? "int32>" : "int32")'"
        let text =
            "{shows: 'frames in another form', tree: {data: {\(numbers), $shape: \(shape), \(storage.replacing(">", with: ""))}}}"
        try Data(text.utf8).write(to: URL(fileURLWithPath: recipe))
        try Recipe(reading: recipe).build(at: path)
        let files = try FileSet.read(path, policy: .small)
        guard case .object(let id, _) = files.resolve("/data", from: "/") else { throw Missing() }
        let frames = try #require(Stride(first: 0, count: shape[0]))
        let whole = Area(slow: 0..<shape[1], fast: 0..<shape[2])
        let run = FrameRun(frames: frames, area: whole, content: .stored(0, at: frames, corner: whole))
        let stack = FrameStack(
            role: .member, blocks: [], frames: shape[0], whole: whole, runs: [run], unwritten: [])
        let map = FrameMap(
            stacks: [stack], stores: [FrameStore(file: 0, object: id.index, path: "/data", shape: shape)], losses: [],
            unread: [])
        return (FrameReader(map, of: .files(files)), stack)
    }

    private struct Missing: Error {}

    @Test(
        "a frame is the same however it is stored",
        arguments: [
            "$chunk: [1, 17, 23]", "$chunk: [2, 5, 7]", "$chunk: [3, 17, 4], $filters: ['shuffle', 'deflate']",
            "$chunk: [1, 17, 23], $filters: ['bitshuffle-lz4']", "$chunk: [4, 6, 6], $filters: ['fletcher32']",
            "$chunk: [1, 9, 23] >", "$compact: true", ">",
        ])
    func storedAlike(storage: String) throws {
        let shape = [4, 17, 23]
        defer { try? FileManager.default.removeItem(at: folder) }
        let (plain, stack) = try reader("", shape: shape)
        let (other, otherStack) = try reader(storage, shape: shape)
        var digests = Set<UInt64>()
        for frame in 0..<shape[0] {
            let expected = try plain.frame(frame, of: stack).image
            let found = try other.frame(frame, of: otherStack).image
            #expect(found.bytes == expected.bytes)
            #expect(found.digest == expected.digest)
            digests.insert(found.digest)
        }
        #expect(digests.count == shape[0])
        let image = try other.frame(1, of: otherStack).image
        #expect(image.value(at: 2 * 23 + 3) == -7)
        #expect(image.value(at: 4 * 23 + 8) == -7)
        #expect(image.value(at: 4 * 23 + 9) != -7)
    }

    @Test("pixels are counted once, as flags or as counts")
    func counted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (reader, stack) = try reader("$chunk: [1, 17, 23]", shape: [4, 17, 23])
        let image = try reader.frame(1, of: stack).image
        let values = (0..<image.pixels).map { image.value(at: $0) }
        let plain = FrameCounts(image, mask: nil, limits: ValueLimits())
        #expect(plain.pixels == 17 * 23)
        #expect(plain.negative == 18)
        #expect(plain.counts == values.filter { $0 >= 0 }.count)
        #expect(plain.zeros == values.filter { $0 == 0 }.count)
        #expect(plain.greatest == values.max())
        #expect(plain.lowestOfAll == -7)
        #expect(abs((plain.mean ?? 0) - values.filter { $0 >= 0 }.reduce(0, +) / Double(plain.counts)) < 1e-9)
        let limited = FrameCounts(image, mask: nil, limits: ValueLimits(least: 0, most: 5))
        #expect(limited.above == values.filter { $0 > 5 }.count)
        let mask = values.map { $0 == 3 ? UInt8(1) : 0 }
        let masked = FrameCounts(image, mask: mask, limits: ValueLimits(least: 0, most: 5))
        #expect(masked.masked == values.filter { $0 == 3 }.count)
        #expect(masked.masked + masked.below + masked.above + masked.counts == masked.pixels)
    }

    @Test(
        "the frames that are chosen are spread over the scan, with both ends",
        arguments: [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (5, [0, 2, 4]), (3600, [0, 1800, 3599])])
    func ends(count: Int, frames: [Int]) {
        #expect(FrameSampling.ends.frames(of: count) == frames)
        #expect(FrameSampling.all.frames(of: count).count == count)
        #expect(FrameSampling.none.frames(of: count) == [])
        let sample = FrameSampling.sample.frames(of: count)
        #expect(sample.count == min(64, count))
        #expect(sample.first == 0 && sample.last == count - 1)
    }

    @Test("each encoding of CBFlib gives the pixels that it was made of", .enabled(if: Folder.shared != nil))
    func encodings() throws {
        let folder = try #require(Folder.shared).path + "/corpus/convert/synthetic/encodings"
        let table = try String(contentsOfFile: folder + "/pixels.tsv", encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.count > 8)
        for row in rows {
            let document = Document.parse(try Source.open(Name(folder + "/" + row[0]), isInput: false).mapped())
            let block = try #require(document.blocks.first)
            let map = try #require(FrameMap.images(of: block))
            let image = try FrameReader(map, of: .block(document, block)).frame(0, of: map.stacks[0]).image
            var bytes: [UInt8] = []
            for index in 0..<image.pixels {
                let value = Int32(image.value(at: index))
                withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
            }
            #expect(image.slow == Int(row[2]) && image.fast == Int(row[3]))
            #expect(FileDigests.of(bytes).sha256 == row[4], "\(row[0])")
        }
    }
}

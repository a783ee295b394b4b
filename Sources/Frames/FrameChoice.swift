// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5
internal import Transport

/// Which frames of a stack are decoded: those of the sampling, others for those that hold nothing, and those whose stored
/// size stands out.
///
/// A frame of zeros, one that was cut and one of noise are packed into another number of bytes than their neighbours, which
/// the table of chunks tells of all frames at once.
struct FrameChoice {
    /// From 0, rising.
    let frames: [Int]

    /// A frame stands out whose stored size is below the first, or above the second, in parts of the median.
    private static let partsOfChunks = (0.6, 2.0)
    /// The same of files of one image, which is hardly packed: a file that was cut has less.
    private static let partsOfFiles = (0.75, 1.5)
    /// Frames that are read because they stand out, at most, small ones and large ones.
    private static let mostSmall = 4, mostLarge = 2
    /// Of longer stacks, and of stacks in more files, the sizes are not looked at.
    fileprivate static let mostFrames = 200_000, mostFiles = 256, mostNames = 4096

    init(_ sampling: FrameSampling, of stack: FrameStack, _ reader: FrameReader) {
        let chosen = sampling.frames(of: stack.frames)
        guard sampling == .ends || sampling == .sample, chosen.count < stack.frames, stack.frames <= Self.mostFrames
        else {
            frames = chosen
            return
        }
        let hollow = HollowFrames(reader.map, stack)
        var all = Set(chosen)
        if chosen.contains(where: { hollow.unwritten.contains($0) || hollow.lost.contains($0) }) {
            let there = (0..<stack.frames).filter { !hollow.unwritten.contains($0) && !hollow.lost.contains($0) }
            all.formUnion(sampling.frames(of: there.count).map { there[$0] })
        }
        all.formUnion(Self.odd(of: reader.storedBytes(of: stack), beyond: Self.partsOfChunks))
        all.formUnion(Self.odd(of: reader.sizesOfFiles(of: stack), beyond: Self.partsOfFiles))
        frames = all.sorted()
    }

    /// The frames that stand out.
    ///
    /// - Parameters:
    ///   - sizes: Stored bytes by frame; frames whose size is not known are left out.
    ///   - parts: The least and the greatest part of the median.
    static func odd(of sizes: [Int: Int], beyond parts: (least: Double, most: Double) = partsOfChunks) -> [Int] {
        guard sizes.count > 2 else { return [] }
        let median = Double(sizes.values.sorted()[sizes.count / 2])
        let small = sizes.filter { Double($0.value) < parts.least * median }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let large = sizes.filter { Double($0.value) > parts.most * median }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return small.prefix(mostSmall).map(\.key) + large.prefix(mostLarge).map(\.key)
    }
}

extension FrameReader {
    /// Bytes of the files of one image each that a description names, by frame from 0; of archives those of ZIP alone, whose
    /// directory has them.
    func sizesOfFiles(of stack: FrameStack) -> [Int: Int] {
        guard case .block = origin, let external, stack.frames <= FrameChoice.mostNames else { return [:] }
        var sizes: [Int: Int] = [:]
        for run in stack.runs {
            guard case .stored(let number, let at, _) = run.content, map.stores.indices.contains(number),
                let images = map.stores[number].images, run.frames.last < FrameChoice.mostNames
            else { continue }
            if case .frames = images { return [:] }
            for position in 0..<run.frames.count {
                let place = at.count == 1 ? at.first : at.first &+ position &* at.step
                guard images.frame(at: place) == 1, let name = images.name(at: place) else { continue }
                guard let size = external.size(of: name) else { return [:] }
                // What is not there, or empty, is told of all files.
                if size > 0 { sizes[run.frames.first &+ position &* run.frames.step] = size }
            }
        }
        return sizes
    }

    /// Bytes in which the frames of a stack are stored, from 0, where chunks hold one frame or less each.
    ///
    /// Frames whose chunks are not all there are left out. Files behind a network are not asked.
    func storedBytes(of stack: FrameStack) -> [Int: Int] {
        guard case .files = origin, stack.frames <= FrameChoice.mostFrames else { return [:] }
        var stores: [Int: DatasetReader] = [:]
        for run in stack.runs {
            guard case .stored(let number, _, _) = run.content, stores[number] == nil,
                map.stores.indices.contains(number), let reader = try? reader(number, map.stores[number]),
                !reader.source.isFar, !reader.stored.filters.isEmpty
            else { continue }
            stores[number] = reader
            guard stores.count <= FrameChoice.mostFiles else { return [:] }
        }
        var sizes: [Int: Int] = [:]
        var broken = Set<Int>()
        for run in stack.runs {
            guard case .stored(let number, let at, let corner) = run.content, let stored = stores[number]?.stored,
                run.frames.last < FrameChoice.mostFrames
            else { continue }
            for position in 0..<run.frames.count {
                let frame = run.frames.first &+ position &* run.frames.step
                if let bytes = stored.bytes(ofFrame: at.count == 1 ? at.first : at.first &+ position &* at.step, corner)
                {
                    sizes[frame, default: 0] &+= bytes
                } else {
                    broken.insert(frame)
                }
            }
        }
        for frame in broken { sizes[frame] = nil }
        return sizes
    }
}

extension StoredElements {
    /// Bytes of the chunks that hold an area of a frame; nil where chunks hold several frames or are not all there.
    fileprivate func bytes(ofFrame frame: Int, _ area: Area) -> Int? {
        guard case .chunks(let chunk, let table) = form, chunk.first == 1, chunk.count == shape.count, frame >= 0,
            frame < (shape.first ?? 0)
        else { return nil }
        // Mostly a chunk is a frame.
        if table.counts.dropFirst().allSatisfy({ $0 == 1 }) { return table.piece(frame)?.bytes }
        let box: [Range<Int>]
        switch shape.count {
        case 3: box = [area.slow, area.fast]
        case 4: box = [area.planes, area.slow, area.fast]
        default: return nil
        }
        let grid = zip(box, chunk.dropFirst()).map { range, extent in
            extent < 1 || range.isEmpty ? 0..<0 : range.lowerBound / extent..<(range.upperBound - 1) / extent + 1
        }
        let count = grid.reduce(1) { $0.multipliedReportingOverflow(by: $1.count).partialValue }
        guard count > 0, count <= 4096 else { return nil }
        var sum = 0
        for index in 0..<count {
            var rest = index
            var places: [Int] = []
            for range in grid.reversed() {
                places.append(range.lowerBound + rest % range.count)
                rest /= range.count
            }
            let number = zip([frame] + places.reversed(), table.counts).reduce(0) { $0 &* $1.1 &+ $1.0 }
            guard let piece = table.piece(number) else { return nil }
            sum &+= piece.bytes
        }
        return sum
    }
}

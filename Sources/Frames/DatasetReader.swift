// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5
internal import ImageCodecs
internal import Transport

/// Reads boxes of elements of one dataset: stored bytes from the file, decoded by the codecs of this program.
struct DatasetReader: Sendable {
    let source: Source
    let stored: StoredElements
    let element: ElementType
    private let pipeline: Pipeline?
    private let codec: String

    init(_ source: Source, _ stored: StoredElements) throws(FrameFault) {
        guard let element = ElementType(stored.type), element.bytes == stored.elementBytes else {
            throw .unread("its elements are a \(stored.type.words)")
        }
        guard stored.hasWholeNumbers else { throw .unread("its elements are numbers that do not fill their bytes") }
        self.source = source
        self.stored = stored
        self.element = element
        let stages = stored.filters.map { Pipeline.Stage(number: $0.id, values: $0.parameters) }
        pipeline = Pipeline(stages, elementBytes: stored.elementBytes)
        let names = stored.filters.map { filter in
            FilterNames.predefined[filter.id] ?? FilterNames.registered[filter.id] ?? "filter \(filter.id)"
        }
        codec = names.isEmpty ? "uncompressed" : names.joined(separator: " and ")
    }

    /// The elements of a box, the last dimension fastest, in the byte order of this machine.
    ///
    /// - Parameters:
    ///   - box: One range a dimension.
    ///   - room: Whose memory is used.
    /// - Returns: The elements, and whether some were never written.
    func elements(
        _ box: [Range<Int>], in room: inout FrameRoom
    ) throws(FrameFault) -> (bytes: [UInt8], isPartial: Bool) {
        guard box.count == stored.shape.count, zip(box, stored.shape).allSatisfy({ $0.0.upperBound <= $0.1 }) else {
            throw .absent
        }
        var total = element.bytes
        for range in box {
            let (next, overflow) = total.multipliedReportingOverflow(by: range.count)
            guard !overflow, next <= FrameFault.Limit.bytes else { throw .limit("a frame of more than 1 GiB") }
            total = next
        }
        switch stored.form {
        case .elsewhere: throw .unread("its elements lie in other files")
        case .inside(let bytes): return (try cut(bytes, stored.shape, box, total), false)
        case .contiguous(nil): throw .unwritten
        case .contiguous(let piece?): return (try contiguous(piece, box, total, &room), false)
        case .chunks(let chunk, let table): return try chunks(chunk, table, box, total, &room)
        }
    }

    private func read(
        _ offset: Int, _ count: Int, into memory: consuming [UInt8] = []
    ) throws(FrameFault) -> [UInt8] {
        var bytes = memory
        if count <= source.size { LargePages.makeRoom(in: &bytes, for: count) }
        do throws(Failure) {
            try source.read(into: &bytes, at: offset, count: count)
        } catch {
            throw .unread(error.cause)
        }
        // The file ends before what its superblock announces, which has its finding.
        guard bytes.count == count else { throw .absent }
        return bytes
    }

    // MARK: Without chunks

    private func contiguous(
        _ piece: StoredPiece, _ box: [Range<Int>], _ total: Int, _ room: inout FrameRoom
    ) throws(FrameFault) -> [UInt8] {
        let width = element.bytes
        // Whole planes lie side by side; of a narrower box the rows are taken one by one.
        let isWhole = zip(box, stored.shape).dropFirst().allSatisfy { $0.0 == 0..<$0.1 }
        if isWhole, let first = box.first {
            let plane = stored.shape.dropFirst().reduce(width, &*)
            let start = first.lowerBound &* plane
            guard start &+ total <= piece.bytes else { throw .damaged(codec: codec, .short(at: piece.bytes)) }
            return try read(piece.offset &+ start, total, into: room.fresh())
        }
        var result: [UInt8] = []
        result.reserveCapacity(total)
        guard let row = box.last else { return try read(piece.offset, total) }
        var index = box.map(\.lowerBound)
        repeat {
            let place = zip(index, stored.shape).reduce(0) { $0 &* $1.1 &+ $1.0 } &* width
            guard place &+ row.count &* width <= piece.bytes else {
                throw .damaged(codec: codec, .short(at: piece.bytes))
            }
            result += try read(piece.offset &+ place, row.count &* width)
        } while Self.advance(&index, in: box)
        return result
    }

    private func cut(
        _ bytes: [UInt8], _ shape: [Int], _ box: [Range<Int>], _ total: Int
    ) throws(FrameFault) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: total)
        try Self.copy(from: bytes, origin: shape.map { _ in 0 }, shape, into: &result, box, width: element.bytes)
        return result
    }

    // MARK: Chunks

    private func chunks(
        _ chunk: [Int], _ table: ChunkTable, _ box: [Range<Int>], _ total: Int, _ room: inout FrameRoom
    ) throws(FrameFault) -> (bytes: [UInt8], isPartial: Bool) {
        guard let pipeline else {
            let lacking = stored.filters.first { Codec.filter($0.id) == nil }
            throw .unread("it is behind filter \(lacking?.id ?? 0) (\(codec)), which is not decoded here")
        }
        guard chunk.count == box.count, !chunk.contains(0) else { throw .absent }
        var size = element.bytes
        for extent in chunk {
            let (next, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow, next <= FrameFault.Limit.bytes else { throw .limit("a chunk of more than 1 GiB") }
            size = next
        }
        // Chunks by dimension that touch the box.
        let grid = zip(box, chunk).map { range, extent in
            range.isEmpty ? 0..<0 : (range.lowerBound / extent)..<((range.upperBound &- 1) / extent &+ 1)
        }
        guard !grid.contains(where: \.isEmpty) else { return ([], false) }
        var result: [UInt8]?
        var written = false
        var isPartial = false
        var index = grid.map(\.lowerBound)
        repeat {
            let number = zip(index, table.counts).reduce(0) { $0 &* $1.1 &+ $1.0 }
            guard let piece = table.piece(number) else {
                isPartial = true
                continue
            }
            written = true
            let origin = zip(index, chunk).map { $0 &* $1 }
            let decoded = try decoded(piece, size, pipeline, isEdge: isEdge(origin, chunk), &room)
            // Mostly a chunk is a frame.
            if size == total, zip(origin, box).allSatisfy({ $0 == $1.lowerBound }),
                zip(chunk, box).allSatisfy({ $0 == $1.count })
            {
                return (decoded, false)
            }
            var whole = result ?? [UInt8](repeating: 0, count: total)
            result = nil
            try Self.copy(from: decoded, origin: origin, chunk, into: &whole, box, width: element.bytes)
            result = whole
            room.chunks.take(decoded)
        } while Self.advanceAll(&index, in: grid)
        guard written else { throw .unwritten }
        return (result ?? [], isPartial)
    }

    private func isEdge(_ origin: [Int], _ chunk: [Int]) -> Bool {
        zip(zip(origin, chunk), stored.shape).contains { $0.0 &+ $0.1 > $1 }
    }

    private func decoded(
        _ piece: StoredPiece, _ size: Int, _ pipeline: Pipeline, isEdge: Bool, _ room: inout FrameRoom
    ) throws(FrameFault) -> [UInt8] {
        guard FrameFault.Limit.holds(size, from: piece.bytes), piece.bytes <= FrameFault.Limit.bytes else {
            throw .limit("\(piece.bytes) stored bytes announce a chunk of \(size)")
        }
        let bytes = try read(piece.offset, piece.bytes, into: room.stored())
        if stored.filters.isEmpty || isEdge && !stored.filtersEdges {
            guard bytes.count == size else {
                throw .damaged(codec: codec, .size(stated: UInt64(bytes.count), expected: size))
            }
            return bytes
        }
        defer { room.keep(stored: bytes) }
        room.chunks.take(room.fresh())
        do throws(CodecFault) {
            return try pipeline.decode(bytes.span, skipped: piece.skipped, bytes: size, in: &room.chunks)
        } catch {
            throw FrameFault(error, of: codec)
        }
    }

    // MARK: Boxes

    /// Lays what a block of elements shares with a box into the elements of the box.
    ///
    /// - Parameter origin: The first element of the block by dimension.
    private static func copy(
        from block: [UInt8], origin: [Int], _ shape: [Int], into result: inout [UInt8], _ box: [Range<Int>], width: Int
    ) throws(FrameFault) {
        let shared = zip(zip(origin, shape), box).map { ($0.0..<($0.0 &+ $0.1)).clamped(to: $1) }
        guard !shared.contains(where: \.isEmpty), let row = shared.last else {
            // A scalar has no dimensions.
            if box.isEmpty, result.count == block.count { result = block }
            return
        }
        var index = shared.map(\.lowerBound)
        repeat {
            var from = 0
            var to = 0
            for axis in index.indices {
                from = from &* shape[axis] &+ index[axis] &- origin[axis]
                to = to &* box[axis].count &+ index[axis] &- box[axis].lowerBound
            }
            let (start, end, count) = (from &* width, to &* width, row.count &* width)
            guard start >= 0, end >= 0, start &+ count <= block.count, end &+ count <= result.count else {
                throw .limit("elements beyond those of a chunk")
            }
            block.withUnsafeBytes { source in
                result.withUnsafeMutableBytes { target in
                    UnsafeMutableRawBufferPointer(rebasing: target[end..<(end &+ count)])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<(start &+ count)]))
                }
            }
        } while advance(&index, in: shared)
    }

    /// The next row: all dimensions but the last count up.
    private static func advance(_ index: inout [Int], in box: [Range<Int>]) -> Bool {
        step(&index, in: box, axes: index.indices.dropLast())
    }

    private static func advanceAll(_ index: inout [Int], in box: [Range<Int>]) -> Bool {
        step(&index, in: box, axes: index.indices[...])
    }

    private static func step(_ index: inout [Int], in box: [Range<Int>], axes: Range<Int>) -> Bool {
        for axis in axes.reversed() {
            index[axis] &+= 1
            if index[axis] < box[axis].upperBound { return true }
            index[axis] = box[axis].lowerBound
        }
        return false
    }
}

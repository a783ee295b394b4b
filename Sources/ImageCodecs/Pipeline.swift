// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The filters of a chunk, undone one after the other from the last to the first.
public struct Pipeline: Sendable {
    /// One filter as a file states it.
    public struct Stage: Sendable {
        /// Number of the filter.
        public let number: Int
        /// What the filter was set up with.
        public let values: [UInt32]

        public init(number: Int, values: [UInt32]) {
            self.number = number
            self.values = values
        }
    }

    private let stages: [(codec: Codec, parameters: Codec.Parameters)]

    /// - Parameters:
    ///   - filters: In the order in which they were applied.
    ///   - elementBytes: Bytes of an element.
    ///   - codecs: Where filters are looked up.
    /// - Returns: nil if one of the filters has no codec here, or one that does not take its parameters.
    public init?(_ filters: [Stage], elementBytes: Int, codecs: [Codec] = Codec.all) {
        var stages: [(codec: Codec, parameters: Codec.Parameters)] = []
        for filter in filters {
            guard let codec = Codec.filter(filter.number, in: codecs) else { return nil }
            let parameters = Codec.Parameters(values: filter.values, elementBytes: elementBytes)
            guard codec.accepts(parameters) else { return nil }
            stages.append((codec, parameters))
        }
        self.stages = stages
    }

    /// The bytes of a chunk.
    ///
    /// - Parameters:
    ///   - stored: The chunk as it lies in the file.
    ///   - skipped: A bit for each filter that was not applied, the first one lowest.
    ///   - bytes: What comes out, by the shape of the chunk.
    /// - Throws: If anything else comes out.
    public func decode(_ stored: Span<UInt8>, skipped: UInt64 = 0, bytes: Int) throws(CodecFault) -> [UInt8] {
        var room = Room()
        return try decode(stored, skipped: skipped, bytes: bytes, in: &room)
    }

    /// The bytes of a chunk, in memory that is taken out of a room.
    ///
    /// - Parameters:
    ///   - stored: The chunk as it lies in the file.
    ///   - skipped: A bit for each filter that was not applied, the first one lowest.
    ///   - bytes: What comes out, by the shape of the chunk.
    ///   - room: Whoever has done with the bytes gives them back by `Room.take`, so that the next chunk uses their memory.
    /// - Throws: If anything else comes out.
    public func decode(
        _ stored: Span<UInt8>, skipped: UInt64 = 0, bytes: Int, in room: inout Room
    ) throws(CodecFault) -> [UInt8] {
        guard try undo(stored, skipped, bytes, in: &room) else { return Self.copied(stored) }
        let result = room.last
        room.last = []
        return result
    }

    /// Room that is used again for one chunk after the other; each thread has its own.
    public struct Room: Sendable {
        fileprivate var last: [UInt8] = []
        fileprivate var before: [UInt8] = []

        public init() {}

        /// Takes memory that nobody else holds, for the chunks to come.
        public mutating func take(_ bytes: consuming [UInt8]) {
            if bytes.capacity > last.capacity { last = bytes }
        }
    }

    /// The bytes of a chunk, lent for a time: fresh memory for each would cost more than decoding.
    ///
    /// - Parameters:
    ///   - stored: The chunk as it lies in the file.
    ///   - skipped: A bit for each filter that was not applied, the first one lowest.
    ///   - bytes: What comes out, by the shape of the chunk.
    ///   - room: Taken as it was left, and left larger.
    ///   - body: Is given the decoded bytes.
    /// - Throws: If anything else comes out; `body` is then not called.
    public func withDecoded<Result>(
        _ stored: Span<UInt8>, skipped: UInt64 = 0, bytes: Int, in room: inout Room,
        _ body: (Span<UInt8>) -> Result
    ) throws(CodecFault) -> Result {
        guard try undo(stored, skipped, bytes, in: &room) else { return body(stored) }
        return body(room.last.span)
    }

    /// Decodes into `room.last`; false if no filter was applied, so that the stored bytes are the decoded ones.
    private func undo(
        _ stored: Span<UInt8>, _ skipped: UInt64, _ bytes: Int, in room: inout Room
    ) throws(CodecFault) -> Bool {
        guard bytes >= 0 else { throw .request("\(bytes) bytes") }
        var isFirst = true
        for index in stages.indices.reversed() where index >= 64 || skipped >> UInt64(index) & 1 == 0 {
            if isFirst {
                try undo(index, stored, bytes, into: &room.last)
            } else {
                swap(&room.last, &room.before)
                let before = room.before
                try undo(index, before.span, bytes, into: &room.last)
            }
            isFirst = false
        }
        let count = isFirst ? stored.count : room.last.count
        guard count == bytes else { throw .size(stated: UInt64(count), expected: bytes) }
        return !isFirst
    }

    private func undo(
        _ index: Int, _ input: Span<UInt8>, _ bytes: Int, into result: inout [UInt8]
    ) throws(CodecFault) {
        let stage = stages[index]
        // What is there bounds what can come of it, so that a stated size alone never takes memory.
        let most = stages[...index].reduce(input.count) { $1.codec.greatest(of: $0) }
        guard most >= bytes else { throw .short(at: input.count) }
        let room = stage.codec.size == .packed ? self.room(before: index, bytes) : input.count
        LargePages.makeRoom(in: &result, for: room)
        try result.append(addingCapacity: room) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
            try stage.codec.decode(input, &output, stage.parameters)
        }
    }

    /// What a filter had before it, at most: a chunk, with what the filters before added to it.
    private func room(before index: Int, _ bytes: Int) -> Int {
        var room = bytes
        for stage in stages[..<index] {
            switch stage.codec.size {
            case .same: break
            case .added(let count): room &+= count
            case .packed: room &+= room / 8 &+ 1024
            }
        }
        return room
    }

    private static func copied(_ bytes: Span<UInt8>) -> [UInt8] {
        bytes.withUnsafeBytes { Array($0) }
    }
}

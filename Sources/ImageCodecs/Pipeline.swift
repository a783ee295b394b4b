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
    /// - Returns: nil if one of the filters has no codec here.
    public init?(_ filters: [Stage], elementBytes: Int, codecs: [Codec] = Codec.all) {
        var stages: [(codec: Codec, parameters: Codec.Parameters)] = []
        for filter in filters {
            guard let codec = Codec.filter(filter.number, in: codecs) else { return nil }
            stages.append((codec, Codec.Parameters(values: filter.values, elementBytes: elementBytes)))
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
        guard bytes >= 0 else { throw .request("\(bytes) bytes") }
        var result: [UInt8]?
        for index in stages.indices.reversed() where index >= 64 || skipped >> UInt64(index) & 1 == 0 {
            if let before = result {
                result = try undone(index, before.span, bytes)
            } else {
                result = try undone(index, stored, bytes)
            }
        }
        let decoded = result ?? Self.copied(stored)
        guard decoded.count == bytes else { throw .size(stated: UInt64(decoded.count), expected: bytes) }
        return decoded
    }

    private func undone(_ index: Int, _ input: Span<UInt8>, _ bytes: Int) throws(CodecFault) -> [UInt8] {
        let stage = stages[index]
        let room = stage.codec.size == .packed ? self.room(before: index, bytes) : input.count
        return try [UInt8](capacity: room) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
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

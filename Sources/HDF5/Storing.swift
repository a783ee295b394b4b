// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How a writer stores a dataset.
public struct Storing: Sendable {
    /// One stage of a filter pipeline to be set.
    public struct Stage: Sendable {
        /// Number under which the filter is registered.
        public let id: Int
        /// What the filter is set up with.
        public let parameters: [UInt32]
        /// Allows a filter that libhdf5 does not have; its chunks are then written with `Writer.writeChunk`.
        public let isOptional: Bool

        public init(id: Int, parameters: [UInt32] = [], isOptional: Bool = false) {
            self.id = id
            self.parameters = parameters
            self.isOptional = isOptional
        }

        /// zlib at a level from 0 to 9.
        public static func gzip(_ level: UInt32 = 4) -> Stage { Stage(id: 1, parameters: [level]) }
        /// Bytes of equal weight together.
        public static let shuffle = Stage(id: 2)
        /// A checksum behind each chunk.
        public static let fletcher32 = Stage(id: 3)

        /// Bitshuffle with LZ4, whose chunks are packed by the caller.
        ///
        /// The five values that every reader takes: those of a plugin that completes two of them differ. Optional, so that
        /// the dataset is made whether or not a plugin is there.
        /// - Source: kiyo-masui/bitshuffle:src/bshuf_h5filter.c; DiamondLightSource/durin:src/filters.c.
        public static func bitshuffleLZ4(elementBytes: Int) -> Stage {
            Stage(id: 32008, parameters: [0, 4, UInt32(clamping: elementBytes), 0, 2], isOptional: true)
        }
    }

    /// Extent of a chunk; nil for contiguous storage.
    public var chunk: [Int]?
    /// Filters in the order of writing.
    public var stages: [Stage]
    /// Largest extent, nil for an unlimited dimension; the shape itself by default.
    public var maxShape: [Int?]?
    /// Inside the object header; for a few kilobytes at most.
    public var isCompact: Bool
    /// Set for numeric datasets.
    public var fillValue: Double?
    /// Raw data in other files.
    public var segments: [ExternalSegment]
    /// Chunks that are not written are never filled: whoever sets it writes them all.
    public var neverFills = false

    public init(
        chunk: [Int]? = nil, stages: [Stage] = [], maxShape: [Int?]? = nil, isCompact: Bool = false,
        fillValue: Double? = nil, segments: [ExternalSegment] = []
    ) {
        self.chunk = chunk
        self.stages = stages
        self.maxShape = maxShape
        self.isCompact = isCompact
        self.fillValue = fillValue
        self.segments = segments
    }

    /// In one piece.
    public static let contiguous = Storing()
    /// Inside the object header.
    public static let compact = Storing(isCompact: true)
    /// In chunks of this extent, with filters in the order of writing.
    public static func chunked(_ chunk: [Int], _ stages: Stage...) -> Storing {
        Storing(chunk: chunk, stages: stages)
    }
}

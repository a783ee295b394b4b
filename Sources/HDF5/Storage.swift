// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How the elements of a dataset are stored.
public enum Layout: Sendable, Hashable {
    case compact
    case contiguous
    case chunked(Chunking)
    case virtual([VirtualMapping])
    case external([ExternalSegment])
    case unknown
}

/// How a dataset is cut into chunks, and which of them were written.
public struct Chunking: Sendable, Hashable {
    /// Elements of a chunk by dimension.
    public let shape: [Int]
    /// Chunks that have a place in the file; nil if they could not be counted.
    public let allocated: Int?
    /// Runs of chunks of the present extent that have no place in the file, counted with the last dimension fastest.
    ///
    /// In order; empty if every chunk has its place; nil if that is not known, or if there are too many runs.
    public let gaps: [Range<Int>]?

    public init(shape: [Int], allocated: Int?, gaps: [Range<Int>]? = nil) {
        self.shape = shape
        self.allocated = allocated
        self.gaps = gaps
    }
}

/// A part of a virtual dataset and the place its elements come from.
public struct VirtualMapping: Sendable, Hashable {
    /// Name of the source file as written; "." is the file itself, `%b` stands for a number of a block.
    public let file: String
    /// Path of the source dataset as written.
    public let dataset: String
    /// Elements of the virtual dataset.
    public let destination: Selection
    /// Elements of the source dataset.
    public let source: Selection
    /// The smallest extent that holds the source selection; [] if that is `.all`, since files do not state the extent.
    public let sourceShape: [Int]

    public init(file: String, dataset: String, destination: Selection, source: Selection, sourceShape: [Int]) {
        self.file = file
        self.dataset = dataset
        self.destination = destination
        self.source = source
        self.sourceShape = sourceShape
    }
}

/// A selection of elements.
public enum Selection: Sendable, Hashable {
    case all
    case hyperslab([Slab])
    /// Not one regular hyperslab: its bounding box, both corners inside.
    case other(first: [Int], last: [Int])
    case none

    /// The smallest box that holds the selection, one range a dimension; nil if it is unlimited or selects nothing.
    ///
    /// - Parameter shape: Extent of the dataset; the box of `.all`.
    public func box(in shape: [Int]) -> [Range<Int>]? {
        switch self {
        case .none: return nil
        case .all: return shape.map { 0..<max(0, $0) }
        case .other(let first, let last):
            return zip(first, last).map { first, last in first..<max(first, last == .max ? last : last &+ 1) }
        case .hyperslab(let slabs):
            var box: [Range<Int>] = []
            for slab in slabs {
                guard let count = slab.count, let block = slab.block, count > 0, block > 0 else { return nil }
                let (steps, first) = slab.stride.multipliedReportingOverflow(by: count &- 1)
                let (length, second) = steps.addingReportingOverflow(block)
                let (end, third) = slab.start.addingReportingOverflow(length)
                guard !first, !second, !third, end > slab.start else { return nil }
                box.append(slab.start..<end)
            }
            return box
        }
    }

    /// One dimension of a regular hyperslab; `count` or `block` is nil if unlimited.
    public struct Slab: Sendable, Hashable {
        /// Index of the first element.
        public let start: Int
        /// Elements from the start of one block to the next.
        public let stride: Int
        /// Number of blocks; nil if unlimited.
        public let count: Int?
        /// Elements of a block; nil if unlimited.
        public let block: Int?

        var isUnlimited: Bool { count == nil || block == nil }

        public init(start: Int, stride: Int = 1, count: Int? = 1, block: Int? = 1) {
            self.start = start
            self.stride = stride
            self.count = count
            self.block = block
        }
    }
}

/// A piece of raw data in another file.
public struct ExternalSegment: Sendable, Hashable {
    /// Name of the file as the dataset has it.
    public let file: String
    /// Bytes from the start of that file.
    public let offset: Int
    /// Bytes; nil if unlimited.
    public let size: Int?

    public init(file: String, offset: Int = 0, size: Int? = nil) {
        self.file = file
        self.offset = offset
        self.size = size
    }
}

/// One stage of a filter pipeline.
public struct Filter: Sendable, Hashable {
    /// Number under which the filter is registered.
    public let id: Int
    /// Name that the file gives; empty without one.
    public let name: String
    /// What the filter was set up with.
    public let parameters: [UInt32]
    /// Chunks may have skipped it.
    public let isOptional: Bool
    /// libhdf5 as it is built here can apply it.
    public let isAvailable: Bool
}

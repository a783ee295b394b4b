// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Where the elements of one dataset lie in its file, for whoever reads and decodes them outside of any library.
///
/// A value without bytes of the file: pieces are read from the source by their place, by any number of threads.
public struct StoredElements: Sendable {
    /// How the elements lie in the file.
    public enum Form: Sendable {
        /// They are in the header of the object.
        case inside([UInt8])
        /// One behind the other; nil where none were ever written.
        case contiguous(StoredPiece?)
        /// In chunks of this shape.
        case chunks([Int], ChunkTable)
        /// In other datasets or other files.
        case elsewhere
    }

    /// Type of an element in the file, and its bytes.
    public let type: DataType
    /// Bytes of an element.
    public let elementBytes: Int
    /// Numbers fill their bytes from the lowest bit on, so that bytes need only be turned into the order of the machine.
    public let hasWholeNumbers: Bool
    /// Extent by dimension, slowest first.
    public let shape: [Int]
    /// The filters that chunks pass, in the order of writing.
    public let filters: [Filter]
    /// Chunks that reach over the edge of the extent are filtered like the others.
    public let filtersEdges: Bool
    /// How the elements lie in the file.
    public let form: Form

    /// Reads the header of a dataset and the index of its chunks.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - address: `Object.address` of the dataset.
    /// - Throws: When the object cannot be read by our own reader, or is no dataset; a code `.form` may be asked of libhdf5.
    public static func read(
        _ source: Source, at address: UInt64, limits: Limits = .default
    ) throws(Failure) -> StoredElements {
        let container = try Container(source, limits: limits)
        do throws(Stop) {
            let native = try NativeReader(container, limits: limits)
            guard case .dataset(let dataset) = try native.object(at: address).content,
                let shape = dataset.extent.shape
            else { throw .damaged(.objectKind) }
            return try StoredElements(dataset, shape: shape, base: container.superblock.base)
        } catch {
            throw Failure(
                attempt: "find the stored elements in", subject: source.name.text,
                code: Self.code(of: error), words: error.sentence)
        }
    }

    private static func code(of stop: Stop) -> Failure.Code {
        switch stop {
        case .unread(.limit): .limit(stop.sentence)
        case .unread: .form(stop.sentence)
        case .damaged: .damaged
        }
    }

    private init(_ dataset: PlainDataset, shape: [Int], base: UInt64) throws(Stop) {
        type = dataset.type.type
        elementBytes = dataset.type.bytes
        if case .integer(_, isSigned: false, _) = dataset.type.type, let bits = dataset.type.bits {
            hasWholeNumbers = bits.number.place == 0
        } else {
            hasWholeNumbers = dataset.type.bits == nil
        }
        self.shape = shape
        filters = dataset.filters
        filtersEdges = dataset.stored.filtersEdges
        switch dataset.stored.place {
        case .inside(let bytes): form = .inside(Array(bytes))
        case .contiguous(noAddress, _): form = .contiguous(nil)
        case .contiguous(let address, let stated):
            form = .contiguous(try StoredPiece(address: address, bytes: stated, skipped: 0, base: base))
        case .chunks(let chunks, let grid): form = .chunks(grid.chunk, try ChunkTable(chunks, grid, base: base))
        case .elsewhere: form = .elsewhere
        }
    }
}

/// Bytes of a file that hold elements.
public struct StoredPiece: Sendable, Hashable {
    /// Bytes from the start of the file.
    public let offset: Int
    /// Bytes as they lie in the file.
    public let bytes: Int
    /// A bit for each filter that was not applied, the first one lowest.
    public let skipped: UInt64

    init(address: UInt64, bytes: UInt64, skipped: UInt64, base: UInt64) throws(Stop) {
        let (start, overflow) = address.addingReportingOverflow(base)
        guard !overflow, let offset = Int(exactly: start), let count = Int(exactly: bytes),
            !offset.addingReportingOverflow(count).overflow
        else { throw .damaged(.outside) }
        self.offset = offset
        self.bytes = count
        self.skipped = skipped
    }
}

/// The chunks of a dataset that have a place in the file, by their number.
///
/// Chunks are numbered over the present extent with the last dimension fastest.
public struct ChunkTable: Sendable {
    /// Chunks by dimension.
    public let counts: [Int]
    private let numbers: [Int]
    private let pieces: [StoredPiece]

    init(_ chunks: [StoredChunk], _ grid: ChunkGrid, base: UInt64) throws(Stop) {
        counts = grid.counts
        let places = try grid.numbers(of: chunks)
        var rows: [(number: Int, chunk: Int)] = []
        rows.reserveCapacity(chunks.count)
        for (chunk, number) in places.enumerated() { if let number { rows.append((number, chunk)) } }
        // Most indices are in order.
        if !zip(rows, rows.dropFirst()).allSatisfy({ $0.number <= $1.number }) {
            rows.sort { ($0.number, $0.chunk) < ($1.number, $1.chunk) }
        }
        var numbers: [Int] = []
        var pieces: [StoredPiece] = []
        for row in rows {
            // A place that is listed twice would be read differently by different readers.
            if numbers.last == row.number { throw .damaged(.chunkSize) }
            let chunk = chunks[row.chunk]
            numbers.append(row.number)
            pieces.append(
                try StoredPiece(address: chunk.address, bytes: chunk.bytes, skipped: chunk.skipped, base: base))
        }
        self.numbers = numbers
        self.pieces = pieces
    }

    /// How many chunks have a place.
    public var count: Int { numbers.count }

    /// A chunk of the table with its number, in rising order.
    public subscript(position: Int) -> (number: Int, piece: StoredPiece) { (numbers[position], pieces[position]) }

    /// Where a chunk lies; nil for one that was never written.
    public func piece(_ number: Int) -> StoredPiece? {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = low &+ (high &- low) / 2
            if numbers[middle] < number { low = middle &+ 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number ? pieces[low] : nil
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs

/// Decides whether a value is read, and how much of it; the same whoever reads it.
struct ValueDecision {
    /// What is known of a dataset before its value is read.
    struct Facts {
        let type: DataType
        let extent: Extent
        let layout: Layout
        let filters: [Filter]
        let storedBytes: UInt64
        /// The bytes of an element can be turned into a value.
        var isReadable = true
        /// Bytes of an element of a type that is not read but leads to the global heap.
        var pointerBytes: Int?
        /// The index of chunks is in order.
        var isOrdered = true

        /// Elements of the extent have no place in the file, and no other file is named for them.
        var isUnwritten: Bool {
            guard let shape = extent.shape, !shape.contains(0) else { return false }
            switch layout {
            case .compact, .virtual, .external, .unknown: return false
            case .contiguous: return storedBytes == 0
            case .chunked(let chunking):
                guard let allocated = chunking.allocated, chunking.shape.count == shape.count else { return false }
                let chunks = zip(shape, chunking.shape).map { $1 > 0 ? ($0 &- 1) / $1 &+ 1 : 0 }
                return product(chunks).map { allocated < $0 } ?? true
            }
        }
    }

    enum Answer {
        case no(Value)
        /// The file contradicts itself: what to report with it.
        case fault(Value.Reason, Fault.Kind, String)
        /// The elements of this shape from the first on are read: all, or whole slices of the slowest dimension.
        case read([Int])
    }

    let limits: Limits
    let reading: ValueReading
    /// How much of the value is wanted, once type and shape are known.
    let amount: (DataType, [Int]) -> ValuePolicy.Amount

    func decide(_ facts: Facts) -> Answer {
        guard let shape = facts.extent.shape else { return .no(.null) }
        let amount = amount(facts.type, shape)
        guard amount != .nothing else { return .no(.notRead(.notWanted)) }
        guard let width = facts.isReadable ? reading.elementBytes(facts.type) : facts.pointerBytes else {
            return .no(.notRead(.type))
        }
        guard facts.isOrdered else { return .no(.notRead(.unreadable)) }
        if let obstacle = obstacle(facts, width) { return obstacle }
        let limit = amount == .whole ? limits.wholeValueBytes : limits.smallValueBytes
        guard let first = leading(shape, width: width, limit: limit, layout: facts.layout) else {
            return .no(.notRead(.large))
        }
        return facts.isUnwritten ? .no(.notRead(.unwritten)) : .read(first)
    }

    /// Why a value is not read whatever its size.
    private func obstacle(_ facts: Facts, _ width: Int) -> Answer? {
        switch facts.layout {
        case .compact, .contiguous: return nil
        case .virtual, .external: return .no(.notRead(.otherFile))
        case .unknown: return .no(.notRead(.unreadable))
        case .chunked(let chunking):
            let chunk = chunking.shape
            guard isPossible(chunk, facts.extent) else {
                return .fault(
                    .unreadable, .unreadable, "chunks of \(chunk) contradict the extent \(facts.extent.shape ?? [])")
            }
            if let missing = facts.filters.first(where: { !$0.isAvailable }) {
                return .no(.notRead(.filter(missing.id)))
            }
            guard let bytes = product(chunk + [width]), bytes <= limits.chunkBytes else { return .no(.notRead(.large)) }
            // A filter that packs is allowed once, and what it packed is bounded, so that little cannot become much.
            guard facts.filters.count(where: { $0.id == FilterNumber.deflate || $0.id == FilterNumber.szip }) <= 1
            else { return .no(.notRead(.large)) }
            let most = product([bytes, max(chunking.allocated ?? 1, 1)]).flatMap { product([$0, 2]) } ?? Int.max
            guard facts.storedBytes <= UInt64(clamping: most) &+ 65_536 else {
                return .fault(
                    .unreadable, .sizeLimit, "\(facts.storedBytes) bytes are stored for chunks of \(bytes) bytes")
            }
            return nil
        }
    }

    /// Chunks have the rank of the dataset and are no larger than a fixed dimension; libhdf5 relies on it unchecked.
    private func isPossible(_ chunk: [Int], _ extent: Extent) -> Bool {
        guard let most = extent.maxShape, most.count == chunk.count else { return false }
        return zip(chunk, most).allSatisfy { chunk, most in chunk > 0 && chunk <= most ?? Int.max }
    }

    /// The part of a shape that is read: all of it, or its first slices; nil if not even one slice is small.
    private func leading(_ shape: [Int], width: Int, limit: Int, layout: Layout) -> [Int]? {
        if let all = product(shape + [width]), all <= limit { return shape }
        guard let slice = product(shape.dropFirst() + [width]), slice > 0, slice <= limit, !shape.isEmpty else {
            return nil
        }
        if case .chunked(let chunking) = layout {
            guard let bytes = product(chunking.shape + [width]), bytes <= limits.attributeBytes else { return nil }
        }
        return [limits.smallValueBytes / slice] + shape.dropFirst()
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Lists the chunks of a dataset from its index.
///
/// - Source: HDF5 File Format Specification, data layout message, chunk indexing.
struct ChunkIndex {
    /// Chunks that are listed, at most.
    private static let mostChunks = 2_000_000

    let bytes: FormatBytes
    let grid: ChunkGrid
    /// Bytes of a chunk without filters.
    let chunkBytes: UInt64

    /// Rank of the dataset.
    var rank: Int { grid.chunk.count }

    /// Chunks under a B-tree of version 1.
    func tree(at address: UInt64) throws(NotPlain) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var chunks: [StoredChunk] = []
        for leaf in try BTree1(bytes: bytes, kind: .chunks(rank: rank)).leaves(from: address) {
            var cursor = FormatCursor(leaf.key)
            let size = try cursor.number(4)
            let skipped = try cursor.number(4)
            let key = try cursor.take(8 &* rank)
            chunks.append(
                StoredChunk(address: leaf.child, bytes: size, skipped: skipped, position: .element(key)))
        }
        return chunks
    }

    /// Chunks by the index that a layout of version 4 names.
    ///
    /// - Parameter cursor: Behind the extent of the chunks.
    func current(_ cursor: inout FormatCursor, flags: UInt8) throws(NotPlain) -> [StoredChunk] {
        switch try cursor.byte() {
        case 1: return try single(&cursor, isFiltered: flags & 2 != 0)
        case 2: return try implicit(try cursor.word())
        case 3:
            try cursor.skip(1)
            return try FixedArray(index: self).chunks(at: try cursor.word())
        case 4:
            try cursor.skip(5)
            return try ExtensibleArray(index: self).chunks(at: try cursor.word())
        case 5:
            try cursor.skip(6)
            return try records(at: try cursor.word())
        default: throw NotPlain()
        }
    }

    private func single(_ cursor: inout FormatCursor, isFiltered: Bool) throws(NotPlain) -> [StoredChunk] {
        var size = chunkBytes
        var skipped: UInt64 = 0
        if isFiltered {
            size = try cursor.word()
            skipped = try cursor.number(4)
        }
        let address = try cursor.word()
        if address == noAddress { return [] }
        return [StoredChunk(address: address, bytes: size, skipped: skipped, position: .number(0))]
    }

    /// Chunks one behind the other, all of them there.
    private func implicit(_ address: UInt64) throws(NotPlain) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        guard grid.total <= Self.mostChunks else { throw NotPlain() }
        guard grid.total > 0 else { return [] }
        let last = grid.arrayNumber(ofPresent: grid.total &- 1)
        let (total, overflow) = chunkBytes.multipliedReportingOverflow(by: UInt64(max(0, last)) &+ 1)
        guard last >= 0, !overflow, bytes.holds(total, at: address) else { throw NotPlain() }
        return (0..<grid.total).map { present in
            let number = grid.arrayNumber(ofPresent: present)
            return StoredChunk(
                address: address &+ UInt64(number) &* chunkBytes, bytes: chunkBytes, position: .number(number))
        }
    }

    private func records(at address: UInt64) throws(NotPlain) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var head = FormatCursor(try bytes.view(at: address, count: 6), at: 5)
        let kind = try head.byte()
        guard kind == 10 || kind == 11 else { throw NotPlain() }
        var chunks: [StoredChunk] = []
        for record in try BTree2(bytes: bytes).records(from: address, kind: kind, most: Self.mostChunks) {
            var cursor = FormatCursor(record)
            let place = try cursor.word()
            var size = chunkBytes
            var skipped: UInt64 = 0
            if kind == 11 {
                size = try cursor.number(record.count &- 12 &- 8 &* rank)
                skipped = try cursor.number(4)
            }
            let key = try cursor.take(8 &* rank)
            guard cursor.left == 0 else { throw NotPlain() }
            chunks.append(StoredChunk(address: place, bytes: size, skipped: skipped, position: .chunks(key)))
        }
        return chunks
    }

    // MARK: Elements of arrays

    /// Adds the chunks that elements of an array name, the first one with this number.
    ///
    /// - Parameters:
    ///   - entryBytes: Bytes of an element: an address, with filters also the size and a bit for each skipped filter.
    func add(
        _ elements: UnsafeRawBufferPointer, entryBytes: Int, isFiltered: Bool, from number: Int,
        to chunks: inout [StoredChunk]
    ) throws(NotPlain) {
        guard entryBytes == 8 && !isFiltered || (13...20).contains(entryBytes) && isFiltered else { throw NotPlain() }
        var cursor = FormatCursor(elements)
        var number = number
        while cursor.left >= entryBytes {
            let address = try cursor.word()
            var size = chunkBytes
            var skipped: UInt64 = 0
            if isFiltered {
                size = try cursor.number(entryBytes &- 12)
                skipped = try cursor.number(4)
            }
            if address != noAddress {
                guard chunks.count < Self.mostChunks else { throw NotPlain() }
                chunks.append(
                    StoredChunk(address: address, bytes: size, skipped: skipped, position: .number(number)))
            }
            number &+= 1
        }
    }

    /// Pages of elements one behind the other, each with its checksum; a bit tells which were ever written.
    func addPages(
        at address: UInt64, elements: Int, pageElements: Int, entryBytes: Int, isFiltered: Bool, from number: Int,
        isWritten: (Int) -> Bool, to chunks: inout [StoredChunk]
    ) throws(NotPlain) {
        var place = address
        var done = 0
        var page = 0
        while done < elements {
            let count = min(pageElements, elements &- done)
            let size = count &* entryBytes &+ 4
            if isWritten(page) {
                let body = try bytes.checked(at: place, count: size)
                try add(body, entryBytes: entryBytes, isFiltered: isFiltered, from: number &+ done, to: &chunks)
            }
            place &+= UInt64(size)
            done &+= count
            page &+= 1
        }
    }

    /// A bit of a field of bits, the highest of each byte first.
    static func bit(_ number: Int, of field: UnsafeRawBufferPointer) -> Bool {
        number / 8 < field.count && field[number / 8] & (0x80 >> UInt8(number % 8)) != 0
    }
}

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
    /// The dataset has filters.
    let isFiltered: Bool
    /// Version of the layout message.
    let version: UInt8

    /// The chunks along the slowest dimension that are looked for; nil for all.
    ///
    /// Values that are read whole are much smaller than what this is used for.
    var window: Range<Int>? {
        guard let rows = bytes.rows, grid.chunk.count > 2, let first = grid.chunk.first,
            grid.total > 1 << 40 || chunkBytes > 1 << 40
                || UInt64(max(0, grid.total)) &* chunkBytes > UInt64(4 * Limits.default.wholeValueBytes)
        else { return nil }
        return (rows.lowerBound / first)..<(max(rows.lowerBound, rows.upperBound - 1) / first + 1)
    }

    /// Some of these elements of an array are looked for.
    func isWanted(_ elements: Range<Int>) -> Bool {
        guard let window, let row = grid.elementsOfRow else { return true }
        let (start, isFar) = window.lowerBound.multipliedReportingOverflow(by: row)
        let (end, isFarther) = window.upperBound.multipliedReportingOverflow(by: row)
        return isFar || isFarther || elements.overlaps(start..<max(start, end))
    }

    /// Some of the chunks between two keys of a tree are looked for.
    private func isWanted(_ key: UnsafeRawBufferPointer, _ next: UnsafeRawBufferPointer) throws(Stop) -> Bool {
        guard let window, let size = grid.chunk.first else { return true }
        var first = FormatCursor(key, at: 8, of: .tree1)
        var last = FormatCursor(next, at: 8, of: .tree1)
        let rows = (start: try first.word() / UInt64(size), end: try last.word() / UInt64(size))
        return rows.end >= UInt64(window.lowerBound) && rows.start < UInt64(window.upperBound)
    }

    /// Rank of the dataset.
    var rank: Int { grid.chunk.count }

    /// Bytes in which arrays and trees of version 2 state the size of a filtered chunk.
    private var sizeBytes: Int {
        guard version < 5 else { return 8 }
        let bits = UInt64.bitWidth &- 1 &- max(chunkBytes, 1).leadingZeroBitCount
        return min(8, 1 &+ (bits &+ 8) / 8)
    }

    /// Bytes of an element of an array: an address, with filters also the size and a bit for each skipped filter.
    var entryBytes: Int { isFiltered ? 12 &+ sizeBytes : 8 }

    // MARK: Version 1 B-trees

    /// Chunks under a B-tree of version 1.
    func tree(at address: UInt64) throws(Stop) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var isOrdered = true
        let leaves = try BTree1(bytes: bytes, kind: .chunks(rank: rank)).leaves(
            from: address, isOrdered: &isOrdered,
            isWanted: { (key, next) throws(Stop) in try isWanted(key, next) },
            precedes: { (one, other) throws(Stop) in try Self.compare(one, other) < 0 })
        var chunks: [StoredChunk] = []
        chunks.reserveCapacity(leaves.count)
        var lost: UnsafeRawBufferPointer?
        var before: UnsafeRawBufferPointer?
        for leaf in leaves {
            guard try isOnGrid(leaf.nextKey) else { throw .damaged(.tree1) }
            var cursor = FormatCursor(leaf.key, of: .tree1)
            let size = try cursor.number(4)
            let skipped = try cursor.number(4)
            let key = try cursor.take(8 &* rank)
            // The last number counts bytes inside an element.
            var isFound = try cursor.word() == 0
            if isFound { isFound = try isInside(key, elements: true) }
            if isFound, let before { isFound = try Self.compare(before, leaf.key) < 0 }
            before = leaf.key
            if !isFound, lost == nil { lost = key }
            chunks.append(StoredChunk(address: leaf.child, bytes: size, skipped: skipped, position: .element(key)))
        }
        if !isOrdered, lost == nil { lost = chunks.last.flatMap { Self.key(of: $0) } }
        if let lost { try note(lost, elements: true) }
        return chunks
    }

    private static func key(of chunk: StoredChunk) -> UnsafeRawBufferPointer? {
        if case .element(let key) = chunk.position { key } else { nil }
    }

    /// The order of keys, which begin with the size of a chunk and its skipped filters.
    private static func compare(
        _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
    ) throws(Stop) -> Int {
        var first = FormatCursor(one, at: 8, of: .tree1)
        var second = FormatCursor(other, at: 8, of: .tree1)
        while first.left >= 8 {
            let (a, b) = (try first.word(), try second.word())
            if a != b { return a < b ? -1 : 1 }
        }
        return 0
    }

    /// The key behind a chunk names a place where one may begin, whether inside the extent or not.
    private func isOnGrid(_ key: UnsafeRawBufferPointer) throws(Stop) -> Bool {
        var cursor = FormatCursor(key, at: 8, of: .tree1)
        for size in grid.chunk where try cursor.word() % UInt64(size) != 0 { return false }
        return true
    }

    /// A chunk begins where chunks begin, and inside the extent.
    private func isInside(_ key: UnsafeRawBufferPointer, elements: Bool) throws(Stop) -> Bool {
        var cursor = FormatCursor(key, of: .tree1)
        for axis in grid.chunk.indices {
            let number = try cursor.word()
            let size = UInt64(elements ? grid.chunk[axis] : 1)
            if number % size != 0 || number / size >= UInt64(max(0, grid.counts[axis])) { return false }
        }
        return true
    }

    private func note(_ key: UnsafeRawBufferPointer, elements: Bool) throws(Stop) {
        var cursor = FormatCursor(key, of: .tree1)
        var numbers: [String] = []
        for _ in grid.chunk { numbers.append(String(try cursor.word())) }
        bytes.notes.disorders.append(
            (.chunks, "the chunk \(elements ? "at" : "numbered") \(numbers.joined(separator: ", "))"))
    }

    // MARK: Indices of version 4

    /// Chunks by the index that a layout of version 4 or 5 names.
    ///
    /// - Parameter cursor: Behind the extent of the chunks.
    func current(_ cursor: inout FormatCursor, flags: UInt8) throws(Stop) -> [StoredChunk] {
        switch try cursor.byte() {
        case 1:
            // Bit 1: the one chunk is filtered.
            guard (flags & 2 != 0) == isFiltered else { throw cursor.damaged }
            return try single(&cursor)
        case 2:
            guard !isFiltered else { throw cursor.damaged }
            return try implicit(try cursor.word())
        case 3:
            let pageBits = try cursor.byte()
            return try FixedArray(index: self, pageBits: pageBits).chunks(at: try cursor.word())
        case 4:
            let parameters = Array(try cursor.take(5))
            return try ExtensibleArray(index: self, parameters: parameters).chunks(at: try cursor.word())
        case 5:
            let nodeBytes = try cursor.number(4)
            try cursor.skip(2)
            return try records(at: try cursor.word(), nodeBytes: nodeBytes)
        default: throw cursor.newer
        }
    }

    private func single(_ cursor: inout FormatCursor) throws(Stop) -> [StoredChunk] {
        guard grid.total <= 1 else { throw cursor.damaged }
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
    private func implicit(_ address: UInt64) throws(Stop) -> [StoredChunk] {
        guard address != noAddress, grid.total > 0 else { return [] }
        guard grid.total <= Self.mostChunks else { throw .unread(.limit) }
        let last = grid.arrayNumber(ofPresent: grid.total &- 1)
        let (total, overflow) = chunkBytes.multipliedReportingOverflow(by: UInt64(max(0, last)) &+ 1)
        guard last >= 0, !overflow, bytes.isGrowing || bytes.holds(total, at: address) else {
            throw .damaged(.chunkOutside)
        }
        return (0..<grid.total).map { present in
            let number = grid.arrayNumber(ofPresent: present)
            return StoredChunk(
                address: address &+ UInt64(number) &* chunkBytes, bytes: chunkBytes, position: .number(number))
        }
    }

    private func records(at address: UInt64, nodeBytes: UInt64) throws(Stop) -> [StoredChunk] {
        guard address != noAddress else { return [] }
        var head = try bytes.cursor(at: address, count: 10, of: .tree2)
        try head.skip(6)
        guard try head.number(4) == nodeBytes else { throw head.damaged }
        let kind: UInt8 = isFiltered ? 11 : 10
        let records = try BTree2(bytes: bytes).records(
            from: address, kind: kind, bytes: entryBytes &+ 8 &* rank, most: Self.mostChunks)
        var chunks: [StoredChunk] = []
        chunks.reserveCapacity(records.count)
        var before: UnsafeRawBufferPointer?
        var lost: UnsafeRawBufferPointer?
        for record in records {
            var cursor = FormatCursor(record, of: .tree2)
            let (place, size, skipped) = try entry(&cursor)
            let key = try cursor.take(8 &* rank)
            var isFound = try isInside(key, elements: false)
            if isFound, let before { isFound = try isAscending(before, key) }
            before = key
            if !isFound, lost == nil { lost = key }
            chunks.append(StoredChunk(address: place, bytes: size, skipped: skipped, position: .chunks(key)))
        }
        if let lost { try note(lost, elements: false) }
        return chunks
    }

    private func isAscending(
        _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
    ) throws(Stop) -> Bool {
        var first = FormatCursor(one, of: .tree2)
        var second = FormatCursor(other, of: .tree2)
        for _ in grid.chunk {
            let (a, b) = (try first.word(), try second.word())
            if a != b { return a < b }
        }
        return false
    }

    // MARK: Elements of arrays

    private func entry(
        _ cursor: inout FormatCursor
    ) throws(Stop) -> (address: UInt64, bytes: UInt64, skipped: UInt64) {
        let address = try cursor.word()
        guard isFiltered else { return (address, chunkBytes, 0) }
        return (address, try cursor.number(sizeBytes), try cursor.number(4))
    }

    /// Adds the chunks that elements of an array name, the first one with this number.
    func add(
        _ elements: UnsafeRawBufferPointer, from number: Int, to chunks: inout [StoredChunk]
    ) throws(Stop) {
        var cursor = FormatCursor(elements, of: .layout)
        var number = number
        while cursor.left >= entryBytes {
            let (address, size, skipped) = try entry(&cursor)
            if address != noAddress {
                guard chunks.count < Self.mostChunks else { throw .unread(.limit) }
                chunks.append(
                    StoredChunk(address: address, bytes: size, skipped: skipped, position: .number(number)))
            }
            number &+= 1
        }
    }

    /// Pages of elements one behind the other, each with its checksum; a bit tells which were ever written.
    func addPages(
        at address: UInt64, elements: Int, pageElements: Int, from number: Int, of clause: Clause,
        isWritten: (Int) -> Bool, to chunks: inout [StoredChunk]
    ) throws(Stop) {
        var place = address
        var done = 0
        var page = 0
        while done < elements {
            let count = min(pageElements, elements &- done)
            let size = count &* entryBytes &+ 4
            if isWritten(page), isWanted((number &+ done)..<(number &+ done &+ count)) {
                let body = try bytes.checked(at: place, count: size, of: clause)
                try add(body.bytes, from: number &+ done, to: &chunks)
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

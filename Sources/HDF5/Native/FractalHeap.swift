// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A fractal heap without filters.
///
/// - Source: HDF5 File Format Specification, fractal heaps. Its statistics are not looked at: nothing rests on them.
final class FractalHeap {
    private let bytes: FormatBytes
    private let address: UInt64
    private let root: UInt64
    private let rootRows: Int
    private let width: Int
    private let startBlock: UInt64
    private let largestDirect: UInt64
    private let offsetBytes: Int
    private let lengthBytes: Int
    /// Each block has a checksum.
    let isChecked: Bool
    private let hugeTree: UInt64
    /// Bytes up to which objects lie in blocks.
    private let managedBytes: UInt64
    /// Bytes of an object that lies in a block, at most.
    private let largestManaged: UInt64
    private let identifierBytes: Int
    /// Blocks that were read, by their offset: the index names objects in the order of hashes, all over the heap.
    private var known: [Block] = []

    init(_ bytes: FormatBytes, at address: UInt64) throws(Stop) {
        var cursor = try bytes.checked(at: address, count: 146, of: .fractalHeap)
        try cursor.expect("FRHP")
        guard try cursor.byte() == 0 else { throw cursor.newer }
        identifierBytes = try cursor.count(2)
        let filterBytes = try cursor.number(2)
        isChecked = try cursor.byte() & 2 != 0
        largestManaged = try cursor.number(4)
        try cursor.skip(8)
        hugeTree = try cursor.word()
        try cursor.skip(8 &* 2)
        managedBytes = try cursor.word()
        try cursor.skip(8 &* 4)
        let huge = try cursor.word()
        try cursor.skip(8 &* 2)
        width = try cursor.count(2)
        startBlock = try cursor.word()
        largestDirect = try cursor.word()
        let heapBits = try cursor.count(2)
        try cursor.skip(2)
        root = try cursor.word()
        rootRows = try cursor.count(2)
        guard filterBytes == 0 else { throw .unread(.packedHeap) }
        // Libraries open the tree of objects outside the blocks whether there are any or not.
        guard (hugeTree == noAddress) == (huge == 0) else { throw cursor.damaged }
        guard width > 0, width & (width &- 1) == 0, startBlock > 0, startBlock & (startBlock &- 1) == 0,
            largestDirect >= startBlock, largestDirect & (largestDirect &- 1) == 0, heapBits > 0, heapBits <= 64
        else { throw cursor.damaged }
        offsetBytes = (heapBits &+ 7) / 8
        let managedBits = 63 &- max(largestManaged, 1).leadingZeroBitCount
        lengthBytes = min((largestDirect.trailingZeroBitCount &+ 7) / 8, managedBits / 8 &+ 1)
        self.bytes = bytes
        self.address = address
    }

    /// The bytes of an object by its identifier.
    func object(_ identifier: UnsafeRawBufferPointer) throws(Stop) -> UnsafeRawBufferPointer {
        var cursor = FormatCursor(identifier, of: .fractalHeap)
        // Bits 6 and 7 are the version, bits 4 and 5 the kind: managed, huge or tiny.
        let head = try cursor.byte()
        switch head & 0xF0 {
        case 0x00: return try managed(&cursor)
        case 0x10: return try huge(&cursor)
        case 0x20 where identifierBytes <= 18: return try cursor.take(Int(head & 0x0F) &+ 1)
        case 0x20:
            let low = try cursor.byte()
            return try cursor.take((Int(head & 0x0F) << 8 | Int(low)) &+ 1)
        default: throw cursor.damaged
        }
    }

    private func managed(_ cursor: inout FormatCursor) throws(Stop) -> UnsafeRawBufferPointer {
        let offset = try cursor.number(offsetBytes)
        let length = try cursor.count(lengthBytes)
        let block = try known(holding: offset)
        // No object lies in the head of its block.
        let head = UInt64(headBytes &+ (isChecked ? 4 : 0))
        guard length > 0, length <= largestManaged, offset < managedBytes, offset >= block.offset &+ head,
            offset &- block.offset <= UInt64(block.bytes.count)
        else { throw cursor.damaged }
        var body = FormatCursor(block.bytes, at: Int(offset &- block.offset), of: .fractalHeap)
        return try body.take(length)
    }

    /// An object outside the blocks: its place stands in the identifier if it fits, else under a key of a tree.
    private func huge(_ cursor: inout FormatCursor) throws(Stop) -> UnsafeRawBufferPointer {
        if identifierBytes >= 17 {
            let address = try cursor.word()
            return try bytes.view(at: address, count: try cursor.count(8))
        }
        let key = try cursor.number(min(8, identifierBytes &- 1))
        guard hugeTree != noAddress else { throw cursor.damaged }
        let records = try BTree2(bytes: bytes).records(from: hugeTree, kind: 1, bytes: 24, most: 65_536)
        for record in records {
            var fields = FormatCursor(record, of: .fractalHeap)
            let address = try fields.word()
            let length = try fields.count(8)
            if try fields.word() == key { return try bytes.view(at: address, count: length) }
        }
        throw cursor.damaged
    }

    private func known(holding offset: UInt64) throws(Stop) -> Block {
        var low = 0
        var high = known.count
        while low < high {
            let middle = low &+ (high &- low) / 2
            if known[middle].offset <= offset { low = middle &+ 1 } else { high = middle }
        }
        if low > 0, known[low &- 1].holds(offset) { return known[low &- 1] }
        let block = try block(holding: offset)
        known.insert(block, at: low)
        return block
    }

    private struct Block {
        let offset: UInt64
        let bytes: UnsafeRawBufferPointer

        func holds(_ place: UInt64) -> Bool { place >= offset && place &- offset < UInt64(bytes.count) }
    }

    /// Bytes before the blocks of a block of pointers, and before the objects of a direct block.
    private var headBytes: Int { 13 &+ offsetBytes }

    private func block(holding offset: UInt64) throws(Stop) -> Block {
        guard root != noAddress else { throw .damaged(.fractalHeap) }
        if rootRows == 0 { return try direct(at: root, offset: 0, size: startBlock) }
        var (address, rows, start) = (root, rootRows, UInt64(0))
        for _ in 0..<64 {
            let found = try row(holding: offset &- start, rows)
            let directRows = Self.rows(upTo: largestDirect, from: startBlock)
            guard rows <= 64 else { throw .damaged(.fractalHeap) }
            var cursor = try bytes.checked(
                at: address, count: headBytes &+ rows &* width &* 8 &+ 4, of: .fractalHeap)
            try cursor.expect("FHIB")
            guard try cursor.byte() == 0, try cursor.word() == self.address,
                try cursor.number(offsetBytes) == start
            else { throw cursor.damaged }
            try cursor.skip((found.row &* width &+ found.column) &* 8)
            address = try cursor.word()
            start &+= found.start
            if found.row < directRows { return try direct(at: address, offset: start, size: found.size) }
            rows = try Self.rows(of: found.size, startBlock, width)
        }
        throw .damaged(.fractalHeap)
    }

    private func row(
        holding offset: UInt64, _ rows: Int
    ) throws(Stop) -> (row: Int, column: Int, start: UInt64, size: UInt64) {
        var start: UInt64 = 0
        for row in 0..<min(rows, 64) {
            let shift = max(row &- 1, 0)
            guard shift < startBlock.leadingZeroBitCount else { throw .damaged(.fractalHeap) }
            let size = startBlock << UInt64(shift)
            let (all, isTooMuch) = size.multipliedReportingOverflow(by: UInt64(width))
            guard !isTooMuch else { throw .damaged(.fractalHeap) }
            if offset &- start < all {
                let column = Int((offset &- start) / size)
                return (row, column, start &+ UInt64(column) &* size, size)
            }
            start &+= all
        }
        throw .damaged(.fractalHeap)
    }

    /// Rows whose blocks are not larger than a size.
    private static func rows(upTo size: UInt64, from start: UInt64) -> Int {
        size.trailingZeroBitCount &- start.trailingZeroBitCount &+ 2
    }

    /// Rows of an indirect block that stands for so many bytes.
    private static func rows(of size: UInt64, _ start: UInt64, _ width: Int) throws(Stop) -> Int {
        guard width & (width &- 1) == 0, size & (size &- 1) == 0 else { throw .damaged(.fractalHeap) }
        let rows = size.trailingZeroBitCount &- start.trailingZeroBitCount &- width.trailingZeroBitCount &+ 1
        guard rows > 0 else { throw .damaged(.fractalHeap) }
        return rows
    }

    private func direct(at address: UInt64, offset: UInt64, size: UInt64) throws(Stop) -> Block {
        guard let count = Int(exactly: size) else { throw .damaged(.fractalHeap) }
        let block = try bytes.view(at: address, count: count)
        var cursor = FormatCursor(block, of: .fractalHeap)
        try cursor.expect("FHDB")
        guard try cursor.byte() == 0, try cursor.word() == self.address, try cursor.number(offsetBytes) == offset else {
            throw .damaged(.fractalHeap)
        }
        if isChecked {
            let stated = try cursor.number(4)
            var plain = Array(block)
            plain.replaceSubrange((cursor.place &- 4)..<cursor.place, with: [0, 0, 0, 0])
            guard stated == plain.withUnsafeBytes({ UInt64(lookup3($0)) }) else { throw .damaged(.checksum) }
        }
        return Block(offset: offset, bytes: block)
    }
}

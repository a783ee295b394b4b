// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Links or attributes that are too many for the header of their object: a fractal heap with an index by name.
///
/// - Source: HDF5 File Format Specification, fractal heaps and version 2 B-trees.
struct DenseStorage {
    enum Kind {
        case links
        case attributes
    }

    let bytes: FormatBytes
    let limits: Limits

    /// The messages in the heap, in the order of the index.
    func objects(heap address: UInt64, names: UInt64, kind: Kind) throws(NotPlain) -> [UnsafeRawBufferPointer] {
        let heap = try FractalHeap(bytes, at: address)
        let tree = BTree2(bytes: bytes)
        // Records: hash (4) and identifier (7); identifier (8), flags (1), order (4) and hash (4).
        let recordKind: UInt8 = kind == .links ? 5 : 8
        var objects: [UnsafeRawBufferPointer] = []
        for record in try tree.records(from: names, kind: recordKind, most: limits.objects) {
            var cursor = FormatCursor(record)
            switch kind {
            case .links:
                try cursor.skip(4)
                objects.append(try heap.object(try cursor.take(7)))
            case .attributes:
                let identifier = try cursor.take(8)
                // A shared attribute lies in a heap of the file.
                guard try cursor.byte() & 2 == 0 else { throw NotPlain() }
                objects.append(try heap.object(identifier))
            }
        }
        return objects
    }
}

/// A fractal heap without filters, of which managed objects are read.
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
    private let isChecked: Bool
    /// Blocks that were read, by their offset: the index names objects in the order of hashes, all over the heap.
    private var known: [Block] = []

    init(_ bytes: FormatBytes, at address: UInt64) throws(NotPlain) {
        let head = try bytes.checked(at: address, count: 146)
        var cursor = FormatCursor(head)
        try cursor.expect("FRHP")
        guard try cursor.byte() == 0 else { throw NotPlain() }
        try cursor.skip(2)
        let filterBytes = try cursor.number(2)
        isChecked = try cursor.byte() & 2 != 0
        let largestManaged = try cursor.number(4)
        try cursor.skip(8 &* 12)
        width = try cursor.count(2)
        startBlock = try cursor.word()
        largestDirect = try cursor.word()
        let heapBits = try cursor.count(2)
        try cursor.skip(2)
        root = try cursor.word()
        rootRows = try cursor.count(2)
        guard filterBytes == 0, width > 0, startBlock > 0, startBlock & (startBlock &- 1) == 0,
            largestDirect >= startBlock, largestDirect & (largestDirect &- 1) == 0, heapBits > 0, heapBits <= 64
        else { throw NotPlain() }
        offsetBytes = (heapBits &+ 7) / 8
        let managedBits = 63 &- max(largestManaged, 1).leadingZeroBitCount
        lengthBytes = min((largestDirect.trailingZeroBitCount &+ 7) / 8, managedBits / 8 &+ 1)
        self.bytes = bytes
        self.address = address
    }

    /// The bytes of an object by its identifier.
    func object(_ identifier: UnsafeRawBufferPointer) throws(NotPlain) -> UnsafeRawBufferPointer {
        var cursor = FormatCursor(identifier)
        // Bits 6 and 7 are the version, bits 4 and 5 the kind: managed, huge or tiny.
        guard try cursor.byte() & 0xF0 == 0 else { throw NotPlain() }
        let offset = try cursor.number(offsetBytes)
        let length = try cursor.count(lengthBytes)
        let block = try known(holding: offset)
        guard length > 0, offset >= block.offset, offset &- block.offset <= UInt64(block.bytes.count) else {
            throw NotPlain()
        }
        var body = FormatCursor(block.bytes, at: Int(offset &- block.offset))
        return try body.take(length)
    }

    private func known(holding offset: UInt64) throws(NotPlain) -> Block {
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

    private func block(holding offset: UInt64) throws(NotPlain) -> Block {
        guard root != noAddress else { throw NotPlain() }
        if rootRows == 0 { return try direct(at: root, offset: 0, size: startBlock) }
        var (address, rows, start) = (root, rootRows, UInt64(0))
        for _ in 0..<64 {
            let found = try row(holding: offset &- start, rows)
            let directRows = Self.rows(upTo: largestDirect, from: startBlock)
            guard rows <= 64 else { throw NotPlain() }
            var cursor = FormatCursor(try bytes.checked(at: address, count: headBytes &+ rows &* width &* 8 &+ 4))
            try cursor.expect("FHIB")
            guard try cursor.byte() == 0, try cursor.word() == self.address,
                try cursor.number(offsetBytes) == start
            else { throw NotPlain() }
            try cursor.skip((found.row &* width &+ found.column) &* 8)
            address = try cursor.word()
            start &+= found.start
            if found.row < directRows { return try direct(at: address, offset: start, size: found.size) }
            rows = try Self.rows(of: found.size, startBlock, width)
        }
        throw NotPlain()
    }

    private func row(
        holding offset: UInt64, _ rows: Int
    ) throws(NotPlain) -> (row: Int, column: Int, start: UInt64, size: UInt64) {
        var start: UInt64 = 0
        for row in 0..<min(rows, 64) {
            let shift = max(row &- 1, 0)
            guard shift < startBlock.leadingZeroBitCount else { throw NotPlain() }
            let size = startBlock << UInt64(shift)
            let (all, isTooMuch) = size.multipliedReportingOverflow(by: UInt64(width))
            guard !isTooMuch else { throw NotPlain() }
            if offset &- start < all {
                let column = Int((offset &- start) / size)
                return (row, column, start &+ UInt64(column) &* size, size)
            }
            start &+= all
        }
        throw NotPlain()
    }

    /// Rows whose blocks are not larger than a size.
    private static func rows(upTo size: UInt64, from start: UInt64) -> Int {
        size.trailingZeroBitCount &- start.trailingZeroBitCount &+ 2
    }

    /// Rows of an indirect block that stands for so many bytes.
    private static func rows(of size: UInt64, _ start: UInt64, _ width: Int) throws(NotPlain) -> Int {
        guard width & (width &- 1) == 0, size & (size &- 1) == 0 else { throw NotPlain() }
        let rows = size.trailingZeroBitCount &- start.trailingZeroBitCount &- width.trailingZeroBitCount &+ 1
        guard rows > 0 else { throw NotPlain() }
        return rows
    }

    private func direct(at address: UInt64, offset: UInt64, size: UInt64) throws(NotPlain) -> Block {
        guard let count = Int(exactly: size) else { throw NotPlain() }
        let block = try bytes.view(at: address, count: count)
        var cursor = FormatCursor(block)
        try cursor.expect("FHDB")
        guard try cursor.byte() == 0, try cursor.word() == self.address, try cursor.number(offsetBytes) == offset else {
            throw NotPlain()
        }
        if isChecked {
            let stated = try cursor.number(4)
            var plain = Array(block)
            plain.replaceSubrange((cursor.place &- 4)..<cursor.place, with: [0, 0, 0, 0])
            guard stated == plain.withUnsafeBytes({ UInt64(lookup3($0)) }) else { throw NotPlain() }
        }
        return Block(offset: offset, bytes: block)
    }
}

// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names of a group in the old form, or of raw files.
///
/// - Source: HDF5 File Format Specification, local heaps. The free list is followed, for libraries refuse a broken one.
struct LocalHeap {
    private let data: UnsafeRawBufferPointer
    /// Free blocks in the order of their places.
    private var free: [Range<Int>] = []

    init(_ bytes: FormatBytes, at address: UInt64) throws(Stop) {
        var cursor = try bytes.cursor(at: address, count: 32, of: .localHeap)
        try cursor.expect("HEAP")
        guard try cursor.byte() == 0 else { throw cursor.damaged }
        try cursor.skip(3)
        let size = try cursor.count(8)
        let head = try cursor.word()
        data = try bytes.view(at: try cursor.word(), count: size)
        try follow(head)
    }

    /// 1 stands for the end of the list.
    private mutating func follow(_ head: UInt64) throws(Stop) {
        var next = head
        var isFirst = true
        while next != 1 {
            guard let place = Int(exactly: next), place & 7 == 0, place > 0 || !isFirst, place <= data.count &- 16
            else {
                throw .damaged(.freeList)
            }
            var cursor = FormatCursor(data, at: place, of: .freeList)
            next = try cursor.word()
            let size = try cursor.count(8)
            guard size >= 16, size <= data.count &- place, free.count <= data.count / 16 else {
                throw .damaged(.freeList)
            }
            free.append(place..<(place &+ size))
            isFirst = false
        }
        guard free.count > 1 else { return }
        free.sort { $0.lowerBound < $1.lowerBound }
        for index in free.indices.dropFirst() where free[index].lowerBound < free[index &- 1].upperBound {
            throw .damaged(.freeList)
        }
    }

    /// A byte of these lies in a free block.
    private func isFree(upTo last: Int, from first: Int) -> Bool {
        var low = 0
        var high = free.count
        while low < high {
            let middle = low &+ (high &- low) / 2
            if free[middle].lowerBound <= last { low = middle &+ 1 } else { high = middle }
        }
        return low > 0 && free[low &- 1].upperBound > first
    }

    /// The bytes up to a null, none of them in a free block.
    func text(at offset: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard offset < data.count else { throw .damaged(.localHeap) }
        var cursor = FormatCursor(data, at: offset, of: .localHeap)
        let text = try cursor.name()
        if !free.isEmpty, isFree(upTo: offset &+ text.count, from: offset) { throw .damaged(.freeList) }
        return text
    }
}
